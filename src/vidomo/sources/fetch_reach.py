"""Which addresses may be asked: the configured one, and nothing private behind a redirect."""

import ipaddress
from urllib.parse import urljoin

import msgspec
from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from vidomo.core.errors import InputError, SourceRefused

SCHEMES = ("http", "https")
_LOOPBACK_NAMES = frozenset({"localhost", "localhost."})
_HINT = "write an address such as https://example.org/feed.xml"
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """What one door may connect to.

    Public addresses always. A private one only where the operator wrote that very
    address; loopback only where the operator wrote a loopback address.
    """

    private: str = ""
    is_loopback: bool = False

    @classmethod
    def of(cls, url: str) -> "Reach":
        """Return what a configured address allows."""
        host = host_of(checked_url(url))
        address = _literal(host)
        if host in _LOOPBACK_NAMES or (address is not None and address.is_loopback):
            return cls(is_loopback=True)
        return cls() if address is None else cls(private=str(address))

    def allows(self, address: str) -> bool:
        """Whether a resolved address may be connected to."""
        found = _literal(address)
        if found is None:
            return False
        if found.is_loopback:
            return self.is_loopback
        if found.is_global and not found.is_multicast:
            return True
        return bool(self.private) and str(found) == self.private


def checked_url(url: str) -> Url:
    """Return the parts of an address that may be asked.

    Raises:
        InputError: No http or https address, or one with a name and password in it.
    """
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise InputError(f"{url[:200]!r} is no address", hint=_HINT) from error
    if parts.scheme not in SCHEMES or not parts.host:
        raise InputError(f"{url[:200]!r} is no http or https address", hint=_HINT)
    if parts.auth is not None:
        raise InputError("the address holds a name or password", hint="leave it out")
    return parts


def host_of(parts: Url) -> str:
    """Return the host without brackets, in small letters."""
    return (parts.host or "").strip("[]").lower()


def redirected(start: Url, target: str) -> Url:
    """Return where a redirect leads, when it may be followed.

    The scheme stays; the one exception is http to https on the same host.

    Raises:
        SourceRefused: Another scheme, or no address.
    """
    try:
        parts = checked_url(urljoin(start.url, target))
    except (InputError, ValueError) as error:
        raise SourceRefused(f"redirects to {target[:200]!r}", hint=str(error)) from error
    is_upgrade = (start.scheme, parts.scheme) == ("http", "https") and start.host == parts.host
    if parts.scheme != start.scheme and not is_upgrade:
        raise SourceRefused(
            f"redirects from {start.scheme} to {parts.scheme}",
            hint="if that is right, configure the new address",
        )
    return parts


def _literal(host: str) -> _Address | None:
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return found if mapped is None else mapped
