"""Letters of another alphabet that look like the text's own (Unicode TR 39, mixed scripts)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]+")
_LIKE_LATIN = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


def find_lookalikes(text: str) -> Iterator[str]:
    """Yield the words of a text that hold letters of another alphabet than most of it.

    Examples:
        >>> list(find_lookalikes("the m\u0430ndate"))
        ['m\u0430ndate']
    """
    scripts = Counter(_script(char) for char in text if char.isalpha())
    if not scripts:
        return
    main = scripts.most_common(1)[0][0]
    for word in dict.fromkeys(_WORD.findall(text)):
        if any((script := _script(char)) != main and script in _LIKE_LATIN for char in word):
            yield word


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]
