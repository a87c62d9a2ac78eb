"""Documents as Akoma Ntoso 3.0 (OASIS LegalDocML): a `<statement>` with eIds and FRBR metadata.

Numbered paragraphs are `paragraph`, their items `point`, headings `section`, further parts `part`; what precedes the
first number is the preamble, what follows the last one the conclusions. `GUID` carries our own id of a paragraph.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from lxml.builder import ElementMaker
from lxml.etree import tostring

from corpus.model import Document, Paragraph

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
MEDIA_TYPE = "application/akn+xml"

_LANGUAGES = {"en": "eng", "es": "spa", "pt": "por", "fr": "fra"}
_PART = re.compile(r"part(\d+)\.(.+)")
_NUMBERED = re.compile(r"p\d+")
_BODY = re.compile(r"(.+?)-\d{4}-")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNKNOWN_DAY = "0001-01-01"

Node = Any
_E: Any = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


def akoma_ntoso(document: Document) -> bytes:
    """Return a document as Akoma Ntoso XML in UTF-8, valid against the OASIS schema."""
    preamble = [p for p in document if p.id.startswith("pre")]
    conclusions = [p for p in document if p.id.startswith("post")]
    outer = {p.id for p in (*preamble, *conclusions)}
    main = _main_body([p for p in document if p.id not in outer])
    parts = [_E.preface(_E.p(_E.docTitle(_clean(document.title()))))]
    parts += [_E.preamble(*(_block(p, f"preamble__p_{n}") for n, p in enumerate(preamble, 1)))] if preamble else []
    parts.append(_E.mainBody(*(main or [_E.p()])))
    if conclusions:
        parts.append(_E.conclusions(*(_block(p, f"conclusions__p_{n}") for n, p in enumerate(conclusions, 1))))
    statement = _E.statement(_meta(document), *parts, name="declaration", contains="originalVersion")
    data: bytes = tostring(_E.akomaNtoso(statement), encoding="UTF-8", xml_declaration=True, pretty_print=False)
    return data


def _meta(document: Document) -> Node:
    body = (_BODY.match(document.id) or [document.id, document.id])[1]
    day = document.date.isoformat() if document.date else _UNKNOWN_DAY
    work = f"/akn/{body}/statement/{day}/{document.version_of or document.id}"
    expression = f"{work}/{_LANGUAGES.get(document.language, document.language)}@"
    kind = "adoption" if document.status == "adopted" else "document"

    def shared(author: str) -> tuple[Node, Node]:
        return _E.FRBRdate(date=day, name=kind), _E.FRBRauthor(href=f"#{author}")

    identification = _E.identification(
        _E.FRBRWork(
            *_names(work), *shared(body), _E.FRBRcountry(value=body), _E.FRBRname(value=_clean(document.title()))
        ),
        _E.FRBRExpression(
            *_names(expression),
            *shared(body),
            _E.FRBRlanguage(language=_LANGUAGES.get(document.language, document.language)),
        ),
        _E.FRBRManifestation(
            *_names(expression, ".xml"),
            *shared("celac-qa"),
            _E.FRBRformat(value=MEDIA_TYPE),
        ),
        source="#celac-qa",
    )
    organisations = [
        _E.TLCOrganization(eId=eid, href=f"/akn/ontology/organization/{eid}", showAs=shown)
        for eid, shown in ((body, body.upper()), ("celac-qa", "celac-qa"))
    ]
    return _E.meta(identification, _E.references(*organisations, source="#celac-qa"))


def _names(uri: str, suffix: str = "") -> tuple[Node, Node]:
    return _E.FRBRthis(value=f"{uri}/!main{suffix}"), _E.FRBRuri(value=f"{uri}{suffix}")


def _main_body(paragraphs: Iterable[Paragraph]) -> list[Node]:
    """Return parts, in them sections, in them paragraphs, each only where the text has them."""
    nodes: list[Node] = []
    section = itertools.count(1)
    for part, of_part in itertools.groupby(paragraphs, key=_part_of):
        inside: list[Node] = []
        numbered = [list(group) for _, group in itertools.groupby(of_part, key=_base_of)]
        for heading, of_section in itertools.groupby(numbered, key=lambda group: group[0].section):
            listed = [_paragraph(group, part) for group in of_section]
            if heading:
                listed = [_E.section(_E.heading(_clean(heading)), *listed, eId=f"sec_{next(section)}")]
            inside += listed
        nodes += inside if part == 1 else [_E.part(_E.num(str(part)), *inside, eId=f"part_{part}")]
    return nodes


def _part_of(paragraph: Paragraph) -> int:
    match = _PART.fullmatch(paragraph.id)
    return int(match[1]) if match else 1


def _paragraph(members: Sequence[Paragraph], part: int) -> Node:
    base = _base_of(members[0])
    number = base.removeprefix("p") if _NUMBERED.fullmatch(base) else None
    prefix = "" if part == 1 else f"part_{part}__"
    return _hierarchy("paragraph", members, number, f"{prefix}para_{number or f'nn_{base}'}", depth=0)


def _base_of(paragraph: Paragraph) -> str:
    return _local(paragraph).partition(".")[0]


def _local(paragraph: Paragraph) -> str:
    match = _PART.fullmatch(paragraph.id)
    return match[2] if match else paragraph.id


def _hierarchy(tag: str, members: Sequence[Paragraph], number: str | None, eid: str, *, depth: int) -> Node:
    """Return a paragraph or point: its own text, and the points under it."""
    own = [p for p in members if _local(p).count(".") == depth]
    under = [p for p in members if _local(p).count(".") > depth]
    content: list[Node] = [_E.num(number)] if number else []
    if own:
        block = _E.p(_clean(own[0].text), eId=f"{eid}__{'intro' if under else 'content'}__p_1")
        content.append(_E.intro(block) if under else _E.content(block))
    for item, group in itertools.groupby(under, key=lambda p: _local(p).split(".")[depth + 1]):
        content.append(_hierarchy("point", list(group), f"({item})", f"{eid}__point_{item}", depth=depth + 1))
    guid = {"GUID": own[0].key} if own else {}
    return _E(tag, *content, eId=eid, **guid)


def _block(paragraph: Paragraph, eid: str) -> Node:
    return _E.p(_clean(paragraph.text), eId=eid, GUID=paragraph.key)


def _clean(text: str) -> str:
    """Return a text without the few control characters that XML cannot hold."""
    return _NO_XML.sub("", text)
