"""Public question sets read from a folder, on files of a few lines."""

import gzip
import json
from pathlib import Path

import pytest

from eval.adaptors.registry import FORMATS, read_public
from eval.dataset import ConversationCase, QuestionCase
from eval.errors import DatasetError


def write_json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def a_squad(folder: Path) -> Path:
    asked = [
        {"question": "What floats?", "is_impossible": False},
        {"question": "What sings?", "is_impossible": True},
    ]
    return write_json(folder / "squad.json", {"data": [{"paragraphs": [{"context": "A boat  floats.", "qas": asked}]}]})


def test_squad_question_has_its_paragraph_as_gold(tmp_path: Path) -> None:
    found = read_public("squad", a_squad(tmp_path), "en")
    case = found.cases[0]
    assert isinstance(case, QuestionCase)
    document, _, paragraph = case.gold[0].partition("/")
    assert found.documents[0].id == document
    assert found.documents[0].paragraph(paragraph).text == "A boat floats."


def test_squad_impossible_question_has_to_be_refused(tmp_path: Path) -> None:
    case = read_public("squad", a_squad(tmp_path), "en").cases[1]
    assert isinstance(case, QuestionCase)
    assert (case.expected, case.gold) == ("refusal", ())


def test_compressed_file_is_read_as_well(tmp_path: Path) -> None:
    plain = a_squad(tmp_path)
    packed = tmp_path / "squad.json.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_public("squad", packed, "es").cases[0].language == "es"


def a_beir(folder: Path) -> Path:
    corpus = [{"_id": "d1", "title": "Boats", "text": "They float."}, {"_id": "d2", "text": "Birds sing."}]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), encoding="utf-8")
    (folder / "queries.jsonl").write_text(json.dumps({"_id": "q1", "text": "what floats"}), encoding="utf-8")
    (folder / "qrels").mkdir()
    judged = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\n"
    (folder / "qrels" / "test.tsv").write_text(judged, encoding="utf-8")
    return folder


def test_beir_query_has_the_passages_judged_right(tmp_path: Path) -> None:
    found = read_public("beir", a_beir(tmp_path), "en")
    assert len(found.documents[0]) == 2
    case = found.cases[0]
    assert isinstance(case, QuestionCase)
    assert [found.documents[0].paragraph(g.partition("/")[2]).text for g in case.gold] == ["Boats They float."]


def test_canard_turn_has_the_answer_it_got_as_gold(tmp_path: Path) -> None:
    spoken = ["Boats", "History", "Who built it?", "Ann built it.", "When?", "In 1900."]
    path = write_json(tmp_path / "dev.json", [{"QuAC_dialog_id": "x", "History": spoken}])
    found = read_public("canard", path, "en")
    case = found.cases[0]
    assert isinstance(case, ConversationCase)
    assert [turn.question for turn in case.turns] == ["Who built it?", "When?"]
    assert found.documents[0].paragraph(case.turns[1].gold[0].partition("/")[2]).text == "In 1900."


def test_mtrag_tasks_of_one_conversation_are_its_turns(tmp_path: Path) -> None:
    def task(turn: int, asked: str, kind: str) -> str:
        said = [{"speaker": "user", "text": asked}]
        record = {"conversation_id": "c", "turn": turn, "input": said, "contexts": [{"text": f"P{turn}"}]}
        return json.dumps({**record, "Answerability": [kind]})

    path = tmp_path / "reference.jsonl"
    lines = [task(2, "And then?", "UNANSWERABLE"), task(1, "What floats?", "ANSWERABLE")]
    path.write_text("\n".join(lines), encoding="utf-8")
    case = read_public("mtrag", path, "en").cases[0]
    assert isinstance(case, ConversationCase)
    assert [(turn.question, turn.expected) for turn in case.turns] == [
        ("What floats?", "answer"),
        ("And then?", "refusal"),
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_file_in_another_format_is_refused_by_name(tmp_path: Path, name: str) -> None:
    path = write_json(tmp_path / "other.json", {"something": "else"})
    with pytest.raises(DatasetError, match="other"):
        read_public(name, path, "en")


def test_unknown_format_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="squad"):
        read_public("trivia", tmp_path, "en")
