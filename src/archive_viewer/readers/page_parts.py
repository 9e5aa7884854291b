"""Files that dress a page and are none: style sheets, scripts, pictures, fonts, sounds and films.

A name and the beginning of a file in, yes or no out.  Separate because an import meets them in every folder of saved
pages and passes over them without a word, while the same picture named ``.html`` deserves a sentence.
"""

from __future__ import annotations

from archive_viewer.readers.markup import is_html
from archive_viewer.readers.opening import Head
from archive_viewer.readers.recognition import Family, identify

_SUFFIXES = {
    Family.PICTURE: set(
        ".png .apng .jpg .jpeg .jpe .jfif .gif .webp .avif .heic .jxl .tif .tiff .bmp .ico .cur .svg".split()
    ),
    Family.FONT: {".woff", ".woff2", ".ttf", ".otf", ".ttc", ".eot"},
    Family.MEDIA: set(
        ".mp3 .ogg .oga .opus .flac .wav .m4a .aac .mid .mp4 .m4v .mov .webm .mkv .ogv .avi .flv .swf .mpg .mpeg .wmv "
        ".wma .asf .3gp".split()
    ),
}
_CODE_SUFFIXES = {".css", ".js", ".mjs"}


def is_page_part(name: str, head: bytes) -> bool:
    """Whether a file standing alone is a part of some page: its name and its bytes must both say so.

    ``head`` are the first ``limits.HEAD_BYTES`` of the file, or all of it.
    """
    # Chromium names saved scripts "code.js.download".
    looked_at = Head(name.lower().removesuffix(".download"), head, len(head))
    if looked_at.suffix in _CODE_SUFFIXES:
        return b"\0" not in head and identify(looked_at) is None and not is_html(looked_at.text)
    signature = identify(looked_at)
    return signature is not None and looked_at.suffix in _SUFFIXES.get(signature.family, set())
