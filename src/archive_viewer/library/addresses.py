"""Web addresses compared: what makes two of them the same page, and the site that one belongs to."""

from __future__ import annotations

from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def address_key(url: str) -> str:
    """The address without what does not tell pages apart: scheme, ``www.``, default port, fragment, last slash.

    RFC 3986, section 6, goes less far; the scheme and ``www.`` are dropped because sites changed both while their
    pages stayed what they were.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    place = host if port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{place}{parts.path.rstrip('/')}{query}"


def site_of(url: str) -> str:
    """The host of a web address without ``www.``; empty for a file's address or none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
