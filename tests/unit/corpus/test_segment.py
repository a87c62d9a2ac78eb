"""Every quirk that official declarations are known for, each in a few lines of our own words."""

import pytest

from corpus.blocks import Block
from corpus.segment import Segmentation, segment, segment_blocks

TAIL = "the States of the region work together."


def cut(*paragraphs: str, blank: str = "\n\n") -> Segmentation:
    return segment(blank.join(paragraphs), "some-2020-where")


def ids(result: Segmentation) -> list[str]:
    return [paragraph.id for paragraph in result.paragraphs]


def texts(result: Segmentation) -> dict[str, str]:
    return {paragraph.id: paragraph.text for paragraph in result.paragraphs}


@pytest.mark.parametrize(
    "style",
    ["{n}. ", "{n}.\t", "{n}.  ", "{n}) ", "({n}) ", "[{n}] ", "{n} – ", "{n} - ", "{n}.- ", "{n}º ", "Artículo {n}. "],
)
def test_numbering_style_is_read(style: str) -> None:
    result = cut("DECLARATION OF NOWHERE", *(style.format(n=n) + f"We note that {TAIL}" for n in range(1, 13)))
    assert ids(result) == [f"p{n}" for n in range(1, 13)]
    assert set(texts(result).values()) == {f"We note that {TAIL}"}


@pytest.mark.parametrize(
    "marks",
    [
        ("Primera. ", "Segunda. ", "Tercera. ", "Cuarta. "),
        ("PRIMERO.- ", "SEGUNDO.- ", "TERCERO.- ", "CUARTO.- "),
        ("First: ", "Second: ", "Third: ", "Fourth: "),
        ("I. ", "II. ", "III. ", "IV. "),
        ("I) ", "II) ", "III) ", "IV) "),
    ],
)
def test_ordinals_and_roman_numbers_number_paragraphs(marks: tuple[str, ...]) -> None:
    result = cut("Los participantes concluyen que:", *(f"{mark}Reafirman que {TAIL}" for mark in marks))
    assert ids(result) == ["pre1", "p1", "p2", "p3", "p4"]


def test_number_alone_on_its_line_belongs_to_what_follows() -> None:
    result = cut("1.", f"Reafirmamos que {TAIL}", "2.", f"Reiteramos que {TAIL}", "3.", "Decidimos.", blank="\n")
    assert texts(result) == {"p1": f"Reafirmamos que {TAIL}", "p2": f"Reiteramos que {TAIL}", "p3": "Decidimos."}


def test_chapeau_that_is_numbered_one_is_paragraph_one() -> None:
    result = cut("DECLARATION", f"1. We, the Heads of State, declare that {TAIL}", "2. We agree.", "3. We go on.")
    assert ids(result) == ["p1", "p2", "p3"]


def test_unnumbered_preamble_is_counted_apart() -> None:
    result = cut("The Heads of State, gathered in Nowhere:", "Aware of all that;", "1. Agree;", "2. Decide;", "3. End.")
    assert ids(result) == ["pre1", "pre2", "p1", "p2", "p3"]
    assert [p.kind for p in result.paragraphs[:3]] == ["preamble", "preamble", "operative"]


def test_text_without_numbers_is_counted_by_us_and_says_so() -> None:
    result = cut("Special Declaration on Things", "We, meeting in Nowhere;", "Aware of much.", "Nowhere, 3 March 2010")
    assert ids(result) == ["u1", "u2", "u3"]
    assert result.warnings == ("the text prints no paragraph numbers; the count is ours",)


def test_numbers_that_begin_again_under_a_verb_are_a_second_part() -> None:
    result = cut(
        "Comunicado conjunto de las personas reunidas:",
        *("1) Que la región es diversa.", "2) Que las personas se mueven.", "ACUERDAN:"),
        *("1) Trabajar juntos.", "2) Reunirse.", "▪ En un año.", "Palenque, 22 de octubre de 2023"),
    )
    assert ids(result) == ["pre1", "p1", "p2", "part2.p1", "part2.p2", "post1"]
    assert texts(result)["part2.p2"] == "Reunirse. En un año."
    assert result.warnings == ("the numbers begin again at part 2",)


def test_annexes_are_parts_and_their_names_headings() -> None:
    result = cut(
        *("1. We agree.", "2. We hope.", "3. We go on.", "Annex I", "Plan of action", "1. The plan begins."),
        *("2. The plan goes on.", "Annex II", "1. The second plan begins.", "2. It ends."),
    )
    assert ids(result) == ["p1", "p2", "p3", "part2.p1", "part2.p2", "part3.p1", "part3.p2"]
    assert [section.title for section in result.sections] == ["Annex I", "Plan of action", "Annex II"]


