"""What a metric is: columns of figures and a statistic over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from eval.dataset import Task
from eval.record import Row

Figures = NDArray[np.float64]


def mean(figures: Figures) -> float:
    """Return the mean of the first column."""
    return float(figures[:, 0].mean())


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure over many rows.

    Attributes:
        name: In files and on the command line.
        title: For people.
        meaning: One sentence.
        columns: Scores it needs; rows without one of them do not count.
        task: Rows of this task only; None is any.
        statistic: From (n, columns) to a figure; nan where the rows cannot give one.
        better: Which direction is good.
        unit: How the figure reads.
        gated: Whether a regression fails the gate.
    """

    name: str
    title: str
    meaning: str
    columns: tuple[str, ...]
    task: Task | None = None
    statistic: Callable[[Figures], float] = mean
    better: Literal["higher", "lower"] = "higher"
    unit: Literal["share", "ms", "times"] = "share"
    gated: bool = True

    def select(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows that count."""
        return [
            row
            for row in rows
            if (self.task is None or row.task == self.task) and all(column in row.scores for column in self.columns)
        ]

    def figures(self, rows: Sequence[Row]) -> Figures:
        """Return (n, columns) float64, same order as the rows, which have to count."""
        table = [[row.scores[column] for column in self.columns] for row in rows]
        return np.array(table, dtype=np.float64).reshape(len(rows), len(self.columns))

    def estimate(self, rows: Sequence[Row]) -> float:
        """Return the figure over the rows that count; nan without any."""
        counted = self.select(rows)
        return self.statistic(self.figures(counted)) if counted else float("nan")
