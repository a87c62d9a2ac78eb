"""What the checker says of quotations, one habit or trick of quoting at a time."""

from __future__ import annotations

import datetime as dt

import pytest

from app.quotes.check import QuoteChecker
from app.quotes.dictionary import dictionary
from app.schemas import QuoteResult
from corpus.library import Library
from corpus.model import Document, Paragraph
from tests.builders import a_document, a_library

MIGRATION = (
    "We shall not return any person to a State where torture is likely, unless the person consents in writing.",
    "We commit 1,250,000 dollars and 10-15 experts to the decision-making of the 33 member States by 2030.",
    "The Parties will re-sign the agreement, and non-governmental organizations may attend as observers.",
    "We note the “Buenos Aires” text ... and welcome its follow-up – in full – by every government.",
    "We call for open dialogue on migration, and for visas without fees, subject to national law.",
)


def a_checker(*texts: str, language: str = "en") -> QuoteChecker:
    return QuoteChecker(a_library(a_document(*(texts or MIGRATION), language=language)), dictionary=dictionary)


def check(quote: str, *texts: str, language: str = "en") -> QuoteResult:
    return a_checker(*texts, language=language).check(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "any person to a State where torture is likely",
        "  any person\n to a State  where torture is likely ",
        "“Any person to a State where torture is likely.”",
        "«any person to a State where torture is likely»,",
        "any per\u00adson to a State where tor\u200bture is likely",
        "1,250,000 dollars and 10–15 experts",
        "the decision‐making of the 33 member States",
        'the "Buenos Aires" text ... and welcome its follow-up',
        "its follow-up — in full — by every government",
        "[W]e call for open dialogue",
    ],
)
def test_check_passes_typography_as_verbatim(quote: str) -> None:
    assert check(quote).status == "verbatim"


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("We shall return any person to a State where torture is likely", "negation"),
        ("any person to a State where torture is unlikely", "word"),
        ("We commit 1,250,001 dollars and 10-15 experts", "number"),
        ("We commit 1.250,000 dollars and 10-15 experts", "number"),
        ("We commit 1250,000 dollars and 10-15 experts", "number"),
        ("We commit 1,250,000 dollars and 105 experts", "number"),
        ("of the 33 member States by 2031", "number"),
        ("non-governmental organizations shall attend as observers", "modal"),
        ("The Parties will resign the agreement", "punctuation"),
        ("any person to a state where torture is likely", "case"),
        ("on migration and for visas without fees", "punctuation"),
        ("any person to a St\u0430te where torture is likely", "word"),
    ],
)
def test_check_names_the_kind_of_change(quote: str, kind: str) -> None:
    result = check(quote)
    assert result.status == "altered"
    assert kind in {step.kind for step in result.matches[0].diff if step.op != "equal"}


@pytest.mark.parametrize(
    "quote",
    [
        "250,000 dollars and 10-15 experts",
        "15 experts to the decision-making",
        "governmental organizations may attend as observers",
        "sign the agreement, and non-governmental organizations",
        "of the 33 member States by 203",
        "of the 33 member State",
    ],
)
def test_check_never_passes_part_of_a_word_or_number(quote: str) -> None:
    assert check(quote).status == "altered"


@pytest.mark.parametrize("gap", ["…", "...", "[…]", "(...)", "[...]", ". . ."])
def test_check_takes_every_mark_of_omission(gap: str) -> None:
    result = check(f"We call for open dialogue {gap} subject to national law")
    assert result.status == "elided"
    assert [step.op for step in result.matches[0].diff] == ["equal", "delete", "equal"]


def test_check_says_altered_where_words_are_left_out_without_a_mark() -> None:
    assert check("We call for open dialogue on migration subject to national law").status == "altered"


def test_check_says_altered_where_a_marked_quotation_also_changes_a_word() -> None:
    assert check("We call for closed dialogue … subject to national law").status == "altered"


def test_check_says_altered_where_pieces_stand_in_another_order() -> None:
    result = check("subject to national law … We call for open dialogue")
    assert result.status == "altered"
    assert "order" in result.warnings[0]


def test_check_warns_of_a_negation_among_the_words_left_out() -> None:
    result = check("We shall … return any person to a State")
    assert result.status == "elided"
    assert any("not" in warning for warning in result.warnings)


def test_check_warns_of_a_condition_right_after_the_quotation() -> None:
    assert any("unless" in warning for warning in check("any person to a State where torture is likely").warnings)


