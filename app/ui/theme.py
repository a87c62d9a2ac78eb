"""The looks of Gradio's own parts: our colours and the system's fonts, in light and dark (`static/base.css`)."""

from __future__ import annotations

import inspect
from typing import Any

import gradio as gr

from app.ui.templating import static_address

_COLOURS = {
    "paper": ("background_fill_primary", "block_background_fill", "input_background_fill"),
    "card": (
        "background_fill_secondary",
        "block_label_background_fill",
        "button_secondary_background_fill",
        "checkbox_label_background_fill",
        "color_accent_soft",
        "panel_background_fill",
    ),
    "line": (
        "block_border_color",
        "border_color_accent_subdued",
        "border_color_primary",
        "button_secondary_border_color",
        "checkbox_label_border_color",
        "input_border_color",
    ),
    "ink": ("body_text_color", "button_secondary_text_color", "checkbox_label_text_color", "block_title_text_color"),
    "soft": ("body_text_color_subdued", "block_info_text_color", "block_label_text_color", "input_placeholder_color"),
    "accent": (
        "border_color_accent",
        "checkbox_background_color_selected",
        "checkbox_border_color_selected",
        "color_accent",
        "input_border_color_focus",
        "link_text_color",
        "link_text_color_active",
        "link_text_color_hover",
        "link_text_color_visited",
        "loader_color",
    ),
    "button": ("button_primary_background_fill", "button_primary_border_color"),
    "button-hover": ("button_primary_background_fill_hover", "button_primary_border_color_hover"),
    "hover": ("button_secondary_background_fill_hover", "checkbox_label_background_fill_hover"),
    "button-ink": ("button_primary_text_color", "button_primary_text_color_hover"),
}
_CANVAS = {"body_background_fill": "#fdfcf9", "body_background_fill_dark": "#15191c"}
"""The paper's two colours as they are: Gradio paints them before our styles are there, so nothing flashes."""
_SELECTED = {
    "checkbox_label_background_fill_selected": "var(--card)",
    "checkbox_label_text_color_selected": "var(--ink)",
}


def theme() -> gr.themes.Base:
    """Return the theme: every colour of Gradio's is one of ours."""
    base = gr.themes.Base(
        primary_hue="emerald",
        neutral_hue="slate",
        radius_size="sm",
        font=["system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    )
    ours = {name: f"var(--{colour})" for colour, names in _COLOURS.items() for name in names} | _SELECTED
    known = inspect.signature(base.set).parameters
    dark = {f"{name}_dark": value for name, value in ours.items() if f"{name}_dark" in known}
    settings: dict[str, Any] = {**ours, **dark, **_CANVAS, "input_border_width": "1px"}
    return base.set(**settings)


def head() -> str:
    """Return the page's own styles and script, named by their contents so that a browser never shows old ones."""
    styles = "".join(f'<link rel="stylesheet" href="{static_address(name)}">' for name in ("base.css", "page.css"))
    return f'{styles}<script src="{static_address("page.js")}"></script>'
