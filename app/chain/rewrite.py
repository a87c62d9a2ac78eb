"""A follow-up question put into words that stand alone, by a language model; used to search, never to answer.

What the model writes is taken only if it is the same question: all that was asked, nothing that was not talked about,
and nothing that would be refused if a person asked it. Otherwise the earlier questions themselves are searched with.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from app.chain.condense import Request, condense
from app.chain.proof import is_clean
from app.chain.records import read_objects
from app.chain.written import Writer
from app.errors import ModelStoppedError
from app.schemas import Turn
from embeddings.lexical import stem, words

_TURNS = 6
_LETTERS = 1_500


class Rewriter:
    """Puts questions that lean on a conversation into words that stand alone."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def rewrite(self, request: Request, history: Sequence[Turn]) -> Request:
        """Return the request with its question rewritten, or as it is where that is not needed or cannot be trusted.

        Args:
            request: As `condense` made it.
            history: Earlier messages, oldest first.
        """
        if request.kind != "question" or not request.context:
            return request
        turns = [{"role": turn.role, "content": turn.content[:_LETTERS]} for turn in history[-_TURNS:]]
        data = {"conversation": turns, "question": request.question}
        try:
            with closing(self._writer.write("condense", request.language, data)) as pieces:
                found = next(read_objects(pieces, key="question"), {}).get("question")
        except ModelStoppedError:
            return request
        if not isinstance(found, str) or not is_same_question(found, request, history):
            return request
        return replace(request, context=(found,), rewritten=found)


def is_same_question(written: str, request: Request, history: Sequence[Turn]) -> bool:
    """Whether a rewritten question asks all of a request and nothing foreign to the conversation."""
    if not is_clean(written) or condense(written).kind != "question":
        return False
    rules = request.grammar
    said = _stems(" ".join([request.question, *(turn.content for turn in history)]), request.language)
    meant = [word for word in rules.content_words(written) if word not in rules.frame]
    asked = [word for word in rules.content_words(request.question) if word not in {*rules.pronouns, *rules.starters}]
    return _stems(" ".join(meant), request.language) <= said and _stems(" ".join(asked), request.language) <= _stems(
        written, request.language
    )


def _stems(text: str, language: str) -> set[str]:
    return {stem(word, language) for word in words(text)}
