"""The Model Context Protocol, spoken by the official client, over HTTP and over standard streams."""

import json
import sys
from pathlib import Path

import httpx
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

QUESTION = "What does the declaration say about trafficking in persons?"
DOCUMENT = "celac-2024-kingstown-migration"
TOOLS = {"ask", "check_claim", "check_quote", "search", "list_documents", "get_paragraph"}


async def test_tools_only_read_and_say_what_they_return(address: str) -> None:
    async with Client(f"{address}/mcp") as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == TOOLS
    for tool in tools.values():
        assert tool.output_schema, tool.name
        assert tool.annotations, tool.name
        assert tool.annotations.read_only_hint, tool.name


async def test_ask_cites_in_a_structured_answer(address: str) -> None:
    async with Client(f"{address}/mcp") as mcp:
        result = await mcp.call_tool("ask", {"question": QUESTION})
    assert result.structured_content
    assert result.structured_content["citations"][0]["paragraph"] == "p2"


@pytest.mark.parametrize(
    ("tool", "given", "says"),
    [
        ("ask", {"question": ""}, "empty"),
        ("get_paragraph", {"document": DOCUMENT, "paragraph": "p99"}, "p99"),
        ("search", {"query": "x", "documents": ["none"]}, "none"),
        ("search", {"query": "x", "k": 0}, "k"),
    ],
)
async def test_bad_input_is_told_to_the_model(address: str, tool: str, given: dict[str, object], says: str) -> None:
    async with Client(f"{address}/mcp") as client:
        result = await client.call_tool(tool, given)
    assert result.is_error
    assert says in str(result.content[0])


async def test_documents_and_paragraphs_are_resources(address: str) -> None:
    async with Client(f"{address}/mcp") as client:
        document = await client.read_resource(f"celac-qa://documents/{DOCUMENT}")
        paragraph = await client.read_resource(f"celac-qa://documents/{DOCUMENT}/p2")
        listed = await client.read_resource("celac-qa://documents")
    shown = json.loads(document.contents[0].text)  # type: ignore[union-attr]
    assert shown["paragraphs"][4]["text"] == paragraph.contents[0].text  # type: ignore[union-attr]
    assert DOCUMENT in listed.contents[0].text  # type: ignore[union-attr]


async def test_prompt_sets_the_article_apart(address: str) -> None:
    async with Client(f"{address}/mcp") as client:
        prompt = await client.get_prompt("check_article", {"article": "It sets a quota."})
    assert "<article>\nIt sets a quota.\n</article>" in str(prompt.messages[0].content.text)  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["/mcp", "/mcp/"])
def test_post_is_answered_with_and_without_a_slash(client: httpx.Client, path: str) -> None:
    first = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}}
    response = client.post(
        path,
        json={"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": first},
        headers={"Accept": "application/json, text/event-stream"},
    )
    assert response.status_code == 200
    assert response.json()["result"]["serverInfo"]["name"] == "celac-qa"


async def test_stdio_serves_the_same_tools(tmp_path: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from app.cli import main; main()", "mcp", "--data-dir", str(tmp_path)],
    )
    async with Client(command) as client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        result = await client.call_tool("get_paragraph", {"document": DOCUMENT, "paragraph": "p4"})
    assert tools == TOOLS
    assert result.structured_content
    assert result.structured_content["id"] == "p4"
