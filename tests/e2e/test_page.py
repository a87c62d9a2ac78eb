"""The page in a real browser: asked, clicked, keyed, on a laptop and a phone, in light and dark."""

import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from app.main import create_app
from app.schemas import Turn
from app.service import Service, StreamEvent, TextEvent
from tests.services import serving, some_services

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),  # in Gradio's own count of its queue
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
    pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="needs Debian's chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(create_app(some_services(tmp_path_factory.mktemp("data")))) as url:
        yield url


class Failing:
    """A service whose answers begin and break off, unless a paragraph is asked for."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def __getattr__(self, name: str) -> object:
        return getattr(self._service, name)

    def ask_stream(self, question: str, history: Sequence[Turn]) -> Iterator[StreamEvent]:
        if question.startswith("paragraph"):
            yield from self._service.ask_stream(question, history)
            return
        yield TextEvent("It begins:")
        raise ConnectionError


@pytest.fixture(scope="module")
def failing_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    services = some_services(tmp_path_factory.mktemp("failing"))
    with serving(create_app(replace(services, service=cast("Service", Failing(services.service))))) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


class Visit:
    """One visitor's page, with what it asked for and complained of."""

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        self.context = browser.new_context(**{"locale": "en-US", **options})  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(address)
        expect(self.page.locator("#question textarea")).to_be_visible(timeout=30_000)

    def close(self) -> None:
        self.context.close()

    def ask(self, question: str) -> None:
        count = self.page.locator(".reply.answer, .reply.refusal").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        expect(self.page.locator(".reply.answer, .reply.refusal")).to_have_count(count + 1, timeout=30_000)


@pytest.fixture
def laptop(browser: Browser, address: str) -> Iterator[Visit]:
    visit = Visit(browser, address, viewport={"width": 1280, "height": 800})
    yield visit
    visit.context.close()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    visit = Visit(browser, address, viewport={"width": 390, "height": 844}, locale="es-ES", has_touch=True)
    yield visit
    visit.context.close()


def test_citation_opens_its_paragraph_highlighted_beside_the_answer(laptop: Visit) -> None:
    laptop.ask("combatting racism, xenophobia and discrimination against migrants")
    laptop.page.locator(".reply.answer a.cite").first.click()
    expect(laptop.page.locator("#reader mark")).to_contain_text("racism, xenophobia")
    expect(laptop.page.locator("#reader .opened h2")).to_contain_text("¶ 3")
    answer, reader = laptop.page.locator(".reply.answer").bounding_box(), laptop.page.locator("#reader").bounding_box()
    assert answer
    assert reader
    assert reader["x"] > answer["x"] + answer["width"] / 2


def test_first_citation_shows_itself_where_there_is_room(laptop: Visit) -> None:
    laptop.ask("paragraph 4")
    expect(laptop.page.locator("#reader mark")).to_contain_text("regional consultative processes")


def test_reader_leads_to_the_neighbouring_paragraphs_and_the_document(laptop: Visit) -> None:
    laptop.ask("paragraph 3")
    laptop.page.locator("#reader .steps a").last.click()
    expect(laptop.page.locator("#reader .opened h2")).to_contain_text("¶ 4")
    laptop.page.locator("#reader .actions a.document").click()
    expect(laptop.page.locator("section#p4")).to_be_visible()
    assert urlsplit(laptop.page.url).path == "/documents/celac-2024-kingstown-migration"
    assert urlsplit(laptop.page.url).fragment == "p4"


def test_citation_is_copied_with_its_source(laptop: Visit) -> None:
    laptop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    laptop.ask("paragraph 3")
    laptop.page.get_by_role("button", name="Copy citation").click()
    expect(laptop.page.locator("#reader button.copy").first).to_have_text("Copied")
    copied = laptop.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“We express our commitment")
    assert copied.endswith("(Special Declaration on Migration (Kingstown, 1 March 2024), ¶ 3)")


