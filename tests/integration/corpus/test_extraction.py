"""What each format hides, and what is mended of it."""

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from corpus.extract.formats import extract
from corpus.segment import Segmentation, segment_blocks

OPENING = "We, the Heads of State and Government of the region, met in the city and agreed on the following:"


def read(data: bytes, name: str) -> Segmentation:
    return segment_blocks(extract(data, name=name).blocks, "some-2020-where")


def page(body: str) -> bytes:
    return f"<!doctype html><html><head><title>t</title></head><body>{body}</body></html>".encode()


def texts(cut: Segmentation) -> dict[str, str]:
    return {paragraph.id: paragraph.text for paragraph in cut.paragraphs}


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def pdf(*pages: list[tuple[float, float, str, str, float]]) -> bytes:
    """Print lines (left, height, text, font, size) on pages."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for lines in pages:
        for left, height, text, font, size in lines:
            canvas.setFont(font, size)
            canvas.drawString(left, height, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def roman(height: float, text: str, left: float = 72) -> tuple[float, float, str, str, float]:
    return (left, height, text, "Times-Roman", 12)


class TestHtml:
    def test_ordered_list_prints_its_numbers_and_letters(self) -> None:
        items = "<li>We agree to:<ol type=a><li>talk to all;</li><li>write to them.</li></ol></li><li>We end it.</li>"
        cut = read(page(f"<p>{OPENING}</p><ol>{items}<li>We leave the city.</li></ol>"), "a.html")
        assert list(texts(cut)) == ["pre1", "p1", "p1.a", "p1.b", "p2", "p3"]

    def test_list_that_goes_on_counts_on(self) -> None:
        body = (
            "<ol><li>We agree on it.</li><li>We talk of it.</li></ol><h3>Health</h3><ol start=3><li>We end.</li></ol>"
        )
        assert list(texts(read(page(f"<p>{OPENING}</p>{body}"), "a.html"))) == ["pre1", "p1", "p2", "p3"]

    def test_every_item_a_list_of_its_own_is_counted_in_order(self) -> None:
        body = "".join(f"<ol><li>We agree on the {word} of the things.</li></ol>" for word in ("one", "two", "six"))
        cut = read(page(body), "a.html")
        assert list(texts(cut)) == ["p1", "p2", "p3"]
        assert "careless conversion" in cut.warnings[0]

    def test_residue_of_the_web_is_left_out(self) -> None:
        residue = (
            "<nav>Home News</nav><div class='sharedaddy'>Share this: X</div><script>var a='1. We'</script>"
            "<img src='data:image/png;base64,AAAA' alt='AAAA'><div id='cookie-banner'>We use cookies.</div>"
            "<footer>All rights reserved</footer><!-- 4. We hide -->"
        )
        body = f"<article><p>{OPENING}</p><p>1. We agree.</p><p>2. We talk.</p><p>3. We end.</p></article>"
        assert list(texts(read(page(residue + body), "a.html")).values()) == [
            OPENING,
            "We agree.",
            "We talk.",
            "We end.",
        ]

    def test_footnote_marks_go_and_ordinals_stay(self) -> None:
        body = "<p>1. The 3<sup>rd</sup> summit<sup>12</sup> of the year<sup><a href=#f>[2]</a></sup>.</p>"
        assert (
            texts(read(page(f"<p>{OPENING}</p>{body}<p>2. We end.</p>"), "a.html"))["p1"]
            == "The 3rd summit of the year."
        )

    def test_line_breaks_before_numbers_part_paragraphs(self) -> None:
        body = f"<p>{OPENING}<br>1. We agree<br>on it.<br>2. We talk.<br><br>3. We end.</p>"
        cut = texts(read(page(body), "a.html"))
        assert (cut["p1"], cut["p2"], cut["p3"]) == ("We agree on it.", "We talk.", "We end.")

    def test_entities_soft_hyphens_and_hard_blanks_are_mended(self) -> None:
        body = "<p>1. The inter&shy;na&shy;tional&nbsp;law &amp; order of the ni&ntilde;ez.</p><p>2. We end it.</p>"
        assert texts(read(page(body), "a.html"))["p1"] == "The international law & order of the niñez."

    @pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
    def test_encoding_is_found(self, encoding: str) -> None:
        charset = {"latin-1": "<meta charset=iso-8859-1>"}.get(encoding, "")
        source = f"<html><head>{charset}</head><body><p>1. La niñez y la región están de pie.</p><p>2. Fin de todo.</p>"
        assert texts(read(source.encode(encoding), "a.html"))["p1"] == "La niñez y la región están de pie."


class TestWord:
    def test_numbers_that_word_counts_are_printed(self) -> None:
        document = Document()
        document.add_paragraph(OPENING)
        for text in ("We agree on it.", "We talk of it.", "We end it."):
            document.add_paragraph(text, style="List Number")
        assert list(texts(read(saved(document), "a.docx"))) == ["pre1", "p1", "p2", "p3"]

    def test_deleted_words_go_and_inserted_ones_stay(self) -> None:
        document = Document()
        document.add_paragraph(OPENING)
        paragraph = document.add_paragraph("1. We ")
        for tag, inner, text in (("del", "delText", "never "), ("ins", "t", "always ")):
            change = parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{inner}/></w:r></w:{tag}>')
            change[0][0].text = text
            change[0][0].set(qn("xml:space"), "preserve")
            paragraph._p.append(change)  # noqa: SLF001 - python-docx has no other way to an element
        paragraph.add_run("agree.")
        document.add_paragraph("2. We end it.")
        assert texts(read(saved(document), "a.docx"))["p1"] == "We always agree."

    def test_footnote_mark_goes_and_ordinal_stays(self) -> None:
        document = Document()
        document.add_paragraph(OPENING)
        paragraph = document.add_paragraph("1. The 3")
        paragraph.add_run("rd").font.superscript = True
        paragraph.add_run(" summit")
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), "1")
        paragraph.add_run()._r.append(reference)  # noqa: SLF001 - likewise
        paragraph.add_run(" of 2023")
        paragraph.add_run("1").font.superscript = True
        paragraph.add_run(".")
        document.add_paragraph("2. We end it.")
        assert texts(read(saved(document), "a.docx"))["p1"] == "The 3rd summit of 2023."

    def test_header_and_footer_are_left_out(self) -> None:
        document = Document()
        document.sections[0].header.paragraphs[0].text = "CELAC/DOC/1"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        for text in (OPENING, "1. We agree.", "2. We end."):
            document.add_paragraph(text)
        assert list(texts(read(saved(document), "a.docx")).values()) == [OPENING, "We agree.", "We end."]

    def test_bold_line_is_a_heading(self) -> None:
        document = Document()
        for text in (OPENING, "1. We agree.", "Peace and Security", "2. We talk.", "3. We end."):
            document.add_paragraph().add_run(text).bold = text[0] == "P"
        assert read(saved(document), "a.docx").paragraphs[2].section == "Peace and Security"

    def test_text_in_a_table_is_read(self) -> None:
        document = Document()
        document.add_paragraph(OPENING)
        table = document.add_table(rows=2, cols=1)
        for row, text in enumerate(("1. We agree on it.", "2. We end it.")):
            table.cell(row, 0).text = text
        assert list(texts(read(saved(document), "a.docx"))) == ["pre1", "p1", "p2"]


class TestPdf:
    def test_raised_footnote_mark_goes_and_ordinal_stays(self) -> None:
        lines = [
            roman(700, "1. We recall the 3"),
            (170, 705, "rd", "Times-Roman", 7),
            roman(700, "summit of the year 2023", 182),
            (304, 705, "1", "Times-Roman", 7),
            roman(700, "and all that was said at it.", 312),
            roman(670, "2. We end it, and all of us leave the city in peace and with the hope of a new one."),
            (72, 90, "1 See the report of the meeting of that year.", "Times-Roman", 9),
        ]
        cut = read(pdf(lines), "a.pdf")
        assert texts(cut)["p1"] == "We recall the 3rd summit of the year 2023 and all that was said at it."
        assert "See the report" not in " ".join(texts(cut).values())

    def test_paragraph_goes_on_over_the_page_break(self) -> None:
        first = [
            roman(760, "1. We agree that all of the peoples of the region shall be free to live and to work in"),
            roman(745, "peace, and that none of them shall be left behind, whatever the place from which they"),
        ]
        second = [roman(760, "come. It is our will."), roman(730, "2. We end it."), roman(700, "3. We leave.")]
        first, second = [*first, roman(40, "1", 300)], [*second, roman(40, "2", 300)]
        assert texts(read(pdf(first, second), "a.pdf"))["p1"].endswith("from which they come. It is our will.")

    def test_hyphen_at_a_line_end_is_mended_by_the_documents_own_words(self) -> None:
        lines = [
            roman(700, "1. We agree on the development of all the regions, on sub-regional and on inter-"),
            roman(685, "national development, on the sub-"),
            roman(655, "2. We see that international law, sub-regional work and develop-"),
            roman(640, "ment are the duties of us all, and of each of the States of the region and of the world."),
        ]
        text = " ".join(texts(read(pdf(lines), "a.pdf")).values())
        assert "international development" in text
        assert "development are" in text

    def test_ligatures_are_letters(self) -> None:
        assert extract("1. The e\ufb03cient o\ufb03ces of the region.".encode()).blocks[0].text == (
            "1. The efficient offices of the region."
        )

    def test_two_columns_are_read_one_after_the_other(self) -> None:
        left = [f"line {n} of the left column of the text" for n in range(1, 30)]
        right = [f"line {n} of the right column of the text" for n in range(1, 30)]
        lines = [roman(760 - 14 * n, text) for n, text in enumerate(left)]
        lines += [roman(760 - 14 * n, text, 320) for n, text in enumerate(right)]
        whole = " ".join(texts(read(pdf(lines), "a.pdf")).values())
        assert whole.index("line 29 of the left") < whole.index("line 1 of the right")
