"""Which addresses may be connected to: public ones, and those that the operator names.

The name is resolved here, every address is checked, and the connection is made to the checked
address: a name that answers differently a moment later leads nowhere else.
"""

import ipaddress
import socket
from dataclasses import dataclass

from data import settings
from data.domain.channel import ChannelError, Config


@dataclass(frozen=True)
class Target:
    """A host with the address that was checked."""

    host: str
    port: int
    address: str


def checked(config: Config) -> Target:
    """Return where to connect to; raise ChannelError where nothing may be sent there."""
    host, port = config.host, config.port
    is_named = _is_allowed(host, port)
    if not config.is_encrypted and not is_named:
        raise ChannelError("https")
    addresses = _resolved(host, port)
    if not is_named and not all(_is_public(each) for each in addresses):
        raise ChannelError("private", host=host)
    return Target(host, port, addresses[0])


def _is_allowed(host: str, port: int) -> bool:
    """Whether the operator has named the host, or the host with its port."""
    named = {each.strip().lower() for each in settings.value("CHANNEL_HOSTS").split(",")}
    return host.lower() in named or f"{host}:{port}".lower() in named


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ChannelError("unknown", host=host) from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _is_public(address: str) -> bool:
    """Whether an address is one of the internet, in whatever way it is written."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        is_translated = found in ipaddress.ip_network("64:ff9b::/96")
        if is_translated:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None and not _is_public(str(inner)):
            return False
    return found.is_global and not found.is_multicast
