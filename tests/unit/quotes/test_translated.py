from __future__ import annotations

from pathlib import Path

import pytest

from app.quotes.translated import Translated
from corpus.library import open_library
from embeddings.lexical import LexicalIndex
from embeddings.lexicon import load_lexicon


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Translated:
    folder: Path = tmp_path_factory.mktemp("lexical") / "index"
    paragraphs = list(open_library().paragraphs())
    languages = ["en"] * len(paragraphs)
    LexicalIndex.build(paragraphs, languages, folder)
    return Translated(LexicalIndex(folder, languages), paragraphs, load_lexicon())


@pytest.mark.parametrize(
    ("quote", "language"),
    [
        ("nuestro compromiso de combatir el racismo, la xenofobia, la discriminación y la intolerancia", "es"),
        ("nosso compromisso de combater o racismo, a xenofobia, a discriminação e a intolerância", "pt"),
        ("notre engagement à combattre le racisme, la xénophobie, la discrimination et l'intolérance", "fr"),
    ],
)
def test_translated_names_the_source(translated: Translated, quote: str, language: str) -> None:
    found = translated(quote, language)
    assert found is not None
    assert found.id == "p3"


@pytest.mark.parametrize(
    ("quote", "language"),
    [
        ("la luna está hecha de queso verde y ningún marinero sabe por qué", "es"),
        ("el racismo", "es"),
        ("we express our commitment to combatting racism and xenophobia", "en"),
    ],
)
def test_translated_names_nothing_where_nothing_is_likely(translated: Translated, quote: str, language: str) -> None:
    assert translated(quote, language) is None
