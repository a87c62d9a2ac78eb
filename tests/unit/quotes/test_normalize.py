"""The comparable form of quotations."""

import sys

from app.quotes.normalize import canonical


def test_every_white_space_of_unicode_vanishes() -> None:
    spaces = "".join(chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace())
    assert canonical(f"one{spaces}two").text == "onetwo"
