"""Random declarations, written as text, Markdown, HTML, Word and PDF from one source, with the paragraphs they hold."""

from __future__ import annotations

import html
import io
import random
import textwrap
from dataclasses import dataclass
from typing import Literal

from hypothesis import strategies as st

from corpus.marks import roman_digits

Kind = Literal["title", "heading", "text", "rule"]
ORDINALS = ("Primera", "Segunda", "Tercera", "Cuarta", "Quinta", "Sexta", "Séptima", "Octava", "Novena", "Décima")
STYLES = ("{n}. ", "{n}) ", "({n}) ", "{n} – ", "{n}.- ", "Article {n}. ", "{roman}. ", "{ordinal}: ", "{n}.\t")
ITEM_STYLES = ("({a}) ", "{a}) ", "({i}) ")
SUBJECTS = ("We", "The Heads of State", "The States of the region", "Our countries", "The Presidency", "Los Estados")
VERBS = ("reaffirm that", "recall that", "commit to ensuring that", "note with concern that", "recognize that")
WORDS = [
    "the",
    "of",
    "and",
    "in",
    "to",
    "a",
    "for",
    "with",
    "on",
    "by",
    "as",
    "region",
    "migrants",
    "rights",
    "peace",
    "development",
    "cooperation",
    "Caribbean",
    "São",
    "José",
    "sustainable",
    "members",
    "per",
    "cent",
    "well-being",
    "sub-regional",
    "Niñez",
    "“safe”",
    "community’s",
    "2030",
    "Agenda",
    "(CELAC)",
    "health",
    "climate",
    "finance",
    "women",
    "youth",
    "access",
    "efficient",
    "offices",
    "influence",
    "difficult",
    "flows",
    "final",
    "science",
    "education",
    "commitment",
    "their",
]
HEADINGS = ("MIGRATION", "HEALTH AND SANITATION", "CLIMATE CHANGE AND THE SEA", "PEACE AND SECURITY OF THE REGION")


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed paragraph, heading or rule; `id` is the paragraph it is, or the one it goes on with."""

    kind: Kind
    text: str = ""
    mark: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a document prints, in order."""

    pieces: tuple[Piece, ...]

    @property
    def expected(self) -> list[tuple[str, str]]:
        """Ids and texts of its paragraphs, in reading order."""
        texts: dict[str, list[str]] = {}
        for piece in self.pieces:
            if piece.id:
                texts.setdefault(piece.id, []).append(piece.text)
        return [(id_, " ".join(parts)) for id_, parts in texts.items()]


@st.composite
def sentences(draw: st.DrawFn, *, ends: str = ".;") -> str:
    """Draw a sentence of words that real declarations are made of, from a short line to half a page."""
    chance = random.Random(draw(st.integers(0, 2**16)))  # noqa: S311 - not for secrets
    words = chance.choices(WORDS, k=draw(st.sampled_from((8, 20, 45, 90, 180))))
    opening = f"{draw(st.sampled_from(SUBJECTS))} {draw(st.sampled_from(VERBS))}"
    return f"{opening} {' '.join(words)} hope{draw(st.sampled_from(ends))}"


@st.composite
def declarations(draw: st.DrawFn) -> Declaration:
    """Draw a declaration: chapeau or none, any numbering style or none, items, continuations, headings, annex, note."""
    style = draw(st.sampled_from((*STYLES, "")))
    pieces = [Piece("title", draw(st.sampled_from(("DECLARATION OF NOWHERE", "Special Declaration on Migration"))))]
    counts = {"pre": 0, "post": 0, "u": 0}

    def unnumbered(kind: str, text: str) -> Piece:
        counts[kind] += 1
        return Piece("text", text, id=f"{kind}{counts[kind]}")

    if not style:
        pieces += [unnumbered("u", draw(sentences())) for _ in range(draw(st.integers(2, 8)))]
        return Declaration(tuple(pieces))
    pieces += [unnumbered("pre", draw(sentences(ends=":;,"))) for _ in range(draw(st.integers(0, 3)))]
    pieces += draw(_numbered(style, "", draw(st.integers(3, 9))))
    is_divided = draw(st.booleans())
    if is_divided:
        pieces.append(Piece("heading", "ANNEX"))
        pieces += draw(_numbered(style, "part2.", draw(st.integers(2, 4))))
    if draw(st.booleans()):
        pieces.append(Piece("rule", "***"))
        pieces.append(unnumbered("post", draw(sentences(ends="."))))
    if draw(st.booleans()):
        pieces.append(unnumbered("post", "Kingstown, Saint Vincent and the Grenadines, 1 March 2024"))
    return Declaration(tuple(pieces))


