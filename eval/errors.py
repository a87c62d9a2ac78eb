"""What can go wrong while measuring. Messages say what to do.

EvalError
├── DatasetError      a case that cannot be read, or two that contradict each other
├── MissingTextError  a library cannot be built because its files are not at hand
├── BaselineError     a baseline that is unknown or whose packages are not installed
└── RunError          a run that cannot be read or compared
"""


class EvalError(Exception):
    """Anything wrong with an evaluation."""


class DatasetError(EvalError):
    """A case that cannot be read; the message names file and line."""


class MissingTextError(EvalError):
    """The texts that a library needs are not at hand."""

    def __init__(self, library: str, missing: tuple[str, ...]) -> None:
        super().__init__(
            f"library {library!r} lacks {', '.join(missing)}; name the folder that holds them with --texts"
        )
        self.library = library
        self.missing = missing


class RunError(EvalError):
    """A run that cannot be read or compared."""


class BaselineError(EvalError):
    """A baseline that is unknown, or whose packages are not installed; the message says which."""
