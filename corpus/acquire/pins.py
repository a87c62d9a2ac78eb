"""Which bytes an address gave when it was first read; a silent change is noticed even after the text was removed."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import TamperedError
from corpus.records import Provenance
from corpus.store import replace_durably


class _PinsRecord(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    pins: dict[str, Provenance] = {}


class Pins:
    """The pins of one data folder.

    Args:
        path: Their file; made when something is first pinned.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, url: str) -> Provenance | None:
        """Return what an address gave at first sight, if it was ever read.

        Raises:
            TamperedError: The file is damaged.
        """
        return self._read().get(url)

    def set(self, url: str, provenance: Provenance) -> None:
        """Pin what an address gives.

        Raises:
            TamperedError: The file is damaged.
        """
        record = _PinsRecord(pins={**self._read(), url: provenance})
        self._path.parent.mkdir(parents=True, exist_ok=True)
        replace_durably(self._path, record.model_dump_json(indent=1).encode())

    def _read(self) -> dict[str, Provenance]:
        try:
            return _PinsRecord.model_validate_json(self._path.read_bytes()).pins
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError) as error:
            raise TamperedError("pins", self._path.name) from error
