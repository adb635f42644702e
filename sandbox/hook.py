"""Where a bot wants its updates to be brought."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.refusals import bad_request, not_implemented

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
"""The stand-in calls nobody but this machine."""

MAX_CONNECTIONS, USUAL_CONNECTIONS = 100, 40

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass
class Hook:
    """A webhook, and what went wrong with it last: (when, what)."""

    url: str
    secret: str | None = None
    max_connections: int = USUAL_CONNECTIONS
    error: tuple[int, str] | None = None

    def failed(self, when: int, problem: str) -> None:
        self.error = (when, problem)


def hook(url: str, secret: str | None, max_connections: int | None) -> Hook:
    """The webhook that a bot asks for. Raises RefusedError."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host:
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
    if host not in HERE:
        raise not_implemented("webhooks to other machines than 127.0.0.1")
    if parts.scheme != "http":
        raise not_implemented("webhooks with TLS: on 127.0.0.1 it takes http://")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    at_once = min(max(max_connections or USUAL_CONNECTIONS, 1), MAX_CONNECTIONS)
    return Hook(url, secret or None, at_once)