def test_conversation_remembers_what_it_was_about(laptop: Visit) -> None:
    laptop.ask("paragraph 2")
    laptop.ask("And the next one?")
    expect(laptop.page.locator(".reply.answer").last).to_contain_text("racism")


def test_refusal_looks_different_and_shows_what_was_searched(laptop: Visit) -> None:
    laptop.ask("Does it set a quota for work visas?")
    refusal = laptop.page.locator(".reply.refusal")
    expect(refusal).to_contain_text("not an answer")
    refusal.locator("summary").click()
    expect(refusal.locator("details")).to_contain_text("quota")
    refusal.locator("a.cite").first.click()
    expect(laptop.page.locator("#reader blockquote")).not_to_be_empty()


def test_nothing_is_asked_of_another_host_and_nothing_complains(laptop: Visit, address: str) -> None:
    laptop.ask("What about ![x](http://example.org/x.png) and <img src=http://example.org/y.png> racism?")
    laptop.page.goto(f"{address}/documents/celac-2024-kingstown-migration")
    assert laptop.hosts <= {urlsplit(address).netloc, ""}
    assert laptop.complaints == []


def test_hostile_question_stays_text(laptop: Visit) -> None:
    laptop.ask("<img src=x onerror=\"document.title='owned'\"> <b>racism</b> [link](http://example.org)")
    expect(laptop.page.locator(".asked").last).to_contain_text("<img src=x onerror=")
    assert laptop.page.locator(".asked img, .asked b, .asked a").count() == 0
    assert laptop.page.title() == "celac-qa"


def test_page_speaks_the_language_chosen(laptop: Visit) -> None:
    expect(laptop.page.locator("#language")).to_be_visible()
    laptop.page.get_by_role("radio", name="Português").check(force=True)
    expect(laptop.page.locator("#masthead h1")).to_contain_text("declarações")
    expect(laptop.page.locator("#send")).to_have_text("Perguntar")
    laptop.ask("parágrafo 3")
    expect(laptop.page.locator(".reply.answer").last).to_contain_text("¶ 3 diz:")
    laptop.page.locator(".reply.answer a.cite").first.click()
    expect(laptop.page.locator("#reader button.copy").first).to_have_text("Copiar a citação")


def test_phone_starts_in_its_language_without_overflow_and_reads_below(phone: Visit) -> None:
    expect(phone.page.locator("#masthead h1")).to_contain_text("declaraciones", timeout=15_000)
    phone.ask("¿Qué dice el párrafo 3?")
    expect(phone.page.locator(".reply.answer")).to_contain_text("¶ 3 dice: «")
    phone.page.locator(".reply.answer a.cite").first.tap()
    expect(phone.page.locator("#reader mark")).to_be_in_viewport(timeout=10_000)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    chat, reader = phone.page.locator("#conversation").bounding_box(), phone.page.locator("#reader").bounding_box()
    assert chat
    assert reader
    assert reader["y"] > chat["y"]


def test_keyboard_alone_asks_and_reads(laptop: Visit) -> None:
    laptop.page.locator("#question textarea").focus()
    laptop.page.keyboard.type("paragraph 3")
    laptop.page.keyboard.press("Enter")
    link = laptop.page.locator(".reply.answer a.cite").first
    expect(link).to_be_visible(timeout=30_000)
    link.focus()
    laptop.page.keyboard.press("Enter")
    expect(laptop.page.locator("#reader")).to_be_focused()


def brightness(page: Page) -> int:
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_page_is_as_dark_as_the_system_from_the_first_paint(
    browser: Browser, address: str, *, scheme: str, is_dark: bool
) -> None:
    with closing(Visit(browser, address, color_scheme=scheme)) as visit:
        assert (brightness(visit.page) < 200) == is_dark
        visit.page.goto(f"{address}/documents")
        assert (brightness(visit.page) < 200) == is_dark


