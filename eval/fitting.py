"""The statistics of calibration: a conditional logit and a logistic regression, penalised, and weights to even out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Figures = NDArray[np.float64]
_Group = TypeVar("_Group", bound=Hashable)

_SHARPNESS = 10.0
"""Relevance is in [0, 1]; times this it is the logit."""
_PENALTY_RELEVANCE = 0.5


def conditional_logit(
    rows: Sequence[Sequence[tuple[Mapping[str, float], bool]]], names: Sequence[str]
) -> dict[str, float]:
    """Fit weights, none below 0 and adding up to 1, that put right ones first among the alternatives of each row.

    Args:
        rows: Alternatives, each with its values and whether it is right; rows without a right one are left out.
        names: Of the values.
    """
    rows = [row for row in rows if any(is_right for _, is_right in row)]
    most = max(len(row) for row in rows)
    table = np.zeros((len(rows), most, len(names)))
    is_there, is_right = np.zeros((2, len(rows), most))
    for number, row in enumerate(rows):
        table[number, : len(row)] = as_table([values for values, _ in row], names) * _SHARPNESS
        is_there[number, : len(row)] = 1
        is_right[number, : len(row)] = [right for _, right in row]

    def loss(weights: Figures) -> tuple[float, Figures]:
        logits = table @ weights
        share = np.exp(logits - logits.max(axis=1, keepdims=True)) * is_there
        right = share * is_right
        value = -np.log(right.sum(axis=1) / share.sum(axis=1)).sum() + _PENALTY_RELEVANCE * (weights @ weights) / 2
        pull = share / share.sum(axis=1, keepdims=True) - right / right.sum(axis=1, keepdims=True)
        return float(value), np.einsum("rh,rhn->n", pull, table) + _PENALTY_RELEVANCE * weights

    start = np.full(len(names), 1 / len(names))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(names)).x
    return dict(zip(names, (found / found.sum()).tolist(), strict=True))


def logistic(inputs: Figures, answers: Figures, shares: Figures, penalty: Figures) -> Figures:
    """Fit a logistic regression.

    Args:
        inputs: (rows, weights), a column of ones for the bias among them.
        answers: (rows,), 0 or 1.
        shares: (rows,), what each row counts.
        penalty: (weights,), of the square of each weight.
    """

    def loss(weights: Figures) -> tuple[float, Figures]:
        logits = inputs @ weights
        value = float(shares @ (np.logaddexp(0, logits) - answers * logits) + penalty @ weights**2 / 2)
        return value, inputs.T @ (shares * (1 / (1 + np.exp(-logits)) - answers)) + penalty * weights

    return np.asarray(minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B").x)


def logistic_curve(
    rows: Sequence[Mapping[str, float]],
    names: Sequence[str],
    answers: Figures,
    shares: Figures,
    *,
    penalty: float = 1.0,
) -> tuple[dict[str, float], float]:
    """Fit a logistic regression over named values, each scaled to its spread for the penalty.

    Args:
        rows: The values of each row.
        names: Of the values to weigh.
        answers: (rows,), 0 or 1.
        shares: (rows,), what each row counts.
        penalty: Of the square of each scaled weight.

    Returns:
        The weights by name, and the bias, for values as they come.
    """
    values = as_table(rows, names)
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    inputs = np.hstack([(values - middle) / spread, np.ones((len(values), 1))])
    found = logistic(inputs, answers, shares, np.array([penalty] * len(names) + [0.0]))
    slopes = found[:-1] / spread
    return dict(zip(names, slopes.tolist(), strict=True)), float(found[-1] - slopes @ middle)


def even(groups: Sequence[_Group]) -> Figures:
    """Return a weight per row such that each group has the same sum, the mean weight 1."""
    counts = Counter(groups)
    return np.array([len(groups) / len(counts) / counts[group] for group in groups])


def as_table(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Figures:
    """Return the named values of each row, (rows, names)."""
    return np.array([[row[name] for name in names] for row in rows], dtype=np.float64)
