"""Results for people in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Column, Table

from app.schemas import (
    Answer,
    ArticleResult,
    CitationOut,
    ClaimResult,
    DocumentList,
    DocumentOut,
    QuoteResult,
    SearchResults,
)

_STYLES = {"supported": "green", "contradicted": "red", "partly_supported": "yellow", "not_found": "cyan"}
_STYLES |= {"verbatim": "green", "elided": "green", "altered": "red", "too_short": "cyan"}


def print_answer(answer: Answer) -> None:
    """Print an answer and its citations, or a refusal and what came nearest."""
    console = Console()
    console.print(escape(answer.answer), highlight=False)
    for citation in answer.citations:
        _print_citation(console, citation, f"[{citation.marker}] ")
    if answer.notice:
        console.print(f"[dim]{escape(answer.notice)}[/dim]")
    for near in answer.nearest:
        console.print(
            Padding(f"[dim]≈ {escape(near.label)}: {escape(_short(near.text))}[/dim]", (0, 2)), highlight=False
        )


def print_results(results: SearchResults) -> None:
    """Print paragraphs, best first."""
    console = Console()
    for hit in results.results:
        console.print(f"{hit.rank}. [bold]{escape(hit.label)}[/bold] [dim]{hit.score:.2f}[/dim]", highlight=False)
        console.print(Padding(escape(hit.text), (0, 3)), highlight=False)


def print_claim(result: ClaimResult) -> None:
    """Print a verdict, part by part, with its evidence and reasons."""
    console = Console()
    console.print(f"[{_STYLES[result.verdict]}]{result.verdict}[/] [dim]({result.confidence:.2f})[/dim]")
    for part in result.parts:
        console.print(f"• {escape(part.claim)} → [{_STYLES[part.verdict]}]{part.verdict}[/]", highlight=False)
        for reason in part.reasons:
            console.print(Padding(escape(reason), (0, 4)), highlight=False)
        for evidence in part.evidence:
            _print_citation(console, evidence, f"  {evidence.stance}: ")


def print_article(result: ArticleResult) -> None:
    """Print what was checked in an article, in its order."""
    console = Console()
    for span in result.spans:
        console.print(f"[dim]{span.start}-{span.end}[/dim] {span.kind}: {escape(_short(span.text))}", highlight=False)
        if span.claim:
            print_claim(span.claim)
        if span.quotation:
            print_quote(span.quotation)
    if not result.spans:
        console.print("No quotation of three words or more and no claim about the texts was found.")


def print_quote(result: QuoteResult) -> None:
    """Print where a quotation stands and what differs."""
    console = Console()
    console.print(f"[{_STYLES[result.status]}]{result.status}[/]")
    for warning in result.warnings:
        console.print(f"[yellow]{escape(warning)}[/yellow]", highlight=False)
    for match in result.matches:
        _print_citation(console, match, "")
        for step in match.diff:
            if step.op != "equal":
                console.print(
                    f"    [red]- {escape(step.source or '∅')}[/red] [green]+ {escape(step.quoted or '∅')}[/green]"
                )
    if result.translation_of:
        _print_citation(console, result.translation_of, "translation of ")


def print_documents(listed: DocumentList) -> None:
    """Print a table of documents."""
    table = Table(Column("id", no_wrap=True), "title", "date", "language", "status", "paragraphs", "origin")
    for d in listed.documents:
        table.add_row(d.id, escape(d.title), d.date or "", d.language, d.status, str(d.paragraphs), d.origin)
    Console().print(table)


def print_document(document: DocumentOut) -> None:
    """Print a document paragraph by paragraph, what looked odd first."""
    console = Console()
    facts = (document.date, document.place, document.language, document.status, document.origin)
    console.print(f"[bold]{escape(document.title)}[/bold] [dim]{escape(document.id)}[/dim]", highlight=False)
    console.print(f"[dim]{escape(', '.join(fact for fact in facts if fact))}[/dim]", highlight=False)
    for warning in document.warnings:
        console.print(f"[yellow]{escape(warning)}[/yellow]", highlight=False)
    section = None
    for paragraph in document.paragraphs:
        if paragraph.section and paragraph.section != section:
            console.print(f"\n[bold]{escape(paragraph.section)}[/bold]", highlight=False)
        section = paragraph.section
        console.print(f"[dim]{escape(paragraph.label)}[/dim]", highlight=False)
        console.print(Padding(escape(paragraph.text), (0, 2)), highlight=False)


def _print_citation(console: Console, citation: CitationOut, lead: str) -> None:
    console.print(
        f"{escape(lead)}[bold]{escape(citation.label)}[/bold] [dim]{escape(citation.url)}[/dim]", highlight=False
    )
    console.print(Padding(f"“{escape(citation.quote)}”", (0, 4)), highlight=False)
    if citation.translation:
        aid = f"{citation.translation.note}: {citation.translation.text}"
        console.print(Padding(f"[dim]{escape(aid)}[/dim]", (0, 4)), highlight=False)


def _short(text: str, limit: int = 160) -> str:
    return text if len(text) <= limit else f"{text[:limit].rsplit(' ', 1)[0]} …"
