"""The index as a cache: built once, noticed when damaged, rebuilt from what is known, safe beside readers."""

import shutil
from pathlib import Path

import pytest

from corpus.library import Library
from embeddings.build import build_index, ensure_index
from embeddings.errors import IndexDamagedError
from embeddings.index import current_index, describe_index, index_name, open_index
from embeddings.langchain import EncoderEmbeddings, ParagraphRetriever
from embeddings.retriever import Retriever
from eval.bench_building import WordTable, synthetic_library
from tests.builders import WordEncoder, a_document, a_library

TEXTS = ("We combat trafficking in persons.", "We promote open dialogue.", "We protect the rights of migrants.")


def library(*more: str) -> Library:
    return a_library(a_document(*TEXTS, *more))


def test_index_is_built_once_and_then_opened(tmp_path: Path) -> None:
    encoder = WordEncoder()
    ensure_index(library(), encoder, tmp_path).neighbours.close()
    count = len(encoder.encoded)
    ensure_index(library(), encoder, tmp_path).neighbours.close()
    assert count == len(encoder.encoded) > 0


def test_new_paragraph_is_the_only_one_embedded(tmp_path: Path) -> None:
    encoder = WordEncoder()
    ensure_index(library(), encoder, tmp_path).neighbours.close()
    encoder.encoded.clear()
    ensure_index(library("A fourth paragraph."), encoder, tmp_path).neighbours.close()
    assert encoder.encoded == ["A fourth paragraph."]


def test_text_that_occurs_twice_is_embedded_once(tmp_path: Path) -> None:
    encoder = WordEncoder()
    index = ensure_index(library(TEXTS[0]), encoder, tmp_path)
    assert encoder.encoded.count(TEXTS[0]) == 1
    assert index.vectors[0].tolist() == index.vectors[3].tolist()


def test_document_added_to_ten_thousand_paragraphs_is_all_that_is_embedded(tmp_path: Path) -> None:
    old, more = synthetic_library(10_000), synthetic_library(500, seed=1)
    encoder = WordTable()
    build_index(old, encoder, tmp_path)
    encoder.encoded = 0
    build_index(Library((*old.documents, *more.documents)), encoder, tmp_path)
    assert encoder.encoded == 500


def test_other_encoder_gets_an_index_of_its_own() -> None:
    assert index_name(library(), WordEncoder("a")) != index_name(library(), WordEncoder("b"))


@pytest.mark.parametrize("name", ["vectors.npy", "passages.txt", "lexical/scores.npy", "MANIFEST.json"])
def test_changed_file_is_noticed_and_the_index_rebuilt(tmp_path: Path, name: str) -> None:
    folder = build_index(library(), WordEncoder(), tmp_path)
    (folder / name).write_bytes((folder / name).read_bytes()[:-7])
    with pytest.raises(IndexDamagedError):
        open_index(library(), folder)
    index = ensure_index(library(), WordEncoder(), tmp_path)
    assert len(index.paragraphs) == 3
    index.neighbours.close()


def test_missing_graph_is_noticed(tmp_path: Path) -> None:
    folder = build_index(library(), WordEncoder(), tmp_path)
    for path in (folder / "chroma").iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    with pytest.raises(IndexDamagedError):
        open_index(library(), folder)


def test_interrupted_build_leaves_the_old_index_and_is_cleaned_up(tmp_path: Path) -> None:
    old = build_index(library(), WordEncoder(), tmp_path)
    leftover = tmp_path / ".tmp-0123"
    leftover.mkdir()
    (leftover / "vectors.npy").write_bytes(b"half")
    assert current_index(tmp_path) == old
    new = build_index(library("More."), WordEncoder(), tmp_path)
    assert current_index(tmp_path) == new
    assert old.exists()
    assert not leftover.exists()


def test_reader_keeps_answering_while_the_next_index_is_built(tmp_path: Path) -> None:
    index = ensure_index(library(), WordEncoder(), tmp_path)
    build_index(library("More."), WordEncoder(), tmp_path)
    [rows] = index.neighbours.nearest_to_each(index.vectors[:1], 1)
    assert rows.tolist() == [0]
    index.neighbours.close()


def test_status_tells_missing_from_current_from_damaged(tmp_path: Path) -> None:
    assert describe_index(library(), WordEncoder(), tmp_path)["state"] == "missing"
    folder = build_index(library(), WordEncoder(), tmp_path)
    assert describe_index(library(), WordEncoder(), tmp_path)["state"] == "current"
    (folder / "passages.txt").unlink()
    assert describe_index(library(), WordEncoder(), tmp_path)["state"] == "damaged"


def test_retriever_finds_each_paragraph_once_and_filters_by_document(tmp_path: Path) -> None:
    other = a_document("We also promote dialogue.", id="celac-2021-elsewhere")
    index = ensure_index(a_library(a_document(*TEXTS), other), WordEncoder(), tmp_path)
    retriever = Retriever(index, WordEncoder(), detect_language=lambda _: "en")
    hits = retriever.search("open dialogue", k=10)
    assert hits[0].passage.paragraph.key == "celac-2020-somewhere/p2"
    assert len({hit.passage.paragraph.key for hit in hits}) == len(hits) == 4
    only = retriever.search("open dialogue", k=10, documents=["celac-2021-elsewhere"])
    assert [hit.passage.paragraph.key for hit in only] == ["celac-2021-elsewhere/p1"]
    assert retriever.search("open dialogue", documents=[]) == []
    index.neighbours.close()


def test_langchain_retriever_gives_a_document_per_paragraph(tmp_path: Path) -> None:
    index = ensure_index(library(), WordEncoder(), tmp_path)
    retriever = ParagraphRetriever(retriever=Retriever(index, WordEncoder(), detect_language=lambda _: "en"), k=2)
    [first, _] = retriever.invoke("open dialogue")
    assert (first.id, first.page_content) == ("celac-2020-somewhere/p2", TEXTS[1])


def test_langchain_embeddings_give_the_encoders_vectors() -> None:
    encoder = WordEncoder()
    embeddings, vectors = EncoderEmbeddings(encoder), encoder.encode(TEXTS).tolist()
    assert embeddings.embed_documents(list(TEXTS)) == vectors
    assert embeddings.embed_query(TEXTS[0]) == vectors[0]
