"""Rules: how pages name their own furniture, in tags, roles and the words of classes and ids.

Named tables, each one concept; nothing decides here.  A word counts when it is a whole part of a class or id
(``site-footer``, ``siteFooter`` and ``site_footer`` all hold "footer").  STRONG words name furniture nearly wherever
they stand; WEAK ones are also put on whole pages and on content, and count only for a small part of a page.
Witness: on the 1,358 pages of WCXB (dev), the mean share of article text in the elements that bear a word, over the
domains that use it, is given behind it in per cent; all text of those pages has 52.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

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
    (
        Reason.NAVIGATION,
        # 5 to 15: megamenu 4, navbar 10, topnav 9, breadcrumbs 9, submenu 8
        "navbar nav navgroup navigation subnav sidenav topnav menubar megamenu submenu hamburger burger offcanvas flyout flyouts "
        "breadcrumb breadcrumbs searchform searchbar login signin register topbar sitemap skiplink switcher utility navmenu",
    ),
    (Reason.FOOTER, "footer colophon contentinfo copyright foot legal privacy"),  # copyright 1, colophon 3, legal 4
    (Reason.HEADER, "masthead slogan tagline announcement"),  # masthead 11, slogan 3
    (
        Reason.SHARE,
        # social 7, sharing 10, share 10
        "sharedaddy sharing share social socials addtoany addthis sharethis socialmedia pinterest reactions",
    ),
    (Reason.SUBSCRIPTION, "subscribe signup optin newsletter subscription mailchimp subscriptions paywall"),  # 2 to 12
    (Reason.CONSENT, "consent onetrust cookiebot cookielaw gdpr cookie cookies cmplz"),  # consent 0, cookie 2
    (Reason.COMMENTS, "commentform respond commentlist disqus"),  # respond 5
    (Reason.RELATED, "related recommended recommendations trending recirc taboola outbrain suggested"),  # related 8
    (Reason.ADVERT, "advert advertisement adsbygoogle adslot adunit dfp sponsored"),
    (Reason.AUTHOR_BOX, "biography bio authorbox"),  # bio 6
    (Reason.PAGINATION, "pagination pager paging prevnext"),  # 13
    (
        Reason.OTHER,
        # popup 5, captcha 0, gform 2
        "captcha gform gfield honeypot popup popover wishlist validation tooltip spinner donate",
    ),
)

_WEAK: tuple[tuple[Reason, str], ...] = (
    (Reason.NAVIGATION, "menu menus search dropdown toolbar drawer filters facets sort account links"),
    (Reason.HEADER, "header"),
    (Reason.SHARE, "facebook twitter linkedin whatsapp follow likes print email"),
    (Reason.COMMENTS, "comments comment replies reviews"),
    (
        Reason.RELATED,
        "sidebar recent latest popular readmore teaser promo promos carousel widgets widget textwidget aside",
    ),
    (Reason.ADVERT, "ad ads sponsor sponsors"),
    (Reason.AUTHOR_BOX, "author authors"),
    (Reason.PAGINATION, "prev previous next"),
    (Reason.SUBSCRIPTION, "cta ctas"),
    (
        Reason.OTHER,
        "modal alert notice notification disclaimer form feedback rating ratings contact cart overlay tags categories meta",
    ),
)


def _by_word(table: tuple[tuple[Reason, str], ...]) -> Mapping[str, Reason]:
    return {word: reason for reason, words in table for word in words.split()}


STRONG_WORDS = _by_word(_STRONG)
WEAK_WORDS = _by_word(_WEAK)

AUTHOR_WORDS = frozenset({"byline", "author", "authors", "writer", "autor", "auteur", "creator", "vcard"})
CONTENT_WORDS = frozenset(
    {
        *("article", "articlebody", "content", "entry", "hentry", "main", "maincontent", "post", "postbody", "prose"),
        *("richtext", "rte", "story", "storybody", "wysiwyg", "markdown", "body", "thread", "answer", "question"),
    }
)
CONTENT_TAGS = frozenset({"article", "main"})


def words_of(element: _Element) -> frozenset[str]:
    """The words of an element's class, id and role."""
    named = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    return frozenset(part.lower() for part in _PART.findall(named[:_LONGEST]))