def test_several_texts_on_one_page_are_parts() -> None:
    first = ["DECLARATION OF NOWHERE", "1. We agree.", "2. We talk.", "3. We write."]
    result = cut(*first, "COMMUNIQUÉ ON WATER", "The Heads of State, aware of thirst,", "1. Care.", "2. Share water.")
    assert ids(result) == ["p1", "p2", "p3", "part2.pre1", "part2.p1", "part2.p2"]


def test_numbers_do_not_begin_again_at_a_heading() -> None:
    result = cut("1. We agree;", "HEALTH OF ALL THE PEOPLES\nOF THE REGION", "2. We talk;", "MIGRATION", "3. We end.")
    assert ids(result) == ["p1", "p2", "p3"]
    assert [p.section for p in result.paragraphs] == [None, "HEALTH OF ALL THE PEOPLES OF THE REGION", "MIGRATION"]


def test_title_case_heading_is_no_part_of_the_paragraph_above() -> None:
    result = cut("1. We agree.", "Regional Integration", "2. We talk.", "Reparatory justice", "3. We end.")
    assert texts(result)["p1"] == "We agree."
    assert result.paragraphs[2].section == "Reparatory justice"


def test_heading_that_ends_with_a_full_stop_is_known_by_its_capitals() -> None:
    headings = ("Regional Integration", "Peace and Security")
    result = cut(
        *("1. We agree.", headings[0], "2. We talk.", headings[1], "3. We write."),
        *("Gender Equality, Women, Youth, and Persons with disabilities.", "4. We end."),
    )
    assert texts(result)["p3"] == "We write."


def test_short_last_line_of_a_paragraph_is_no_heading() -> None:
    result = segment(
        "1. We write to all of the ministers who met in the\nUnited Arab\nEmirates\n2. We agree.\n3. We end.",
        "a-2020-b",
    )
    assert texts(result)["p1"].endswith("in the United Arab Emirates")
    assert not result.sections


def test_year_or_reference_at_a_line_start_is_no_paragraph() -> None:
    result = segment(
        "1. We recall that the summit of\n2010, democracy and the work of the year\n"
        "2. The second paragraph is about resolution\n75/170, adopted in the year\n18, 2022, as said, in\n2024.\n"
        "3. The third paragraph ends in the year\n2025, and meetings follow in\n4. It is the fourth.\n",
        "some-2020-where",
    )
    assert ids(result) == ["p1", "p2", "p3", "p4"]
    assert texts(result)["p2"].endswith("resolution 75/170, adopted in the year 18, 2022, as said, in 2024.")


def test_next_number_at_a_line_wrap_is_no_paragraph() -> None:
    result = segment(
        "1. We met on 3 and on\n2. March was the month of the meeting that we remember.\n\n2. We agree.\n\n3. We end.",
        "some-2020-where",
    )
    assert [i for i in ids(result) if "." not in i] == ["p1", "p2", "p3"]
    assert texts(result)["p2"] == "We agree."


def test_gap_is_reported_and_nothing_renumbered() -> None:
    result = cut(*(f"{n}. We agree on thing {n}." for n in (1, 2, 3, 5, 6, 9)))
    assert ids(result) == ["p1", "p2", "p3", "p5", "p6", "p9"]
    assert result.warnings == (
        "the printed numbers skip 4; nothing was renumbered",
        "the printed numbers skip 7 to 8; nothing was renumbered",
    )


def test_flattened_list_is_counted_in_order_and_reported() -> None:
    result = cut(*(f"1. We agree on the {word} thing." for word in ("first", "second", "third", "fourth")))
    assert ids(result) == ["p1", "p2", "p3", "p4"]
    assert "careless conversion" in result.warnings[0]


def test_items_are_paragraphs_of_their_own() -> None:
    result = cut(
        *("1. We commit to:", "(a) Meet each year;", "(b) Talk about:", "(i) Rights;", "(ii) Duties;", "(c) Write."),
        *("2. We also commit:", "a) To learn;", "b) To teach.", "3. We end."),
    )
    assert ids(result) == ["p1", "p1.a", "p1.b", "p1.b.i", "p1.b.ii", "p1.c", "p2", "p2.a", "p2.b", "p3"]
    assert texts(result)["p1.b.ii"] == "Duties;"


@pytest.mark.parametrize("blank", ["\n\n", "\n"])
def test_dotted_numbers_are_items_of_their_number(blank: str) -> None:
    result = cut(
        *(
            "1. We commit to all of it:",
            "1.1. To learn;",
            "1.2. To teach.",
            "2. We agree:",
            "2.1 To end;",
            "3. We leave.",
        ),
        blank=blank,
    )
    assert ids(result) == ["p1", "p1.1", "p1.2", "p2", "p2.1", "p3"]
    assert texts(cut("1. The region has", "1.5 million people.", "2. We agree.", blank=blank))["p1"].endswith("people.")


