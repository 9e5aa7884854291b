"""Rules: how pages name their own furniture, in tags, roles and the words of classes and ids.

Named tables, each one concept; nothing decides here.  A word counts when it is a whole part of a class or id
(``site-footer``, ``siteFooter`` and ``site_footer`` all hold "footer").  STRONG words name furniture nearly wherever
they stand; WEAK ones are also put on whole pages and on content, and count only for a small part of a page.
Witness: on the 1,358 pages of WCXB (dev), the mean share of article text in the elements that bear a word, over the
domains that use it, is given behind it in per cent; all text of those pages has 52.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml.etree import _Element

from archive_viewer.model import Reason

_LONGEST = 400
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

TAGS: Mapping[str, Reason] = {
    "nav": Reason.NAVIGATION,  # 12
    "footer": Reason.FOOTER,  # 4
    "aside": Reason.RELATED,  # 16
    "form": Reason.OTHER,  # 8
    "dialog": Reason.OTHER,
    "search": Reason.NAVIGATION,  # 21
}

ROLES: Mapping[str, Reason] = {
    "navigation": Reason.NAVIGATION,
    "menu": Reason.NAVIGATION,
    "menubar": Reason.NAVIGATION,
    "search": Reason.NAVIGATION,
    "banner": Reason.HEADER,
    "contentinfo": Reason.FOOTER,  # 3
    "complementary": Reason.RELATED,  # 6
    "dialog": Reason.OTHER,
    "alertdialog": Reason.OTHER,
    "form": Reason.OTHER,
}

_STRONG: tuple[tuple[Reason, str], ...] = (
    # megamenu 4, submenu 8, topnav 9, breadcrumbs 9, navbar 10
    (Reason.NAVIGATION, "nav navbar navgroup navigation navmenu subnav sidenav topnav menubar megamenu submenu"),
    (Reason.NAVIGATION, "hamburger burger offcanvas flyout flyouts breadcrumb breadcrumbs searchform searchbar"),
    (Reason.NAVIGATION, "login signin register topbar sitemap skiplink switcher utility"),
    # copyright 1, colophon 3, legal 4
    (Reason.FOOTER, "footer colophon contentinfo copyright foot legal privacy"),
    # slogan 3, masthead 11
    (Reason.HEADER, "masthead slogan tagline announcement"),
    # pinterest 3, social 7, share 10
    (
        Reason.SHARE,
        "share sharing social socials sharedaddy addtoany addthis sharethis socialmedia pinterest reactions",
    ),
    # optin 0, subscribe 2, newsletter 12
    (Reason.SUBSCRIPTION, "subscribe subscription subscriptions signup optin newsletter mailchimp paywall"),
    # consent 0, cookie 2
    (Reason.CONSENT, "consent onetrust cookiebot cookielaw gdpr cookie cookies cmplz"),
    # respond 5
    (Reason.COMMENTS, "commentform respond disqus"),
    # recommended 7, related 8
    (Reason.RELATED, "related recommended recommendations trending recirc taboola outbrain suggested"),
    (Reason.ADVERT, "advert advertisement adsbygoogle adslot adunit dfp sponsored"),
    # bio 6
    (Reason.AUTHOR_BOX, "biography bio authorbox vcard"),
    # pagination 13
    (Reason.PAGINATION, "pagination pager paging prevnext"),
    # captcha 0, gform 2, popup 5
    (Reason.OTHER, "captcha gform gfield honeypot popup popover wishlist validation tooltip spinner donate"),
)

_WEAK: tuple[tuple[Reason, str], ...] = (
    (Reason.NAVIGATION, "menu menus search dropdown filters facets sort account"),
    (Reason.COMMENTS, "reviews"),
    (Reason.OTHER, "modal"),
)

AROUND_SIDEBARS = frozenset(
    {
        "has",
        "with",
        "no",
        "without",
        "content",
        "layout",
        "main",
        "wrapper",
        "container",
        "page",
        "body",
        "post",
        "full",
    }
)
"""Words beside "sidebar" in the classes of what the sidebar stands beside."""
ARCHIVE_IDS = re.compile(
    r"wm-ipp|wm-capinfo|donato$|single-?file-(?:info)?bar|infobar-singlefile|HEADER$|\w*google-cache-hdr$"
)
"""What archives and savers put around a page: the Wayback Machine's toolbar and donation banner, SingleFile's bar, the
head of archive.today (an id in capitals; pages of their own write it small), the bar over a page in Google's cache."""

