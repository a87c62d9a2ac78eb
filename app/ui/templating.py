"""The one place where HTML is made: Jinja templates that escape whatever is put into them."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.ui.texts import page_texts

STATIC_FOLDER = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, language: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template shows
    """Fill a template.

    Args:
        template: File name in `templates/`.
        language: Of the page; its words are `t` in the template.
        **values: What it shows; text is escaped, `Markup` is not.
    """
    return _environment().get_template(template).render(t=page_texts(language), language=language, **values)


def one_block(html: str) -> str:
    """Return HTML without blank lines, so that a Markdown reader takes it as one block and leaves it alone."""
    return "\n".join(line.strip() for line in html.split("\n") if line.strip())


def lines(text: str) -> Markup:
    r"""Return text with its line breaks kept.

    Examples:
        >>> lines("<b>\nx")
        Markup('&lt;b&gt;<br>x')
    """
    return Markup("<br>").join(escape(line) for line in text.splitlines())


def static_address(name: str) -> str:
    """Return the address of a file of ours, named by its contents so that a browser never shows an old one."""
    digest = hashlib.sha256((STATIC_FOLDER / name).read_bytes()).hexdigest()[:12]
    return f"/page-files/{name}?{digest}"


def language_name(code: str, language: str) -> str:
    """Return what a language is called in another.

    Examples:
        >>> language_name("en", "es")
        'inglés'
    """
    return str(Locale.parse(language).languages.get(code, code))


def day(iso: str, language: str) -> str:
    """Return a date as it is written in a language.

    Examples:
        >>> day("2024-03-01", "es")
        '1 de marzo de 2024'
    """
    return format_date(dt.date.fromisoformat(iso), "d MMMM y" if language == "en" else "long", locale=language)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["files"] = {path.name: static_address(path.name) for path in STATIC_FOLDER.iterdir()}
    environment.filters.update(lines=lines, language_name=language_name, day=day)
    return environment
