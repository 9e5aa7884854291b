"""What an exported file says of its excerpts, read back so that it can be proved against the originals.

A file of any of our forms in, whoever has edited it since; its claims out.  The bytes decide which form it is.  It is
separate because a reader of files from outside trusts nothing: size, encoding and structure are all doubtful.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from archive_viewer import limits
from archive_viewer.errors import NotAnExport
from archive_viewer.exporting import html, jsonld, markdown
from archive_viewer.model import Claim


def read_claims(path: Path) -> list[Claim]:
    """The claims of an exported file, in its order; the quote is the one that a reader of the file sees.

    An excerpt whose proof has been taken away claims no item (its ``item_id`` is empty).

    :raises NotAnExport: the file cannot be read, is too large, damaged, or holds no excerpt of ours.
    """
    text = _read(path)
    if text.lstrip().startswith(("{", "[")):
        claims = jsonld.read_claims(text)
    elif html.is_ours(text):
        claims = html.read_claims(text)
    elif markdown.is_ours(text):
        claims = list(markdown.read_claims(text))
    else:
        claims = []
    if not claims:
        raise NotAnExport(f"The file {path} holds no excerpt that Archive Viewer exported, so nothing can be verified.")
    return claims


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(limits.EXPORT_BYTES + 1)
    except OSError as error:
        raise NotAnExport(f"The file {path} cannot be read: {error.strerror or error}.") from error
    if len(data) > limits.EXPORT_BYTES:
        most = limits.EXPORT_BYTES // limits.MIB
        raise NotAnExport(f"The file {path} is larger than {most} MiB, more than any export that is read back.")
    # Windows editors save as UTF-16, or put a mark before UTF-8.
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotAnExport(f"The file {path} is not text in UTF-8, so it is no export of Archive Viewer.") from error
