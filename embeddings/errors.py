"""What can go wrong while finding paragraphs.

EmbeddingsError
├── EncoderUnavailableError  an encoder that cannot be loaded, or whose weights are not the expected ones
├── IndexStaleError          an index that is missing or out of date and may not be rebuilt here
└── IndexDamagedError        an index whose files are not what was written
"""


class EmbeddingsError(Exception):
    """Anything wrong while finding paragraphs."""


class EncoderUnavailableError(EmbeddingsError):
    """An encoder that cannot be loaded; the message says what to set or install."""


class IndexStaleError(EmbeddingsError):
    """An index that is missing or out of date and could not be rebuilt."""


class IndexDamagedError(EmbeddingsError):
    """An index whose files are not what was written."""