OF_BOXES = frozenset({"paywall"})
"""Words that on a box name what keeps readers out, and on a paragraph what is kept from them."""

COMMENT_WORDS = frozenset({"comment", "comments", "commentlist", "replies"})
"""Words of readers' comments: furniture of an article, the content of a forum."""


def _by_word(table: tuple[tuple[Reason, str], ...]) -> Mapping[str, tuple[int, Reason]]:
    """Word → the place of its line in the table, and the reason; of two words the one higher up counts."""
    return {word: (place, reason) for place, (reason, words) in enumerate(table) for word in words.split()}


_TELLING: tuple[tuple[Reason, str], ...] = (
    (Reason.FOOTER, "subfooter prefooter"),
    (Reason.COMMENTS, " ".join(sorted(COMMENT_WORDS))),
    (Reason.RELATED, "upsell crosssell recent teaser teasers"),
    (Reason.NAVIGATION, "toc tablist tagcloud mainnav mobilenav sidemenu"),
)
"""Words that are put on content as well: of what was stripped whole, they tell what it is."""

STRONG_WORDS = _by_word(_STRONG)
WEAK_WORDS = _by_word(_WEAK)
TELLING_WORDS = _by_word(_TELLING)

FORUM_TYPES = frozenset({"discussionforumposting", "qapage", "question"})
"""schema.org types of pages whose comments are the content."""
FORUM_WORDS = frozenset({"phpbb", "vbulletin", "xenforo", "discourse", "ipsapp", "forum", "forums", "viewtopic", "smf"})
MEMBER_WORDS = frozenset({"user", "userinfo", "signature", "postprofile", "flair", "postleft", "extras", "badges"})
"""What a forum puts beside each post about its writer (XenForo, phpBB, Stack Exchange)."""
FORUM_ADDRESS = re.compile(
    r"forum|/threads?[/-]|/topics?/|/discussions?/|/questions?/\d|/t/[\w-]+/\d|viewtopic|showthread|/comments/|/item\?id=\d",
    re.IGNORECASE,
)

AUTHOR_WORDS = frozenset({"byline", "author", "authors", "writer", "autor", "auteur", "creator", "vcard"})
SECTIONS = frozenset({"article", "main", "section"})
AUTHOR_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|autori|contributors?|staff|reporters?|journalists?|columnists?|by|people|team|"
    r"profiles?|writers?|redaktion|lekhak)/[^/?#]",
    re.IGNORECASE,
)
"""Addresses of pages about an author."""
PERSON_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|autori|contributors?|reporters?|journalists?|columnists?|profiles?|users?|members?)"
    r"/[^/?#]",
    re.IGNORECASE,
)
"""Those of them that are about nothing else, and those of a forum's members."""
SOCIAL_ADDRESS = re.compile(
    r"https?://(?:[\w-]+\.)*(?:facebook|twitter|x|instagram|linkedin|pinterest|youtube|tiktok|threads|tumblr|vk|weibo|"
    r"whatsapp|snapchat|flipboard)\.(?:com|net)(?:/|$)|https?://(?:t\.me|wa\.me|bsky\.app)(?:/|$)",
    re.IGNORECASE,
)
"""Addresses at social networks; also those by which a page is sent there."""
FOOTER_ADDRESS = re.compile(
    r"/[\w-]*(?:privacy|terms|legal|imprint|impressum|datenschutz|cookies?|accessibility|contact|kontakt|careers|jobs|about)"
    r"[\w-]*(?:\.\w+|/)?(?:[?#].*)?$",
    re.IGNORECASE,
)
"""Addresses of pages that a site's footer leads to, from wherever on the site."""


def words_of(element: _Element) -> frozenset[str]:
    """The words of an element's class, id and role."""
    attributes = element.attrib
    return _words(attributes.get("class", ""), attributes.get("id", ""), attributes.get("role", ""))


def words_of_all(elements: Iterable[tuple[str, str, str]]) -> list[frozenset[str]]:
    """The words of many elements, each given as its class, id and role: of a page's, most are named alike."""
    known: dict[tuple[str, str, str], frozenset[str]] = {("", "", ""): frozenset()}
    found = []
    for named in elements:
        words = known.get(named)
        if words is None:
            known[named] = words = _words(*named)
        found.append(words)
    return found


def _words(*named: str) -> frozenset[str]:
    return frozenset(part.lower() for part in _PART.findall(" ".join(named)[:_LONGEST]))
