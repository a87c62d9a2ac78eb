"""SQuAD's format (Rajpurkar et al., 2016), which XQuAD, PIAF, FaQuAD and others share."""

from __future__ import annotations

from pathlib import Path

from eval.adaptors.public_set import Passages, PublicSet, load_json, question
from eval.dataset import Language, QuestionCase
from eval.errors import DatasetError


def read_squad(path: Path, language: Language) -> PublicSet:
    """Read one file.

    Args:
        path: JSON, may be compressed.
        language: Of questions and passages.

    Raises:
        DatasetError: It is not in this format.
    """
    passages = Passages()
    cases: list[QuestionCase] = []
    try:
        for article in load_json(path)["data"]:
            for paragraph in article["paragraphs"]:
                key = passages.key(paragraph["context"])
                for asked in paragraph["qas"]:
                    gold = () if asked.get("is_impossible") else (key,)
                    cases.append(
                        question(
                            asked["question"],
                            gold,
                            number=len(cases) + 1,
                            name="squad",
                            family=f"squad/{key}",
                            language=language,
                        )
                    )
    except (KeyError, TypeError) as error:
        raise DatasetError(f"{path} is not in SQuAD's format: {error!r} is missing") from error
    return PublicSet((passages.document(language, path.stem),), tuple(cases))
