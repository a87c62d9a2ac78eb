"""MTRAG's conversations (Katsis et al., 2025): one task a turn, with the passages that its answer rests on."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from eval.adaptors.public_set import Passages, PublicSet, conversation, expectation, load_lines
from eval.dataset import ConversationCase, Expectation, Language
from eval.errors import DatasetError

_MOST_TURNS = 12
_ANSWERABLE = {"ANSWERABLE", "PARTIAL"}


def read_mtrag(path: Path, language: Language = "en") -> PublicSet:
    """Read the generation tasks with reference passages, `reference.jsonl`.

    Args:
        path: JSON Lines, may be compressed.
        language: Of the conversations.

    Raises:
        DatasetError: It is not in this format.
    """
    passages = Passages()
    tasks: defaultdict[str, list[tuple[int, Expectation]]] = defaultdict(list)
    for record in load_lines(path):
        try:
            tasks[str(record["conversation_id"])].append((int(record["turn"]), _turn(record, passages)))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise DatasetError(f"{path} is not in MTRAG's format: {error!r} is missing") from error
    cases: list[ConversationCase] = []
    for id_, turns in sorted(tasks.items()):
        ordered = [turn for _, turn in sorted(turns, key=lambda pair: pair[0])][:_MOST_TURNS]
        if len(ordered) > 1:
            cases.append(
                conversation(ordered, number=len(cases) + 1, name="mtrag", family=f"mtrag/{id_}", language=language)
            )
    return PublicSet((passages.document(language, path.stem),), tuple(cases))


def _turn(record: dict[str, Any], passages: Passages) -> Expectation:
    asked = [message["text"] for message in record["input"] if message["speaker"] == "user"][-1]
    keys = [passages.key(context["text"]) for context in record["contexts"]]
    kind = record.get("Answerability", ["ANSWERABLE"])
    is_answerable = bool(_ANSWERABLE.intersection([kind] if isinstance(kind, str) else kind))
    return expectation(asked, ("|".join(dict.fromkeys(keys)),) if keys and is_answerable else ())