@st.composite
def _numbered(draw: st.DrawFn, style: str, part: str, count: int) -> list[Piece]:
    pieces: list[Piece] = []
    has_items_by_numbers = "n" not in style
    for number in range(1, count + 1):
        if number > 1 and draw(st.integers(0, 4)) == 0:
            pieces.append(Piece("heading", draw(st.sampled_from(HEADINGS))))
        mark = style.format(n=number, roman=roman_digits(number).upper(), ordinal=ORDINALS[number - 1])
        id_ = f"{part}p{number}"
        extra = draw(st.sampled_from(("", "", "items", "continuation"))) if number < count else ""
        pieces.append(Piece("text", draw(sentences(ends=":" if extra == "items" else ".;")), mark, id_))
        if extra == "items":
            item = draw(st.sampled_from(ITEM_STYLES))
            for value in range(1, draw(st.integers(2, 4)) + 1):
                label = roman_digits(value) if "{i}" in item else "abcd"[value - 1]
                pieces.append(
                    Piece("text", draw(sentences(ends=";.")), item.format(a=label, i=label), f"{id_}.{label}")
                )
        if extra == "continuation" and not has_items_by_numbers:
            pieces.append(Piece("text", draw(sentences(ends=".")), "", id_))
    return pieces


def as_text(
    declaration: Declaration, *, width: int | None = None, blank: str = "\n\n", has_breaks: bool = False
) -> bytes:
    """Write plain text, wrapped at a width, at hyphens too if so wanted, or a line a paragraph."""
    lines = [
        piece.mark.expandtabs(1) + piece.text
        if width is None
        else textwrap.fill(piece.mark + piece.text, width, break_on_hyphens=has_breaks, break_long_words=False)
        for piece in declaration.pieces
    ]
    return blank.join(lines).encode()


def as_markdown(declaration: Declaration) -> bytes:
    """Write Markdown: headings with #, numbers as the text prints them."""
    signs = {"title": "# ", "heading": "## "}
    return "\n\n".join(signs.get(p.kind, "") + p.mark + p.text for p in declaration.pieces).encode()


def as_html(declaration: Declaration) -> bytes:
    """Write a web page with navigation around the text."""
    tags = {"title": "h1", "heading": "h2", "text": "p"}
    body = "\n".join(
        "<hr>" if p.kind == "rule" else f"<{tags[p.kind]}>{html.escape(p.mark + p.text)}</{tags[p.kind]}>"
        for p in declaration.pieces
    )
    page = f"<nav><a href='/'>Home</a></nav><main>{body}</main><footer>All rights of this site are reserved.</footer>"
    return f"<!doctype html><html><head><meta charset=utf-8><title>x</title></head><body>{page}</body></html>".encode()


def as_docx(declaration: Declaration) -> bytes:
    """Write a Word document with heading styles."""
    from docx import Document

    document = Document()
    for piece in declaration.pieces:
        if piece.kind in {"title", "heading"}:
            document.add_heading(piece.text, level=0 if piece.kind == "title" else 2)
        else:
            document.add_paragraph(piece.mark + piece.text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_pdf(declaration: Declaration) -> bytes:
    """Write a PDF of small pages, each with a running header and a page number."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    def furnish(canvas: object, document: object) -> None:
        canvas.setFont("Times-Roman", 8)  # type: ignore[attr-defined]
        canvas.drawString(60, A5[1] - 36, "CELAC/DECL/2024")  # type: ignore[attr-defined]
        canvas.drawCentredString(A5[0] / 2, 30, str(document.page))  # type: ignore[attr-defined]

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=13, spaceAfter=8, alignment=4)
    bold = ParagraphStyle("bold", parent=body, fontName="Times-Bold", alignment=0, keepWithNext=1)
    buffer = io.BytesIO()
    template = SimpleDocTemplate(buffer, pagesize=A5, leftMargin=60, rightMargin=60, topMargin=60, bottomMargin=60)
    story = [
        Paragraph(html.escape((p.mark + p.text).replace("\t", " ")), bold if p.kind in {"title", "heading"} else body)
        for p in declaration.pieces
    ]
    template.build(story, onFirstPage=furnish, onLaterPages=furnish)
    return buffer.getvalue()
