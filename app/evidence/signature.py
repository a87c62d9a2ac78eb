"""Ed25519 signatures (RFC 8032) by the user's own key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.errors import PackError, SettingsError

Signer = Callable[[bytes], tuple[str, str]]
"""From what is signed to the public key and the signature, both hexadecimal."""


def open_signer(path: Path) -> Signer:
    """Return what signs with the private key in a PEM file.

    Args:
        path: Of an unencrypted PKCS #8 file, as `openssl genpkey -algorithm ed25519` writes it.

    Raises:
        SettingsError: There is no such file, or no Ed25519 key in it.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SettingsError(
            f"CELAC_QA_SIGNING_KEY: {path} cannot be read as a private key ({error}); "
            "make one with: openssl genpkey -algorithm ed25519 -out key.pem"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SettingsError(f"CELAC_QA_SIGNING_KEY: {path} is no Ed25519 key")

    def sign(data: bytes) -> tuple[str, str]:
        return key.public_key().public_bytes_raw().hex(), key.sign(data).hex()

    return sign


def is_signed_by(public_key: str, signature: str, data: bytes) -> bool:
    """Whether a signature over some bytes is that of a public key.

    Args:
        public_key: Hexadecimal.
        signature: Hexadecimal.
        data: What was signed.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_public_key(data: bytes) -> str:
    """Return the public key of a PEM file, hexadecimal.

    Raises:
        PackError: There is no Ed25519 public key in it.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise PackError(f"the key file holds no public key in PEM form: {error}") from error
    if not isinstance(key, Ed25519PublicKey):
        raise PackError("the key file holds no Ed25519 key")
    return key.public_bytes_raw().hex()
