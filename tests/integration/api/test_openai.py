"""The OpenAI protocol, spoken by the clients people use: OpenAI's own and LangChain's."""

from collections.abc import Iterator

import httpx
import numpy as np
import openai
import pytest
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

QUESTION = "What does the declaration say about trafficking in persons?"
CITED = "/documents/celac-2024-kingstown-migration#p2"
ASKED = [{"role": "system", "content": "Talk like a pirate."}, {"role": "user", "content": QUESTION}]


@pytest.fixture(scope="module")
def official(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="anything", max_retries=0) as client:
        yield client


def test_chat_completion_cites_as_annotations(official: openai.OpenAI, address: str) -> None:
    message = official.chat.completions.create(model="celac-qa", messages=ASKED).choices[0].message  # type: ignore[arg-type]
    assert message.annotations
    cited = message.annotations[0].url_citation
    assert cited.url == address + CITED
    assert (message.content or "")[cited.start_index : cited.end_index] == "[1]"


def test_streamed_chat_completion_adds_up_to_the_whole_one(official: openai.OpenAI) -> None:
    whole = official.chat.completions.create(model="celac-qa", messages=ASKED).choices[0].message  # type: ignore[arg-type]
    with official.chat.completions.stream(
        model="celac-qa",
        messages=ASKED,  # type: ignore[arg-type]
        stream_options={"include_usage": True},
    ) as stream:
        final = stream.get_final_completion()
    assert final.choices[0].message.content == whole.content
    assert final.choices[0].message.annotations == whole.annotations
    assert final.choices[0].finish_reason == "stop"
    assert final.usage
    assert final.usage.completion_tokens > 0


def test_chat_reads_parts_of_text_and_earlier_messages(official: openai.OpenAI) -> None:
    messages = [
        {"role": "user", "content": [{"type": "text", "text": "paragraph 1"}]},
        {"role": "assistant", "content": "…"},
        {"role": "user", "content": [{"type": "text", "text": "And the next one?"}]},
    ]
    message = official.chat.completions.create(model="any", messages=messages, temperature=0.7).choices[0].message  # type: ignore[arg-type]
    assert message.annotations
    assert message.annotations[0].url_citation.url.endswith("#p2")


def test_response_cites_as_annotations(official: openai.OpenAI, address: str) -> None:
    response = official.responses.create(model="celac-qa", input=QUESTION, instructions="Talk like a pirate.")
    annotation = response.output[0].content[0].annotations[0]  # type: ignore[union-attr]
    assert (annotation.type, annotation.url) == ("url_citation", address + CITED)  # type: ignore[union-attr]
    assert response.output_text[annotation.start_index : annotation.end_index] == "[1]"  # type: ignore[union-attr]


def test_streamed_response_adds_up_to_the_whole_one(official: openai.OpenAI) -> None:
    whole = official.responses.create(model="celac-qa", input=QUESTION)
    with official.responses.stream(model="celac-qa", input=QUESTION) as stream:
        kinds = [event.type for event in stream]
        final = stream.get_final_response()
    assert final.output_text == whole.output_text
    assert final.output[0].content[0].annotations == whole.output[0].content[0].annotations  # type: ignore[union-attr]
    assert kinds.index("response.output_text.annotation.added") > kinds.index("response.output_text.delta")
    assert (kinds[0], kinds[-1]) == ("response.created", "response.completed")


def test_models_are_listed(official: openai.OpenAI) -> None:
    assert [model.id for model in official.models.list()] == ["celac-qa", "celac-qa-encoder"]
    assert official.models.retrieve("celac-qa").id == "celac-qa"


def test_embeddings_are_unit_vectors_in_order(official: openai.OpenAI) -> None:
    texts = ["racism and xenophobia", "migration"]
    packed = official.embeddings.create(model="celac-qa-encoder", input=texts)  # base64 on the wire
    plain = official.embeddings.create(model="celac-qa-encoder", input=texts[1], encoding_format="float")
    vectors = [item.embedding for item in packed.data]
    assert np.linalg.norm(vectors[0]) == pytest.approx(1, abs=1e-5)
    assert vectors[1] == pytest.approx(plain.data[0].embedding, abs=1e-6)


@pytest.mark.parametrize(
    ("path", "send", "status", "kind"),
    [
        ("/v1/chat/completions", {}, 400, "invalid_request_error"),
        ("/v1/chat/completions", {"messages": [{"role": "assistant", "content": "x"}]}, 400, "invalid_request_error"),
        (
            "/v1/chat/completions",
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]},
            400,
            "invalid_request_error",
        ),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": " "}], "stream": True}, 400, None),
        ("/v1/responses", {"input": "x", "previous_response_id": "resp_1"}, 400, "invalid_request_error"),
        ("/v1/embeddings", {"model": "text-embedding-3-small", "input": "x"}, 404, "invalid_request_error"),
        ("/v1/embeddings", {"model": "celac-qa-encoder", "input": [1, 2]}, 400, "invalid_request_error"),
        ("/v1/nothing", {}, 404, "invalid_request_error"),
    ],
)
def test_errors_have_openais_shape(
    client: httpx.Client, path: str, send: dict[str, object], status: int, kind: str | None
) -> None:
    response = client.post(path, json=send)
    error = response.json()["error"]
    assert response.status_code == status
    assert set(error) == {"message", "type", "param", "code"}
    assert kind in {None, error["type"]}


def test_langchain_chats_with_it(address: str) -> None:
    model = ChatOpenAI(base_url=f"{address}/v1", api_key="anything", model="celac-qa", max_retries=0)  # type: ignore[arg-type]
    whole = model.invoke(QUESTION)
    streamed = "".join(str(chunk.content) for chunk in model.stream(QUESTION))
    assert "trafficking in persons" in str(whole.content)
    assert streamed == whole.content


def test_langchain_chats_over_responses_with_citations(address: str) -> None:
    model = ChatOpenAI(
        base_url=f"{address}/v1",
        api_key="anything",  # type: ignore[arg-type]
        model="celac-qa",
        use_responses_api=True,
        output_version="v1",
    )
    blocks = [dict(block) for block in model.invoke(QUESTION).content_blocks]
    cited = [note["url"] for block in blocks for note in block.get("annotations", ())]
    assert cited[0] == address + CITED


def test_langchain_embeds_with_it(address: str) -> None:
    encoder = OpenAIEmbeddings(
        base_url=f"{address}/v1",
        api_key="anything",  # type: ignore[arg-type]
        model="celac-qa-encoder",
        check_embedding_ctx_length=False,
    )
    assert len(encoder.embed_query("migration")) == 256