def test_check_warns_of_a_negation_right_before_the_quotation() -> None:
    assert any("not" in warning for warning in check("return any person to a State").warnings)


def test_check_warns_of_letters_of_another_alphabet() -> None:
    assert any("alphabet" in warning for warning in check("We call for open di\u0430logue on migration").warnings)


def test_check_leading_ellipsis_is_an_omission_at_the_edge() -> None:
    assert check("… open dialogue on migration …").status == "elided"


@pytest.mark.parametrize("quote", ["dialogue", "open dialogue", "“open dialogue” (¶ 5)", "…", "?!", "open … dialogue"])
def test_check_says_nothing_of_fewer_than_three_words(quote: str) -> None:
    assert check(quote).status == "too_short"


def test_check_does_not_find_what_nobody_wrote() -> None:
    assert check("The moon is made of green cheese, as every sailor knows").status == "not_found"


def test_check_ignores_an_attribution_that_is_right() -> None:
    result = check("“We call for open dialogue on migration” (Declaration of Somewhere, ¶ 5)")
    assert (result.status, [w for w in result.warnings if "Attributed" in w]) == ("verbatim", [])


@pytest.mark.parametrize(
    "attribution", ["(¶ 2)", "— Declaration of Somewhere, paragraph 2", "(Quito Declaration, ¶ 5)"]
)
def test_check_says_where_misattributed_words_stand(attribution: str) -> None:
    result = check(f"“We call for open dialogue on migration” {attribution}")
    assert result.status == "verbatim"
    assert any("¶ 5" in warning and "Attributed" in warning for warning in result.warnings)


@pytest.mark.parametrize("tail", ["(but only in 2020 in Somewhere)", "— never in Somewhere", "(for citizens)"])
def test_check_does_not_take_added_words_for_an_attribution(tail: str) -> None:
    assert check(f"We call for open dialogue on migration {tail}").status == "altered"


def test_check_does_not_take_words_around_inner_quotation_marks_for_an_attribution() -> None:
    assert check("We reject the “Buenos Aires” text ... and welcome its follow-up").status == "altered"


def test_check_does_not_take_capitals_around_inner_quotation_marks_for_an_attribution() -> None:
    printed = "the Event on “Oceans in Change” in San José, Costa Rica, in June 2024"
    assert check("Event on “Oceans in Change” in San Jose, Costa Rica", printed).status == "altered"


def test_check_finds_a_quotation_over_the_end_of_a_paragraph() -> None:
    result = check("may attend as observers.\n\n4. We note the “Buenos Aires” text")
    assert result.status == "verbatim"
    assert [match.paragraph for match in result.matches] == ["p3", "p4"]


def test_check_does_not_pass_a_number_put_between_paragraphs() -> None:
    assert check("organizations may attend as observers. 9. We note the “Buenos Aires” text").status == "altered"


def test_check_says_when_words_of_two_places_are_joined() -> None:
    result = check("We call for open dialogue on migration where torture is likely, unless the person consents")
    assert result.status == "altered"
    assert [match.paragraph for match in result.matches] == ["p5", "p1"]


def test_check_says_when_marked_pieces_come_from_several_paragraphs() -> None:
    result = check("We shall not return any person … We call for open dialogue")
    assert result.status == "elided"
    assert [match.paragraph for match in result.matches] == ["p1", "p5"]


def test_check_gives_all_places_of_words_that_stand_twice() -> None:
    result = check("we call for open dialogue", *MIGRATION, "Again we call for open dialogue.")
    assert [match.paragraph for match in result.matches] == ["p5", "p6"]


def test_check_puts_the_attributed_place_first() -> None:
    result = check("“we call for open dialogue” (¶ 6)", *MIGRATION, "Again we call for open dialogue.")
    assert result.matches[0].paragraph == "p6"
    assert not result.warnings or "Attributed" not in result.warnings[0]


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("held on March1, 2024, in Kingstown", "held on March 1, 2024, in Kingstown"),
        ("the protection of migra- tion workers", "the protection of migration workers"),
        ("the protection of mi gration workers", "the protection of migration workers"),
        ("for the judiciali-zation of victims", "for the judicialization of victims"),
        ("the protection ofmigrant workers", "the protection of migrant workers"),
        ("the interna-tional protection of workers", "the international protection of workers"),
        ("the  protection , and the rights", "the protection, and the rights"),
    ],
)
def test_check_mends_the_layout_of_scanned_texts(printed: str, quote: str) -> None:
    assert check(quote, printed).status == "verbatim"


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("the court is not able to decide", "the court is notable to decide"),
        ("they will re-sign the treaty", "they will resign the treaty"),
        ("an atypical case of law", "a typical case of law"),
        ("for twenty five-year terms", "for twenty-five year terms"),
        ("the temperature of -5 degrees", "the temperature of 5 degrees"),
        ("at most 10 ² metres wide", "at most 102 metres wide"),
    ],
)
def test_check_does_not_take_other_words_for_layout(printed: str, quote: str) -> None:
    assert check(quote, printed).status == "altered"


