"""Verdicts as HTML: what was pasted stays text, what differs is seen without colours, findings are marked in place."""

from lxml import html

from app.schemas import (
    ArticleResult,
    ArticleSpan,
    ClaimPart,
    ClaimResult,
    DiffOp,
    QuoteMatch,
    QuoteResult,
    QuoteStatus,
)
from app.ui.verdicts import article_html, changes, claim_html, marked_article, quote_html

CORPUS = "sha256:0"


def a_result(status: QuoteStatus = "not_found", *diff: DiffOp) -> QuoteResult:
    match = QuoteMatch(
        marker=1,
        document="d",
        paragraph="p2",
        label="Declaration, ¶ 2",
        quote="sixty-nine <paragraphs>",
        start=0,
        end=23,
        language="en",
        url="/documents/d#p2",
        sha256="0",
        diff=diff,
        similarity=0.9,
    )
    return QuoteResult(status=status, matches=(match,) if diff else (), corpus=CORPUS)


def a_span(article: str, words: str) -> ArticleSpan:
    start = article.index(words)
    return ArticleSpan(start=start, end=start + len(words), text=words, kind="quotation", quotation=a_result())


def test_altered_number_is_named_and_framed() -> None:
    steps = (DiffOp(op="equal", text="in"), DiffOp(op="replace", source="69", quoted="70", kind="number"))
    shown = html.fromstring(quote_html(a_result("altered", *steps), "en"))
    (deleted,), (inserted,) = shown.xpath("//del[@class='kind-number']"), shown.xpath("//ins[@class='kind-number']")
    assert deleted.text_content() == "the text says: 69"
    assert inserted.text_content() == "quoted as: 70"
    assert "number: the text says" in " ".join(shown.find_class("changes")[0].text_content().split())


def test_changes_put_numbers_and_negations_first_and_leave_out_what_is_marked_as_left_out() -> None:
    kinds = ("word", "elision", "negation", "number", "case")
    steps = [DiffOp(op="replace", source="a", quoted="b", kind=kind) for kind in kinds]  # type: ignore[arg-type]
    assert [step.kind for step in changes(steps)] == ["number", "negation", "word", "case"]


def test_verdict_on_a_claim_says_that_it_is_about_the_texts() -> None:
    part = ClaimPart(claim="<i>x</i>", verdict="not_found", confidence=0.5)
    result = ClaimResult(verdict="not_found", confidence=0.5, parts=(part,), language="en", corpus=CORPUS)
    shown = html.fromstring(claim_html(result, "en"))
    assert "which does not make it false" in shown.text_content()
    assert "never about what is true in the world" in shown.text_content()
    assert not shown.findall(".//i")


def test_article_is_marked_in_place_and_stays_whole() -> None:
    article = "It says “one <b>two</b> three”.\nAnd “four five six” 😀 more."
    spans = (a_span(article, "one <b>two</b> three"), a_span(article, "four five six"))
    shown = html.fromstring(article_html(article, ArticleResult(spans=spans, language="en", characters=60), "en"))
    marked = shown.find_class("article")[0]
    assert [found.text_content() for found in marked.find_class("found")] == ["one <b>two</b> three", "four five six"]
    for link in marked.find_class("found-link"):
        assert shown.get_element_by_id(link.get("href")[1:]).tag == "details"
        link.drop_tree()
    assert marked.text_content() == article.replace("\n", "")


def test_span_within_a_span_keeps_both_links() -> None:
    article = "They say that one two three is so."
    spans = (a_span(article, "They say that one two three is so."), a_span(article, "one two three"))
    assert marked_article(article, spans).count("found-link") == 2
