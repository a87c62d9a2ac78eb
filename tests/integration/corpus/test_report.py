"""What is said of a document when it is read: what looked odd, where, and against what was expected."""

from corpus.adding import Facts, Reading, read_document

EN = (
    "We reaffirm that the rights of all of the people of the region are the duty of each of its States, today and ever."
)
ES = "Reafirmamos que los derechos de todas las personas de la región son el deber de cada uno de sus Estados, siempre."
PT = "Reafirmamos que os direitos de todas as pessoas da região são o dever de cada um dos seus Estados, hoje e sempre."
FR = "Nous réaffirmons que les droits de toutes les personnes de la région sont le devoir de chacun de ses États."


def read(*paragraphs: str, expected: int | None = None, language: str | None = None) -> Reading:
    facts = Facts("some-2020-where", {}, None, language=language, expected=expected)
    return read_document("\n\n".join(paragraphs).encode(), facts, name="a.txt")


def numbered(sentence: str, count: int = 6) -> list[str]:
    return [f"{number}. {sentence}" for number in range(1, count + 1)]


def test_language_is_told_from_the_text() -> None:
    assert [read(*numbered(text)).language for text in (EN, ES, PT, FR)] == ["en", "es", "pt", "fr"]


def test_declared_language_is_kept_and_a_doubt_said() -> None:
    reading = read(*numbered(ES), language="pt")
    assert reading.language == "pt"
    assert reading.warnings == ("declared to be in pt, but it reads like es",)


def test_second_language_on_a_page_is_reported_with_its_place() -> None:
    warnings = read(*numbered(PT), "DECLARATION OF NOWHERE", *numbered(EN, 3)).warnings
    assert "3 paragraphs from part2.p1 to part2.p3 read like en; the page may carry several versions" in warnings


def test_expected_count_is_compared() -> None:
    assert read(*numbered(EN), expected=6).warnings == ()
    assert read(*numbered(EN), expected=7).warnings == ("the catalogue expects 7 numbered paragraphs; the text has 6",)


def test_stretch_without_words_is_reported() -> None:
    codes = " ".join(f"/{number}/i{number * 7}" for number in range(200))
    warnings = read(*numbered(EN, 40), codes).warnings
    assert any("of the text is not made of words" in warning for warning in warnings)


def test_gap_is_in_the_report() -> None:
    paragraphs = numbered(EN)
    assert read(*paragraphs[:2], *paragraphs[3:]).warnings == ("the printed numbers skip 3; nothing was renumbered",)