@pytest.mark.parametrize(
    ("printed", "quote", "language"),
    [
        ("reconocemos que más países respetan el derecho", "reconocemos que mas países respetan el derecho", "es"),
        ("os países não são obrigados a aceitar", "os países nao são obrigados a aceitar", "pt"),
        ("les États ne sont pas tenus d’agir", "les Etats ne sont pas tenus d’agir", "fr"),
    ],
)
def test_check_counts_accents(printed: str, quote: str, language: str) -> None:
    assert check(quote, printed, language=language).status == "altered"


def test_check_does_not_count_how_accents_are_composed() -> None:
    assert (
        check("que ma\u0301s pai\u0301ses respetan", "reconocemos que más países respetan", language="es").status
        == "verbatim"
    )


def test_check_finds_a_short_negation_in_other_languages() -> None:
    result = check(
        "los Estados devolverán a persona alguna", "los Estados no devolverán a persona alguna", language="es"
    )
    assert result.matches[0].diff[1].kind == "negation"


def test_check_matches_are_exact_in_the_paragraph() -> None:
    checker = a_checker()
    for quote in (
        "any person to a State where",
        "We shall return any person to a State",
        "any person … consents in writing",
    ):
        for match in checker.check(quote).matches:
            assert MIGRATION[int(match.paragraph[1:]) - 1][match.start : match.end] == match.quote


def test_check_includes_the_full_stop_that_the_text_has_too() -> None:
    assert check("subject to national law.”").matches[0].quote == "subject to national law."


def test_check_speaks_the_language_asked_for() -> None:
    result = a_checker().check("open dialogue", language="fr")
    assert "mots" in result.warnings[0]


def test_check_takes_fifty_thousand_characters() -> None:
    text = " ".join(f"We take note of measure {number} of the plan." for number in range(1_400))[:49_000]
    checker = a_checker(text)
    assert checker.check(text).status == "verbatim"
    assert checker.check(text.replace("measure 700 ", "measure 7000 ")).status == "altered"


def test_check_names_the_paragraph_that_is_translated() -> None:
    document = a_document(*MIGRATION)
    checker = QuoteChecker(a_library(document), closest=lambda *_: document.paragraph("p5"))
    result = checker.check("Hacemos un llamado a un diálogo abierto sobre la migración")
    assert result.status == "not_found"
    assert result.translation_of is not None
    assert result.translation_of.paragraph == "p5"


def test_check_works_on_a_library_without_paragraphs() -> None:
    empty = Document(
        id="celac-2020-nowhere", titles={"en": "Nothing"}, date=dt.date(2020, 1, 1), language="en", paragraphs=()
    )
    assert QuoteChecker(Library((empty,))).check("we call for open dialogue").status == "not_found"


def test_check_accepts_no_division_where_there_is_no_dictionary() -> None:
    paragraph = Paragraph("xx-2020-somewhere", "p1", "operative", "ne pravi to jest bardzo dobrze")
    document = Document(id="xx-2020-somewhere", titles={"pl": "X"}, date=None, language="pl", paragraphs=(paragraph,))
    assert QuoteChecker(Library((document,)), dictionary=dictionary).check("nepravi to jest bardzo").status == "altered"


def test_check_finds_many_paragraphs_copied_at_once() -> None:
    texts = [
        f"We take note of measure {n} of the plan, and of what the ministers of group {n} said." for n in range(60)
    ]
    checker = a_checker(*texts)
    assert checker.check("\n".join(texts)).status == "verbatim"
    assert checker.check("\n".join(texts).replace("group 30 said", "group 30 denied")).status == "altered"


def test_check_takes_half_a_character() -> None:
    assert check("We call for open \ud800 dialogue on migration").status == "altered"
