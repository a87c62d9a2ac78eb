"""A claim cut into parts by a language model, each an exact span of it; the rules cut where the model does not.

What the model says is only where to cut. If a part is not the claim's own words, if more than "and" is left over, or if
a sentence with a negation, which may reach over the cut, is cut, the cut by rules stands.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing

from app.chain.records import read_objects
from app.chain.written import Writer
from app.claims.split import Part, split_claim
from app.claims.words import pattern, words_of
from app.errors import ModelStoppedError
from embeddings.documents import sentences
from embeddings.lexical import words

_MOST_PARTS = 12
_LONGEST = 2_000


class WrittenSplitter:
    """Lets a language model say where a claim is cut."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def split(self, claim: str, language: str) -> list[Part]:
        """Cut a claim into checkable parts, in order.

        Args:
            claim: Prose.
            language: Its language.
        """
        if len(claim) > _LONGEST:
            return split_claim(claim, language)
        try:
            with closing(self._writer.write("claims", language, {"claim": claim})) as pieces:
                written = [fields["part"] for fields in read_objects(pieces, key="part")]
        except ModelStoppedError:
            written = []
        return exact_parts(claim, written, language) or split_claim(claim, language)


def exact_parts(claim: str, written: list[object], language: str) -> list[Part]:
    """Return parts as spans of a claim; none if the cut may change what is claimed.

    Args:
        claim: Prose.
        written: Parts as someone wrote them, in order.
        language: Of the claim.
    """
    parts: list[Part] = []
    end = 0
    rest = ""
    for text in written[: _MOST_PARTS + 1]:
        start = claim.find(text.strip(), end) if isinstance(text, str) and text.strip() else -1
        if start < 0 or not isinstance(text, str):
            return []
        rest += f" {claim[end:start]}"
        end = start + len(text.strip())
        context = [claim[a:b] for a, b in sentences(claim) if a <= start and end <= b]
        if not context:
            return []
        parts.append(Part(start, end, claim[start:end], context[0]))
    rest += f" {claim[end:]}"
    is_whole = set(words(rest)) <= set(words_of(language).and_)
    cut = [context for context, count in Counter(part.context for part in parts).items() if count > 1]
    is_safe = not any(pattern(words_of(language).negation).search(context) for context in cut)
    return parts if is_whole and is_safe and len(parts) <= _MOST_PARTS else []
