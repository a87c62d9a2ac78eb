"""Claims derived mechanically: true statements about the declaration, and minimal changes of them, in four languages.

`python -m eval.perturbations` writes `datasets/claims_perturbed.jsonl` from `perturbations.toml`.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from eval.dataset import DATASETS, ClaimCase, Language

STATEMENTS = Path(__file__).with_name("perturbations.toml")
OUT = DATASETS / "claims_perturbed.jsonl"


def perturb(statements: Path = STATEMENTS) -> Iterator[ClaimCase]:
    """Yield the cases: each statement as it is, and each change of it, language by language.

    Args:
        statements: The table of statements, places and changes.
    """
    for statement in tomllib.loads(statements.read_text(encoding="utf-8"))["statement"]:
        for language in get_args(Language):
            yield _case(statement, {}, language, number=0)
            for number, change in enumerate(statement.get("change", ()), start=1):
                yield _case(statement, change, language, number=number)


def _case(statement: Mapping[str, Any], change: Mapping[str, Any], language: Language, *, number: int) -> ClaimCase:
    family = statement["family"]
    verdict = change.get("verdict", statement.get("verdict", "supported"))
    return ClaimCase(
        id=f"kp-{family}-{number}-{language}",
        origin="generated",
        language=language,
        split=statement["split"],
        family=f"perturbed/{family}",
        library="declaration",
        kind=change.get("kind", "absent" if verdict == "not_found" else "restated"),
        claim=_text(statement, change, language),
        verdict=verdict,
        gold=tuple(statement["gold"]) if verdict != "not_found" else (),
        pair=f"kp-{family}-{language}",
    )


def _text(statement: Mapping[str, Any], change: Mapping[str, Any], language: Language) -> str:
    if language in change:
        return str(change[language])
    places = {name: change.get(name, fill)[language] for name, fill in statement["fill"].items()}
    return str(statement[language]).format(**places)


if __name__ == "__main__":
    cases = list(perturb())
    OUT.write_text("".join(case.model_dump_json(exclude_none=True) + "\n" for case in cases), encoding="utf-8")
    sys.stdout.write(f"{len(cases)} claims\n")
