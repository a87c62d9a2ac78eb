"""CANARD's rewrites of QuAC's conversations (Elgohary et al., 2019), as conversations over their own answers.

CANARD brings no passages, but each dialogue's history holds its answers. They become the passages, and a question's
right one is the answer that it got; so the set measures how far follow-ups are understood.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from eval.adaptors.public_set import Passages, PublicSet, conversation, expectation, load_json
from eval.dataset import ConversationCase, Language
from eval.errors import DatasetError

_HEAD = 2
"""Title and section, which open each history."""
_MOST_TURNS = 12
_UNANSWERED = "I don't know"


def read_canard(path: Path, language: Language = "en") -> PublicSet:
    """Read one file.

    Args:
        path: `dev.json` and the like, may be compressed.
        language: Of the dialogues.

    Raises:
        DatasetError: It is not in this format.
    """
    dialogues: defaultdict[str, list[str]] = defaultdict(list)
    try:
        for record in load_json(path):
            spoken = [str(line) for line in record["History"]]
            dialogues[record["QuAC_dialog_id"]] = max(dialogues[record["QuAC_dialog_id"]], spoken, key=len)
    except (KeyError, TypeError) as error:
        raise DatasetError(f"{path} is not in CANARD's format: {error!r} is missing") from error
    passages = Passages()
    cases: list[ConversationCase] = []
    for id_, spoken in sorted(dialogues.items()):
        exchanges = list(zip(spoken[_HEAD::2], spoken[_HEAD + 1 :: 2], strict=False))[:_MOST_TURNS]
        turns = [
            expectation(asked, (passages.key(answer),)) for asked, answer in exchanges if _UNANSWERED not in answer
        ]
        if len(turns) > 1:
            cases.append(
                conversation(turns, number=len(cases) + 1, name="canard", family=f"canard/{id_}", language=language)
            )
    return PublicSet((passages.document(language, path.stem),), tuple(cases))
