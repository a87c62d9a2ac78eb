"""Which addresses may be fetched: public ones, checked after resolving, so that no name leads to a private network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.errors import AcquisitionError, UnreachableError

Resolve = Callable[[str, int], list[str]]
_PORTS = {"http": 80, "https": 443}
_LONGEST = 2000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was checked.

    Attributes:
        url: As given.
        host: Its host name.
        ip: The address that the name resolved to when it was checked; the only one to connect to.
    """

    url: str
    host: str
    port: int
    ip: str


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host name.

    Raises:
        UnreachableError: It has none.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"{host} cannot be found ({error}); check the address and the connection") from error
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def check_address(url: str, *, allow_private: bool = False, resolver: Resolve = resolve) -> Target:
    """Resolve an address and check that it is public.

    Args:
        url: The address.
        allow_private: Let it be one of this machine or its network, on any port. Only for tests.
        resolver: Finds the IP addresses of a name.

    Raises:
        AcquisitionError: It is malformed, not http(s), on an unusual port, or leads to an address that is not public.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise AcquisitionError(f"{url[:200]!r} is no address ({error})") from error
    if parts.scheme not in _PORTS or not host or len(url) > _LONGEST:
        raise AcquisitionError(f"{url[:200]!r} is no http or https address")
    if parts.username is not None or parts.password is not None:
        raise AcquisitionError("an address with a user name or password is not fetched")
    if not allow_private and port not in _PORTS.values():
        raise AcquisitionError(f"port {port} is not fetched from; only 80 and 443 are")
    ips = resolver(host, port)
    refused = [] if allow_private else [ip for ip in ips if not is_public(ip)]
    if refused or not ips:
        raise AcquisitionError(f"{host} leads to {', '.join(refused) or 'nowhere'}, which is not a public address")
    return Target(url, host, port, ips[0])


def is_public(ip: str) -> bool:
    """Tell whether an IP address is one of the public internet.

    Examples:
        >>> is_public("127.0.0.1"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1"), is_public("8.8.8.8")
        (False, False, False, True)
    """
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None,))[0]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved
