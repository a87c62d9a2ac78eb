"""Addresses that lead back to quoted words: of the paragraph, and of the words in it (WICG text fragments)."""

from __future__ import annotations

from urllib.parse import quote

_LONG_WORDS = 10
_EDGE_WORDS = 4


def permalink(url: str, quoted: str, *, base: str = "") -> str:
    """Return the address of a quotation, with the text fragment that makes a browser show it.

    Args:
        url: Of its paragraph, as citations give it.
        quoted: Its words.
        base: Address of the server, without a slash at the end; empty gives an address without one.

    Examples:
        >>> permalink("/documents/x#p2", "safe, orderly")
        '/documents/x#p2:~:text=safe%2C%20orderly'
    """
    words = quoted.split()
    if len(words) <= _LONG_WORDS:
        return f"{base}{url}:~:text={_encoded(words)}"
    return f"{base}{url}:~:text={_encoded(words[:_EDGE_WORDS])},{_encoded(words[-_EDGE_WORDS:])}"


def _encoded(words: list[str]) -> str:
    """Percent-encode words; hyphens too, which have a meaning of their own in a text directive."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
