"""BM25 over paragraphs in several languages."""

from pathlib import Path

import pytest

from corpus.model import Paragraph
from embeddings.lexical import LexicalIndex, QueryTerm, query_terms, term, words

PARAGRAPHS = [
    Paragraph("d", "p1", "operative", "We combat trafficking in persons."),
    Paragraph("d", "p2", "operative", "We promote dialogue among countries and dialogue among peoples."),
    Paragraph("e", "p1", "operative", "Promovemos el diálogo."),
]
LANGUAGES = ["en", "en", "es"]


class OneWordTranslator:
    """Knows that `diálogo` is `dialogue`."""

    def translate(self, word: str, source: str, target: str, *, limit: int = 4) -> tuple[tuple[str, float], ...]:
        del source, limit
        return (("dialogue", 0.8),) if (word, target) == ("diálogo", "en") else ()


@pytest.fixture
def lexical(tmp_path: Path) -> LexicalIndex:
    LexicalIndex.build(PARAGRAPHS, LANGUAGES, tmp_path / "lexical")
    return LexicalIndex(tmp_path / "lexical", LANGUAGES)


def terms(query: str, language: str) -> list[QueryTerm]:
    return query_terms(query, language, targets=["en", "es"], translator=OneWordTranslator())


def test_scores_are_zero_where_no_term_occurs(lexical: LexicalIndex) -> None:
    scores = lexical.scores(terms("trafficking", "en"))
    assert scores[0] > 0
    assert scores[1] == scores[2] == 0


def test_inflected_word_is_found_by_its_stem(lexical: LexicalIndex) -> None:
    assert lexical.scores(terms("person", "en"))[0] > 0


def test_translated_word_reaches_both_languages(lexical: LexicalIndex) -> None:
    scores = lexical.scores(terms("¿Qué diálogo?", "es"))
    assert scores[1] > 0
    assert scores[2] > 0


def test_unknown_word_scores_nothing_anywhere(lexical: LexicalIndex) -> None:
    assert not lexical.scores(terms("zyx", "en")).any()


def test_coverage_counts_missing_words_as_rare(lexical: LexicalIndex) -> None:
    assert lexical.coverage(terms("trafficking", "en"), [0, 1]).tolist() == pytest.approx([1, 0])
    assert 0 < lexical.coverage(terms("trafficking zyx", "en"), [0])[0] < 0.7
    assert lexical.coverage([], [0]).tolist() == [0]


def test_function_words_are_not_searched_for() -> None:
    assert [term.word for term in terms("What is the dialogue about?", "en")] == ["dialogue"]


def test_ignored_words_count_only_when_alone() -> None:
    both = query_terms("declaration dialogue", "en", targets=["en"], ignored=["declaration"])
    alone = query_terms("the declaration", "en", targets=["en"], ignored=["declaration"])
    assert [term.word for term in both] == ["dialogue"]
    assert [term.word for term in alone] == ["declaration"]


def test_words_drop_french_elisions() -> None:
    assert words("l'accueil et qu’elles") == ["accueil", "et", "elles"]


class Renaming:
    """A translator that gives another name for everything."""

    def translate(self, word: str, source: str, target: str, *, limit: int = 4) -> tuple[tuple[str, float], ...]:
        del word, source, target, limit
        return (("falkland", 0.9),)


def test_name_is_searched_as_it_is_beside_its_translation() -> None:
    found = query_terms("Malvinas", "es", targets=["en"], translator=Renaming())[0]
    assert {term("malvinas", "en"), term("falkland", "en")} <= set(found.terms)
