"""Reading aids: translations of quotations by a language model, unofficial and marked so; no part of any proof.

A translation stands beside the quotation it was made of and never inside quotation marks. One that adds or loses a
number or a negation, or is not in the language asked for, is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing

from app.chain.proof import is_clean
from app.chain.records import read_objects
from app.chain.units import units_of
from app.chain.written import Writer
from app.errors import ModelStoppedError
from corpus.language import detect_language
from corpus.model import Citation

_NEGATIONS = frozenset({"operator:not", "operator:never", "operator:none", "operator:without"})
_QUOTATION_MARKS = frozenset('"“”„‟«»‹›')
_LONGEST_QUOTE = 1_500
_SHORTEST, _LONGEST = 0.4, 2.5


class QuoteTranslator:
    """Translates quotations into the language of a question."""

    def __init__(self, writer: Writer) -> None:
        self.name = writer.name
        self._writer = writer

    def translate(self, citations: Sequence[Citation], language: str) -> Mapping[int, str]:
        """Translate the quotations that are in another language.

        Args:
            citations: Marker n is the nth.
            language: To translate into.

        Returns:
            Translations by marker; quotations that need none, are too long or could not be translated are left out.
        """
        sources = {
            marker: (citation.quote, spoken)
            for marker, citation in enumerate(citations, start=1)
            if (spoken := detect_language(citation.paragraph.text)) != language
            and len(citation.quote) <= _LONGEST_QUOTE
        }
        if not sources:
            return {}
        texts = [{"id": str(marker), "text": quote} for marker, (quote, _) in sources.items()]
        found: dict[int, str] = {}
        try:
            with closing(self._writer.write("translate", language, {"language": language, "texts": texts})) as pieces:
                for fields in read_objects(pieces, key="translation"):
                    marker, text = str(fields.get("id")), fields["translation"]
                    source = sources.get(int(marker)) if marker.isdecimal() else None
                    if source and isinstance(text, str) and is_faithful(text, *source, language):
                        found.setdefault(int(marker), text)
        except ModelStoppedError:
            return found
        return found


def is_faithful(text: str, quote: str, spoken: str, language: str) -> bool:
    """Whether a translation has the numbers and negations of a quotation, its rough length, and the right language.

    Args:
        text: The translation.
        quote: What it translates.
        spoken: Language of the quotation.
        language: Language it should be in.
    """
    if not is_clean(text, longest=2 * _LONGEST_QUOTE) or _QUOTATION_MARKS & set(text):
        return False
    if not _SHORTEST <= len(text) / len(quote) <= _LONGEST or detect_language(text) != language:
        return False
    return _figures(text, language, spoken) == _figures(quote, spoken, language)


def _figures(text: str, language: str, other: str) -> tuple[list[str], int]:
    units = units_of(text, language, other=other, translator=None)
    numbers = sorted(key for unit in units if unit.role == "number" for key in unit.keys)
    return numbers, sum(bool(unit.keys & _NEGATIONS) for unit in units)
