"""REST as a program uses it, over a socket."""

import json

import httpx
import pytest

DOCUMENT = "celac-2024-kingstown-migration"
TRAFFICKING = "What does the declaration say about trafficking in persons?"
PROBLEM = "application/problem+json"


def events(response: httpx.Response) -> list[tuple[str, dict]]:  # type: ignore[type-arg]
    blocks = [block.splitlines() for block in response.text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_ask_answers_with_exact_quotations(client: httpx.Client) -> None:
    answer = client.post("/api/v1/ask", json={"question": TRAFFICKING}).json()
    cited = answer["citations"][0]
    paragraph = client.get(f"/api/v1/documents/{DOCUMENT}/paragraphs/{cited['paragraph']}").json()
    assert answer["outcome"] == "answer"
    assert cited["paragraph"] == "p2"
    assert paragraph["text"][cited["start"] : cited["end"]] == cited["quote"]


def test_ask_takes_history(client: httpx.Client) -> None:
    history = [{"role": "user", "content": "paragraph 1"}, {"role": "assistant", "content": "…"}]
    answer = client.post("/api/v1/ask", json={"question": "And the next one?", "history": history}).json()
    assert answer["citations"][0]["paragraph"] == "p2"


@pytest.mark.parametrize("how", [{"json": {"question": TRAFFICKING, "stream": True}}, {"accept": True}])
def test_stream_sends_sources_then_text_then_citations_then_the_same_answer(
    client: httpx.Client, how: dict[str, object]
) -> None:
    if "accept" in how:
        how = {"json": {"question": TRAFFICKING}, "headers": {"Accept": "text/event-stream"}}
    response = client.post("/api/v1/ask", **how)  # type: ignore[arg-type]
    sent = events(response)
    names = [name for name, _ in sent]
    assert response.headers["content-type"].startswith("text/event-stream")
    assert [*dict.fromkeys(names)] == ["sources", "text", "citations", "answer"]
    whole = client.post("/api/v1/ask", json={"question": TRAFFICKING}).json()
    assert sent[-1][1] == whole
    assert sent[-2][1]["citations"] == whole["citations"]
    assert "".join(data["text"] for name, data in sent if name == "text") == whole["answer"]


def test_bad_question_is_an_ordinary_error_in_a_stream_too(client: httpx.Client) -> None:
    response = client.post("/api/v1/ask", json={"question": "   ", "stream": True})
    assert (response.status_code, response.headers["content-type"]) == (422, PROBLEM)


@pytest.mark.parametrize(
    ("method", "path", "send", "status"),
    [
        ("GET", "/no/such/page", {}, 404),
        ("GET", "/api/v1/documents/none", {}, 404),
        ("GET", f"/api/v1/documents/{DOCUMENT}/paragraphs/p99", {}, 404),
        ("POST", "/api/v1/search", {"json": {"query": "x", "filters": {"documents": ["none"]}}}, 404),
        ("GET", "/api/v1/ask", {}, 405),
        ("DELETE", "/api/v1/documents", {}, 405),
        ("POST", "/api/v1/ask", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 400),
        ("POST", "/api/v1/ask", {"data": {"question": "x"}}, 415),
        ("POST", "/api/v1/ask", {"json": {}}, 422),
        ("POST", "/api/v1/ask", {"json": {"question": "x", "surprise": 1}}, 422),
        ("POST", "/api/v1/ask", {"json": {"question": "x" * 4001}}, 422),
        ("POST", "/api/v1/search", {"json": {"query": "x", "k": 0}}, 422),
        ("POST", "/api/v1/quotes", {"content": b"x" * 1_000_001, "headers": {"Content-Type": "application/json"}}, 413),
        ("GET", "/api/v1/documents?limit=0", {}, 422),
        ("POST", "/gradio_api/upload", {"files": {"files": b"x"}}, 404),
        ("GET", "/monitoring/summary", {}, 404),
    ],
)
def test_errors_are_problem_details(
    client: httpx.Client, method: str, path: str, send: dict[str, object], status: int
) -> None:
    response = client.request(method, path, **send)  # type: ignore[arg-type]
    told = response.json()
    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)
    assert (told["status"], bool(told["title"]), bool(told["detail"])) == (status, True, True)


def test_body_without_told_length_is_cut_off_at_the_limit(client: httpx.Client) -> None:
    pieces = (b"x" * 100_000 for _ in range(20))
    response = client.post("/api/v1/ask", content=pieces, headers={"Content-Type": "application/json"})
    assert response.status_code == 413


def test_document_is_not_sent_again_to_who_has_it(client: httpx.Client) -> None:
    first = client.get(f"/api/v1/documents/{DOCUMENT}")
    tag = first.headers["etag"]
    again = client.get(f"/api/v1/documents/{DOCUMENT}", headers={"If-None-Match": f'"other", W/{tag}'})
    other = client.get(f"/api/v1/documents/{DOCUMENT}?language=es", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert other.status_code == 200


def test_pages_of_a_document_make_up_the_whole(client: httpx.Client) -> None:
    whole = client.get(f"/api/v1/documents/{DOCUMENT}").json()["paragraphs"]
    paragraphs: list[object] = []
    address = f"/api/v1/documents/{DOCUMENT}?limit=3"
    while address:
        response = client.get(address)
        paragraphs += response.json()["paragraphs"]
        address = response.links.get("next", {}).get("url", "")
    assert paragraphs == whole
    assert response.headers["x-total-count"] == str(len(whole))


@pytest.mark.parametrize(("given", "is_kept"), [("from-a-caller.1", True), ("no\tgood", False), ("x" * 65, False)])
def test_request_id_is_kept_if_harmless(client: httpx.Client, given: str, is_kept: bool) -> None:  # noqa: FBT001
    response = client.get("/health/live", headers={"X-Request-ID": given})
    assert (response.headers["x-request-id"] == given) is is_kept


@pytest.mark.parametrize("path", ["/", "/documents", "/api/v1/documents", "/no/such/page", "/openapi.json"])
def test_every_response_has_security_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_ready_says_what_it_answers_from(client: httpx.Client) -> None:
    ready = client.get("/health/ready").json()
    assert (ready["status"], ready["paragraphs"]) == ("ready", 8)
    assert client.get("/health/live").json() == {"status": "live"}


def test_metrics_count_requests_by_route_and_never_by_address(client: httpx.Client) -> None:
    client.get(f"/api/v1/documents/{DOCUMENT}")
    client.get("/a/visitor's/own/words")
    shown = client.get("/metrics").text
    assert 'celac_qa_requests_total{method="GET",route="/api/v1/documents/{document_id}",status="200"}' in shown
    assert "words" not in shown
