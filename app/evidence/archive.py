"""A zip file with exactly one possible form for given contents, so that any changed byte shows.

Entries are stored without compression, in order of name, with the earliest date a zip can tell and no extras. Reading
accepts nothing that writing would not have written: that settles compression bombs, twice-used names, paths that lead
outside, comments and trailing bytes at once.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

from app.errors import PackError

MAX_BYTES = 20_000_000
MAX_FILES = 8
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """Return the zip file of some contents; the same contents give the same bytes everywhere.

    Args:
        files: Contents by plain file name.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def read_archive(data: bytes) -> dict[str, bytes]:
    """Return the contents of a zip file that `write_archive` wrote.

    Raises:
        PackError: It is too large, no zip file, or not byte for byte what writing its contents gives.
    """
    if len(data) > MAX_BYTES:
        raise PackError(f"the file has more than {MAX_BYTES:,} bytes, which no evidence pack has")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_FILES or any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
                raise PackError("the file is not an evidence pack: it holds other or compressed entries")
            if sum(entry.file_size for entry in entries) > MAX_BYTES:
                raise PackError("the file is not an evidence pack: its entries are larger than it is")
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        EOFError,
        struct.error,
    ) as error:
        raise PackError(f"the file is damaged or no zip file: {error}") from error
    if write_archive(files) != data:
        raise PackError("the file was changed: its bytes are not those that its contents give")
    return files