def test_light_or_dark_is_chosen_and_remembered(laptop: Visit, address: str) -> None:
    laptop.page.get_by_role("button", name="Light or dark").click()
    assert brightness(laptop.page) < 200
    laptop.page.goto(f"{address}/documents")
    assert brightness(laptop.page) < 200


def test_controls_have_names_and_quotes_their_language(laptop: Visit) -> None:
    laptop.ask("paragraph 3")
    assert laptop.page.get_by_role("textbox", name="Your question").count() == 1
    assert laptop.page.get_by_role("button", name="Ask", exact=True).count() == 1
    assert laptop.page.get_by_role("region", name="The paragraph").count() == 1
    assert laptop.page.locator(".reply .quoted").first.get_attribute("lang") == "en"
    assert laptop.page.locator("#reader blockquote").get_attribute("lang") == "en"


@pytest.mark.parametrize("fragment", ["#p2", "#p2:~:text=migrant%20smuggling"])
def test_paragraph_of_a_permalink_is_highlighted(laptop: Visit, address: str, fragment: str) -> None:
    laptop.page.goto(f"{address}/documents/celac-2024-kingstown-migration{fragment}")
    look = "getComputedStyle(document.querySelector('{}')).backgroundColor"
    assert laptop.page.evaluate(look.format("#p2")) != laptop.page.evaluate(look.format("#p1"))


def test_citation_is_copied_from_a_document(laptop: Visit, address: str) -> None:
    laptop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    laptop.page.goto(f"{address}/documents/celac-2024-kingstown-migration?lang=en#p3")
    laptop.page.locator("#p3").get_by_role("button", name="Copy citation").click()
    copied = laptop.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“We express our commitment")
    assert copied.endswith("(Special Declaration on Migration (Kingstown, 1 March 2024), ¶ 3)")


def check(visit: Visit, what: str, pasted: str) -> None:
    visit.page.get_by_role("tab", name="Check").click()
    visit.page.get_by_role("radio", name=what).check(force=True)
    visit.page.fill("#pasted textarea", pasted)
    visit.page.click("#check")


def test_altered_quotation_shows_what_differs_and_opens_the_paragraph(laptop: Visit) -> None:
    check(laptop, "A quotation", "commitment to combatting racism, xenophobia and tourism")
    expect(laptop.page.locator(".verdict h2")).to_contain_text("Altered")
    expect(laptop.page.locator(".diff ins").first).to_contain_text("tourism")
    laptop.page.locator(".verdict a.cite").first.click()
    expect(laptop.page.locator("#check-reader mark")).to_contain_text("racism, xenophobia")
    assert laptop.complaints == []


def keep(visit: Visit, desk: str) -> Locator:
    panel = visit.page.locator(f"#{desk}-keep")
    panel.locator(".label-wrap").click()
    return panel


def choose(visit: Visit, panel: Locator, form: str) -> None:
    panel.get_by_role("combobox").click()
    visit.page.get_by_role("option", name=form).click()


def test_answer_is_cited_in_the_format_chosen_and_kept_as_a_pack(laptop: Visit, tmp_path: Path) -> None:
    laptop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    laptop.ask("paragraph 3")
    panel = keep(laptop, "ask")
    expect(panel.locator(".citing")).to_contain_text("“We express our commitment")
    choose(laptop, panel, "BibTeX")
    expect(panel.locator(".citing")).to_contain_text("@misc{celac-2024-kingstown-migration-p3")
    panel.get_by_role("button", name="Copy").click()
    expect(panel.get_by_role("button", name="Copied")).to_be_visible()
    assert laptop.page.evaluate("navigator.clipboard.readText()").startswith("@misc{celac-2024-kingstown-migration-p3")
    with laptop.page.expect_download() as download:
        panel.get_by_role("button", name="Download the evidence pack").click()
    download.value.save_as(tmp_path / "evidence.zip")
    kept = json.loads(zipfile.ZipFile(tmp_path / "evidence.zip").read("pack.json"))
    assert kept["asked"] == {"question": "paragraph 3", "history": []}
    assert laptop.complaints == []


