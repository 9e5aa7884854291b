"""Digests as web archives state them: ``sha1:`` and base 32, ``sha-256:`` and hexadecimal digits, and so on.

A stated digest in, whether given bytes agree out.  Separate because WARC leaves algorithm and writing to the program
(ISO 28500, sections 5.8 and 5.9), and WACZ states digests too.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_SIZES = {"md5": 16, "sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64}
"""Bytes of a digest by its algorithm; those whose values nothing here computes are not checked."""


@dataclass(frozen=True)
class Digest:
    """An algorithm by the standard library's name, and the value."""

    algorithm: str
    value: bytes

    def agrees(self, forms: Iterable[bytes]) -> bool:
        """Whether it is the digest of one of these."""
        return any(hashlib.new(self.algorithm, form, usedforsecurity=False).digest() == self.value for form in forms)


def parse(stated: str) -> Digest | None:
    """A digest as it is stated, ``sha1:…``; None for one in another writing or by an algorithm that is not known."""
    name, _, text = stated.strip().partition(":")
    algorithm = name.strip().lower().replace("-", "").replace("_", "")
    size = _SIZES.get(algorithm, 0)
    for decode in _WRITINGS if size and len(text) <= 2 * size + 8 else ():
        try:
            value = decode(text.strip())
        except (ValueError, binascii.Error):
            continue
        if len(value) == size:
            return Digest(algorithm, value)
    return None


def _base32(text: str) -> bytes:
    return base64.b32decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 8), casefold=True)


def _base64(text: str) -> bytes:
    plain = text.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)


_WRITINGS: tuple[Callable[[str], bytes], ...] = (bytes.fromhex, _base32, _base64)
"""Their lengths differ, so that no digest can be read in two ways."""