def test_letter_i_after_h_is_a_letter() -> None:
    result = cut("1. We commit to:", *(f"({letter}) Do it;" for letter in "abcdefghij"), "2. We end.", "3. We leave.")
    assert ids(result)[-4:] == ["p1.i", "p1.j", "p2", "p3"]


def test_numbers_under_an_article_are_its_items() -> None:
    result = cut(
        *("Article 1", "All are free.", "Article 2", "1. All are equal.", "2. None is less."),
        *("Article 3", "1. The end.", "2. It is near."),
    )
    assert ids(result) == ["p1", "p2.1", "p2.2", "p3.1", "p3.2"]


def test_unnumbered_continuation_belongs_to_the_number_above() -> None:
    result = cut("1. We agree.", "2. We talk.", "This means that we talk to all.", "3. We write.", "4. We end.")
    assert texts(result)["p2"] == "We talk. This means that we talk to all."


@pytest.mark.parametrize("bullet", "•▪-–*")
def test_bullets_belong_to_the_number_above(bullet: str) -> None:
    result = cut(
        "1. We welcome:", f"{bullet} The first meeting;", f"{bullet} The second.", "2. We go on.", "3. We end."
    )
    assert texts(result)["p1"] == "We welcome: The first meeting; The second."


@pytest.mark.parametrize("rule", ["***", "*************", r"\###", "———————", "* * *", "_____"])
def test_note_after_an_end_mark_is_a_closing_paragraph(rule: str) -> None:
    note = "One country did not endorse this text because of one paragraph."
    result = cut("1. We agree.", "2. We talk.", "3. We end.", rule, note, "Another note.")
    assert texts(result)["post1"] == note
    assert ids(result) == ["p1", "p2", "p3", "post1", "post2"]


@pytest.mark.parametrize(
    "line",
    [
        "Kingstown, Saint Vincent and the Grenadines, March 1, 2024",
        "La Habana, 29 de enero de 2014",
        "Brasília, 19 de novembro de 2025",
        "Fait à Bruxelles, le 11 juin 2015",
        "Tegucigalpa, 09/04/2025",
    ],
)
def test_date_line_is_a_closing_paragraph(line: str) -> None:
    result = cut("1. We agree.", "2. We talk.", "3. We end.", line)
    assert texts(result)["post1"] == line
    assert result.paragraphs[-1].kind == "closing"


def test_semicolons_end_paragraphs_as_full_stops_do() -> None:
    result = cut("1. Agree that all is well;", "MIGRATION", "2. Decide to talk;", "3. Salute the Presidency.")
    assert result.paragraphs[1].section == "MIGRATION"


def test_page_numbers_between_paragraphs_are_left_out() -> None:
    pages = "\f".join(f"{n}\n{n}. We agree that {TAIL} It is the {n}th time." for n in range(1, 6))
    result = segment(pages, "some-2020-where")
    assert ids(result) == ["p1", "p2", "p3", "p4", "p5"]
    assert texts(result)["p2"] == f"We agree that {TAIL} It is the 2th time."


def test_marks_that_the_format_keeps_apart_count_as_printed() -> None:
    blocks = [Block("We agree:", mark="1."), Block("to talk;", mark="(a)"), Block("We end.", mark="2.")]
    result = segment_blocks([*blocks, Block("We leave.", mark="3.")], "some-2020-where")
    assert texts(result) == {"p1": "We agree:", "p1.a": "to talk;", "p2": "We end.", "p3": "We leave."}


def test_what_the_source_misprints_is_kept() -> None:
    result = cut("1. We met on March1, 2024 (“once”.", "2. The Community´s will.", "3. We  end .")
    assert texts(result) == {"p1": "We met on March1, 2024 (“once”.", "p2": "The Community´s will.", "p3": "We end ."}


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "***", "•"])
def test_nothing_gives_no_paragraphs(text: str) -> None:
    assert segment(text, "some-2020-where").paragraphs == ()


def test_single_number_does_not_number_a_text() -> None:
    result = cut("We met in the year", "2024. It was good to see that all of us could come.", "We left again.")
    assert {p.kind for p in result.paragraphs} == {"unnumbered"}


def test_long_text_is_cut_in_time_that_grows_with_its_length() -> None:
    result = cut(*(f"{n}. We note that {TAIL}" for n in range(1, 1000)))
    assert len(result.paragraphs) == 999
