"""What can go wrong while asking. Errors carry data; the command line and HTTP map them to codes.

AppError
├── SettingsError          a setting that is unknown or has no meaning
├── InputError             a question, claim or quotation that cannot be taken as it is
│   └── PackError          a file that is no evidence pack, or one that was changed
├── ModelUnavailableError  a model or service that was asked for and does not answer
│   └── ModelStoppedError  a language model that is too slow, over its budget or out of order
└── BusyError              more work at once than the server takes
"""


class AppError(Exception):
    """Anything wrong while asking."""


class SettingsError(AppError):
    """A setting that is unknown or has no meaning; the message says what to set instead."""


class InputError(AppError):
    """Input that cannot be taken as it is; the message says what to change."""


class PackError(InputError):
    """A file that is no evidence pack, or that is not as it was made; the message says what is wrong."""


class ModelUnavailableError(AppError):
    """A model or service that was asked for is not available; the message says what to do."""


class ModelStoppedError(ModelUnavailableError):
    """A language model stopped in the middle of its work, or never began.

    Attributes:
        reason: Name of the reason in the words for people.
        values: What stands in its places.
    """

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(f"{reason} {values or ''}".strip())
        self.reason = reason
        self.values = values


class BusyError(AppError):
    """More work at once than the server takes."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"busy; try again in {retry_after_s} s")
        self.retry_after_s = retry_after_s
