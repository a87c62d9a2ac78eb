"""Which texts a question calls by name."""

import datetime as dt

import pytest

from app.chain.scope import Scope
from tests.builders import a_document

SCOPE = Scope(
    [
        a_document(
            "x",
            id="celac-2024-kingstown",
            place="Kingstown",
            date=dt.date(2024, 3, 1),
            title="Declaration of Kingstown",
            event="VIII Summit",
        ),
        a_document(
            "x",
            id="celac-2023-buenos-aires",
            place="Buenos Aires",
            date=dt.date(2023, 1, 24),
            title="Declaration of Buenos Aires",
            event="VII Summit",
        ),
        a_document(
            "x",
            id="celac-2024-kingstown-migration",
            place="Kingstown",
            date=dt.date(2024, 3, 1),
            title="Special Declaration on Migration",
            event="VIII Summit",
        ),
    ]
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What does the Buenos Aires text say about health?", "celac-2023-buenos-aires"),
        ("Et la déclaration de 2023 ?", "celac-2023-buenos-aires"),
        ("What does the Special Declaration on Migration call for?", "celac-2024-kingstown-migration"),
        ("¿Qué dice la declaración de Kingstown?", "celac-2024-kingstown"),
        ("What was agreed at the VII summit?", "celac-2023-buenos-aires"),
    ],
)
def test_named_document_comes_first(question: str, first: str) -> None:
    assert SCOPE.mentioned(question)[0] == first


def test_two_named_documents_are_both_given() -> None:
    assert set(SCOPE.mentioned("Compare the Kingstown and the Buenos Aires declarations")) >= {
        "celac-2024-kingstown",
        "celac-2023-buenos-aires",
    }


def test_nothing_is_named_by_a_common_word() -> None:
    assert SCOPE.mentioned("What does the declaration say about health?") == ()
