import gzip
import json
import random
from pathlib import Path

from embeddings.training.written import Written, in_groups, read_written

SENTENCES = "A/1\t1\tquestion\ten\tWho pays?\nA/1\t3\tnear_miss\tes\t¿Cuánto cuesta?\n"


def test_a_sentence_is_read_with_its_paragraph_and_the_others_of_its_group(tmp_path: Path) -> None:
    (tmp_path / "un").mkdir()
    document = {
        "symbol": "A/1",
        "paragraphs": [{"text": t} for t in ("Title", "Decides  to pay;", "Page", "Urges all;")],
    }
    with gzip.open(tmp_path / "un" / "un_documents.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(document) + "\n")
    with gzip.open(tmp_path / "written.tsv.gz", "wt", encoding="utf-8") as file:
        file.write(SENTENCES)
    first, second = read_written(tmp_path, tmp_path / "written.tsv.gz")
    assert (first.text, first.kind, first.language, first.passage) == ("Who pays?", "question", "en", "Decides to pay;")
    assert second.neighbours == (first.passage,)


def test_groups_stand_together_without_repeating_a_paragraph() -> None:
    written = [Written(f"{d}{p}{n}", "question", "en", f"{d}{p}", (), d) for d in "ab" for p in "123" for n in range(2)]
    ordered = in_groups(written, random.Random(1))  # noqa: S311 - an order, not a secret
    runs = [ordered[i : i + 3] for i in range(0, 12, 3)]
    assert sorted(one.text for one in ordered) == sorted(one.text for one in written)
    assert all(len({one.document for one in run}) == 1 and len({one.passage for one in run}) == 3 for run in runs)