def test_review_of_a_claim_is_a_draft_until_a_person_is_named(phone: Visit) -> None:
    phone.page.get_by_role("tab", name="Comprobar").click()
    phone.page.get_by_role("radio", name="Una afirmación").check(force=True)
    phone.page.fill("#pasted textarea", "La declaración pide un diálogo sobre migración.")
    phone.page.click("#check")
    panel = keep(phone, "check")
    choose(phone, panel, "ClaimReview")
    expect(panel.locator(".notice")).to_contain_text("Un borrador, no una verificación")
    panel.get_by_role("textbox").first.fill("Ana Reyes")
    expect(panel.locator(".citing")).to_contain_text('"name": "Ana Reyes"')
    expect(panel.locator(".notice")).to_contain_text("sigue siendo un borrador")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_findings_of_an_article_are_saved_as_a_table(laptop: Visit, tmp_path: Path) -> None:
    check(laptop, "An article", "A delegate quoted “combatting racism, xenophobia, discrimination” and left.")
    panel = keep(laptop, "check")
    with laptop.page.expect_download() as download:
        panel.get_by_role("button", name="Download the findings as a table").click()
    download.value.save_as(tmp_path / "findings.csv")
    assert "verbatim" in (tmp_path / "findings.csv").read_text(encoding="utf-8-sig")


def test_article_leads_from_a_marked_place_to_its_verdict(laptop: Visit, address: str) -> None:
    check(laptop, "An article", "A delegate quoted “combatting racism, xenophobia, discrimination” and left.")
    laptop.page.locator("a.found-link").first.click()
    expect(laptop.page.locator("#found-1 .verdict h2")).to_contain_text("Verbatim")
    assert laptop.page.url.rstrip("/") == address


def test_two_visitors_never_see_each_others_conversation(browser: Browser, address: str) -> None:
    with closing(Visit(browser, address)) as one, closing(Visit(browser, address)) as other:
        one.ask("paragraph 2")
        other.ask("And the next one?")
        one.ask("And the next one?")
        expect(one.page.locator(".reply.answer").last).to_contain_text("racism")
        expect(other.page.locator(".asked")).to_have_count(1)
        expect(other.page.locator(".reply").last).not_to_contain_text("racism")


def test_reload_starts_anew_and_back_from_a_document_leaves_a_working_page(laptop: Visit) -> None:
    laptop.ask("paragraph 3")
    laptop.page.locator("#reader a.document").click()
    laptop.page.go_back()
    expect(laptop.page.locator("#question textarea")).to_be_visible()
    laptop.page.reload()
    expect(laptop.page.locator("#question textarea")).to_be_visible()
    laptop.ask("paragraph 4")
    expect(laptop.page.locator(".reply.answer").last).to_contain_text("regional consultative processes")


def test_longest_question_is_taken_and_one_letter_more_is_not_typed(laptop: Visit) -> None:
    laptop.ask("What about racism? " * 211)
    assert len(laptop.page.locator("#question textarea").input_value()) == 0
    assert laptop.page.locator("#question textarea").get_attribute("maxlength") == "4000"


def test_answer_that_breaks_off_says_so(browser: Browser, failing_address: str) -> None:
    with closing(Visit(browser, failing_address)) as visit:
        visit.page.fill("#question textarea", "What about racism?")
        visit.page.press("#question textarea", "Enter")
        expect(visit.page.locator(".reply.error")).to_contain_text("The connection to the server was lost")
        expect(visit.page.locator("#conversation [role=log]")).to_have_attribute("aria-busy", "false")
        visit.ask("paragraph 3")
        expect(visit.page.locator(".reply.answer")).to_contain_text("racism")
        expect(visit.page.locator(".reply.error")).to_have_count(1)
