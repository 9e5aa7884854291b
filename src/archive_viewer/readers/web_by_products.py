"""What servers send as HTML besides pages: answers about the site, frames of services, bodies with nothing to read.

An address or a body in, a verdict out.  Separate because these are lists of what was seen, and grow; how the records of
an archive bear on one another stands in ``web_pages``.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive_viewer import limits

_ABOUT_THE_SITE = re.compile(
    r"/(?:(?:robots|ads|app-ads|humans|security)\.txt|favicon\.ico|apple-touch-icon[\w-]*\.png|apple-app-site-association"
    r"|browserconfig\.xml|crossdomain\.xml|clientaccesspolicy\.xml|sitemap(?:_index)?\.xml|opensearch\.xml"
    r"|manifest\.json|manifest\.webmanifest|site\.webmanifest|sellers\.json|service-worker\.js|sw\.js"
    r"|\.well-known/.*|cdn-cgi/.*|_incapsula_resource)",
    re.I | re.S,
)
"""Paths that programs ask for; where they are missing, many a site sends its home page or an error as 200 OK.
``/cdn-cgi/`` and ``/_Incapsula_Resource`` are where those who guard sites put their questions to robots."""

_FRAME_SERVICES = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:"
    # questions to robots
    r"recaptcha\.net/|google\.com/recaptcha/|gstatic\.com/recaptcha/|challenges\.cloudflare\.com/"
    r"|captcha-delivery\.com/|(?:(?!www\.)[\w-]+\.)(?:hcaptcha|arkoselabs|funcaptcha)\.com/|px-cdn\.net/"
    # advertisements and who has seen them
    r"|doubleclick\.net/|googlesyndication\.com/|googleadservices\.com/|googletagmanager\.com/|2mdn\.net/"
    r"|(?:(?!www\.)[\w-]+\.)(?:adnxs|pubmatic|rubiconproject|casalemedia|criteo|amazon-adsystem|openx|taboola|outbrain"
    r"|smartadserver|teads|sharethrough|33across|yieldmo)\.(?:com|net|tv)/|adsrvr\.org/|adform\.net/"
    # buttons, players and comments in others' pages
    r"|facebook\.com/(?:plugins|v[\d.]+/plugins|tr/?\?|x/connect|connect/ping)|staticxx\.facebook\.com/"
    r"|platform\.twitter\.com/|syndication\.twitter\.com/|apis\.google\.com/|accounts\.google\.com/o/oauth2/"
    r"|youtube(?:-nocookie)?\.com/embed/|player\.vimeo\.com/video/|disqus\.com/embed/|s7\.addthis\.com/static/"
    r")",
    re.I,
)
"""Whose answers are frames of others' pages, made by scripts, which therefore no ``iframe`` of the page names."""

_UNSEEN = re.compile(
    rb"<!--.*?(?:-->|$)|<(script|style|template)\b.*?(?:</\1\s*>|$)|<title\b[^<>]{0,200}>\s{0,200}</title\s{0,9}>",
    re.I | re.S,
)
_SHOWN = re.compile(
    rb"<(?:frameset|img|picture|svg|canvas|video|audio|object|embed|applet|table|form|input|textarea|title)\b"
    rb"(?![^<>]{0,500}?\b(?:width|height)\s*[=:]\s*[\"']?\s*[01](?:px)?\b)",
    re.I,
)
"""Elements that show something even without words; a picture of one pixel is one that counts visitors."""

_TEXT = re.compile(rb"(?:\A|>)(?:\s|&nbsp;|&#160;)*(?!&nbsp;|&#160;)[^\s<>]", re.I)
_OF_A_PAGE = re.compile(rb"<(?:!doctype|html|head|body|title|frameset|meta|h1)\b", re.I)
_PIECE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:div|li|ul|ol|span|tr|td|option|section|article|aside|style|script|img|a)\b", re.I
)
_REFRESH = re.compile(
    rb"<meta\b(?=[^<>]{0,500}?\bhttp-equiv\s{0,9}=\s{0,9}[\"']?refresh)[^<>]{0,500}?\burl\s{0,9}=", re.I
)
_TAG = re.compile(rb"<[^<>]*>")
FEW_WORDS = 300
"""Bytes of text of a page that only leads to another: “If you are not redirected, click here”."""


def is_part(url: str) -> bool:
    """Whether an address is never that of a page."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return _ABOUT_THE_SITE.fullmatch(path) is not None or _FRAME_SERVICES.match(url) is not None


def is_by_product(body: bytes) -> bool:
    """Whether HTML is no page by what it is: nothing to read or to look at, or a piece that a script asked for.

    A frame that passes a cookie on, a page that only leads to another, one that counts visitors; a list item without
    a page around it.  Whatever is long is taken for a page.
    """
    if len(body) > limits.BY_PRODUCT_BYTES:
        return False
    if _PIECE.match(body) and not _OF_A_PAGE.search(body):
        return True
    return _only_leads_on(body) or is_blank(body)


def is_blank(body: bytes) -> bool:
    """Whether nothing in HTML would be seen: no word, no picture larger than a pixel, no frameset."""
    seen = _UNSEEN.sub(b"", body)
    return not (_SHOWN.search(seen) or _TEXT.search(seen))


def _only_leads_on(body: bytes) -> bool:
    seen = _UNSEEN.sub(b"", body)
    return _REFRESH.search(seen) is not None and len(b"".join(_TAG.sub(b"", seen).split())) < FEW_WORDS
