"""Metadata: title, authors, dates, site, language and address of a page, each with who says so.

A tree, its blocks and its front matter in; facts out.  Separate from the choice of blocks, which needs none of them.
Nothing is invented: a page that states no date has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lxml.etree import _Element

from archive_viewer import limits
from archive_viewer.cleaning import attributes, bylines, dates, front_matter, languages, rules, site_names, structured
from archive_viewer.cleaning.addresses import Base
from archive_viewer.cleaning.attributes import Attributes
from archive_viewer.cleaning.characters import admit, composed
from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.front_matter import FrontMatter
from archive_viewer.cleaning.structured import Statements
from archive_viewer.mementos import read_memento
from archive_viewer.model import PICTURE, Fact, Kind, Reason, Source
from archive_viewer.text import one_line

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article:published"),
    *("citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date"),
    *("dc.date.created", "dcterms.date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime"),
    *("pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "date", "originalpublicationdate"),
    *("date.available", "article.published", "article_date_original", "prism.publicationdate", "datecreated"),
)
_MODIFIED = (
    *("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified"),
    *("last-modified", "article.updated", "lastmod", "revised"),
)
_AUTHORS = (
    *("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author"),
    *("sailthru.author", "byl", "og:article:author", "cxenseparse:author", "article.author"),
)
_TWITTER = ("twitter:label1", "twitter:data1")
"""Under the first what the second says, in the language of the page: "Written by", "Jane Doe" (Slack reads it)."""
_CATALOGUED = frozenset({"citation_author", "dc.creator", "dcterms.creator"})
_SITES = ("og:site_name", "application-name", "citation_journal_title", "dc.publisher", "apple-mobile-web-app-title")
_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "parsely-title",
    "sailthru.title",
)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?![A-Za-z])")
_OF_ARTICLES = ("article:published_time", "article:section", "article:tag", "article:author")
_SEEN = "byline in the text"
_MOST_TIMES = 50
_FEW_WORDS = 3


@dataclass(frozen=True)
class Facts:
    title: Fact[str] | None
    authors: Fact[list[str]] | None
    site_name: Fact[str] | None
    published: Fact[str] | None
    modified: Fact[str] | None
    language: Fact[str] | None
    canonical_url: Fact[str] | None


def titles_of(root: _Element, statements: Statements) -> list[str]:
    """What the page is called in its own metadata, the surest first."""
    stated = [structured.text_of(statements.article.get("headline") or statements.article.get("name"))]
    stated += [content for name in _TITLES for content in statements.meta.get(name, ())[:1]]
    stated.append(_document_title(root))
    return list(dict.fromkeys(title for title in stated if title))


def sites_of(root: _Element, statements: Statements, url: str) -> list[str]:
    """What the page's site may be called: as it says, by its address, by the address that the page gives itself."""
    canonical = _canonical_url(root, statements, url)
    hosts = [*site_names.of_host(url), *site_names.of_host(canonical.value if canonical else "")]
    return [*statements.meta.get("og:site_name", ()), *hosts]


def read(root: _Element, page: Page, front: FrontMatter, statements: Statements, url: str, kept_text: str) -> Facts:
    """The facts that the page states, and its language; ``kept_text`` is the text of its kept blocks."""
    site = _site_name(root, statements, url)
    bars = {node.element for node in page.nodes if node.reason is Reason.ARCHIVE_FURNITURE}
    said = attributes.read(root, page.stating, bars)
    is_forum = bool(statements.types & rules.FORUM_TYPES or rules.FORUM_ADDRESS.search(url))
    authors = _authors(root, page, front, statements, said, site, is_forum=is_forum)
    return Facts(
        _title(root, page, front, statements, site, url),
        authors,
        site,
        _published(page, front, statements, said, is_signed=authors is not None, is_forum=is_forum),
        _modified(front, statements, said),
        _language(root, statements, kept_text),
        _canonical_url(root, statements, url),
    )


# -- title and site ---------------------------------------------------------------------------------------------


def _title(
    root: _Element, page: Page, front: FrontMatter, statements: Statements, site: Fact[str] | None, url: str
) -> Fact[str] | None:
    names = [site.value, *site_names.of_host(url)] if site else site_names.of_host(url)
    if front.title is not None:
        draft = page.drafts[front.title]
        heading = _without_short_end(site_names.without(one_line(draft.text.replace(PICTURE, " ")), names))
        if heading:
            origin = f"h{draft.level} heading" if draft.kind is Kind.HEADING else "line of the text"
            return Fact(heading, Source.STATED, origin)
    for origin, title in _titled(root, statements):
        bare = _before_bar(site_names.without(title, names))
        if bare:
            return Fact(bare, Source.STATED, origin)
    return None


def _without_short_end(heading: str) -> str:
    """A heading without the few words behind its last bar: "How babies sleep | Advice for parents"."""
    first, _, end = heading.rpartition("|")
    is_short = len(first.split()) > 1 and len(end.split()) <= _FEW_WORDS and len(end) < len(first)
    return first.strip() if is_short else heading


def _before_bar(title: str) -> str:
    """A title up to its first bar: few set one within a title, and many sites set their name and trade behind."""
    first = title.split("|", 1)[0].strip()
    return first if len(first.split()) > 1 else title


def _titled(root: _Element, statements: Statements) -> Iterator[tuple[str, str]]:
    headline = structured.text_of(statements.article.get("headline") or statements.article.get("name"))
    if headline:
        yield "JSON-LD headline", headline
    content, name = statements.first(*_TITLES)
    if content:
        yield f"meta {name}", content
    title = _document_title(root)
    if title:
        yield "title element", title


def _document_title(root: _Element) -> str:
    head = next(root.iter("title"), None)
    text = "" if head is None else (head.text or "")[: limits.ATTRIBUTE_CHARACTERS]
    return one_line(composed(admit(text)))


def _site_name(root: _Element, statements: Statements, url: str) -> Fact[str] | None:
    content, name = statements.first("og:site_name")
    if content:
        return Fact(content, Source.STATED, f"meta {name}")
    publishers = structured.names_in(statements.article.get("publisher"), statements.names)
    if publishers:
        return Fact(publishers[0], Source.STATED, "JSON-LD publisher")
    content, name = statements.first(*_SITES)
    if content and "://" not in content:
        return Fact(content, Source.STATED, f"meta {name}")
    title = _document_title(root)
    bare = site_names.without(title, site_names.of_host(url))
    if bare and bare != title:
        part = site_names.DIVIDER.sub("", title.replace(bare, "", 1).strip(" -–—|•·:»«/~｜"))
        if part:
            return Fact(part, Source.INFERRED, "title element, by the address")
    return None


# -- authors ----------------------------------------------------------------------------------------------------


def _authors(
    root: _Element,
    page: Page,
    front: FrontMatter,
    statements: Statements,
    said: Attributes,
    site: Fact[str] | None,
    *,
    is_forum: bool,
) -> Fact[list[str]] | None:
    """The first statement that names somebody.  The site itself is an author where the page says so of an article."""
    if front.names and not (site and site_names.is_one_of(front.names[0], [site.value])):
        seen: tuple[str, tuple[str, ...]] = ("byline in the text", front.names)
    else:
        seen = ("byline in the text", ())
    stated = ((origin, bylines.stated_names(names)) for origin, names in _stated_authors(statements, said))
    catalogued = next(
        ((origin, bylines.stated_names(names)) for origin, names in _catalogued_authors(statements)), ("", ())
    )
    first = catalogued if catalogued[1] else next(stated, ("", ()))
    for origin, names in chain([first, seen], stated, _other_authors(root, page, front, statements, is_forum=is_forum)):
        if (
            names
            and site
            and all(site_names.is_one_of(name, [site.value]) for name in names)
            and not _is_article(statements)
        ):
            continue
        if names:
            return Fact(list(names), Source.STATED, origin)
    return None


def _is_article(statements: Statements) -> bool:
    """Whether a page says of itself that it is an article: pages of goods and services name their site as author."""
    kinds = statements.meta.get("og:type", ())
    return bool(statements.article) or "article" in kinds or any(name in statements.meta for name in _OF_ARTICLES)


def _stated_authors(statements: Statements, said: Attributes) -> Iterator[tuple[str, list[str]]]:
    yield "JSON-LD author", structured.names_in(statements.article.get("author"), statements.names)
    yield "JSON-LD author", structured.names_in(statements.page.get("author"), statements.names)
    for name in _AUTHORS:
        contents = [content for content in statements.meta.get(name, ()) if "://" not in content]
        if contents:
            yield f"meta {name}", [_forename_first(content) if name in _CATALOGUED else content for content in contents]
    label, content = (statements.first(name)[0] for name in _TWITTER)
    if bylines.is_lead(label):
        yield "meta twitter:data1", [content]
    yield "microdata author", list(said.authors[:1])
    yield "link rel=author", list(said.linked[:1])


def _catalogued_authors(statements: Statements) -> Iterator[tuple[str, list[str]]]:
    """Authors as journals state them for catalogues, one by one, and only of a work."""
    contents = list(statements.meta.get("citation_author", ()))
    if contents:
        yield "meta citation_author", [_forename_first(content) for content in contents]


def _other_authors(
    root: _Element, page: Page, front: FrontMatter, statements: Statements, *, is_forum: bool
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Who a page names without saying what for: the writer of the first post, the one name that is classed so."""
    if is_forum:
        heading = None if front.title is None else page.nodes[page.drafts[front.title].node].element
        member = attributes.first_member(root, heading)
        yield "first post", bylines.stated_names([member] if member else [])
        return
    names = dict.fromkeys(name for text in attributes.signed(root) for name in bylines.names_of([text]))
    if len(names) == 1:
        yield "author element", tuple(names)
    names = dict.fromkeys(front_matter.names_anywhere(page) if _is_article(statements) else ())
    if len(names) == 1:
        yield "the only byline", tuple(names)


def _forename_first(name: str) -> str:
    """A name as catalogues write it, "Öz, Ünal", in the order of speech."""
    parts = [part.strip() for part in name.split(",")]
    is_one_name = len(parts) == 2 and all(part and len(part.split()) <= 3 for part in parts)
    return f"{parts[1]} {parts[0]}" if is_one_name else name


# -- dates ------------------------------------------------------------------------------------------------------


def _published(
    page: Page, front: FrontMatter, statements: Statements, said: Attributes, *, is_signed: bool, is_forum: bool
) -> Fact[str] | None:
    """The first statement of a publication date; another that differs by more than a day makes it doubtful."""
    found = list(_date_statements(front, statements, said, is_signed=is_signed, is_forum=is_forum))
    if not found:
        return _published_perhaps(page, front, is_sure=is_signed or _is_article(statements))
    first, stamp = found[0]
    seen = next((fact for fact, _ in found[1:] if fact.origin == _SEEN), None)
    if seen and dates.is_shifted(stamp, seen.value):
        first = seen  # readers are shown the day where the page was written
    doubts = [fact.doubt for fact, _ in found if fact.doubt and fact.value[:10] == first.value[:10]]
    other = next((fact for fact, _ in found if dates.days_apart(first.value, fact.value) > 1), None)
    if not doubts and other is not None:
        doubts = [f"The page also states {other.value} ({other.origin})."]
    return Fact(first.value, first.source, first.origin, doubts[0] if doubts else "")


def _published_perhaps(page: Page, front: FrontMatter, *, is_sure: bool) -> Fact[str] | None:
    """The day of a page that has one day only: the one that it calls that of its publication; where it ``is_sure`` that
    the page was published as one piece, its only date line, or the day of its last change, with a doubt."""
    only = front_matter.only_date(page, is_month_first=front.is_month_first, is_labelled=not is_sure)
    if only:
        return Fact(only.value, Source.INFERRED, "the only date line", only.doubt)
    if not is_sure or not front.updated:
        return None
    return Fact(front.updated.value, Source.INFERRED, _SEEN, "The page says only when it was last changed.")


def _date_statements(
    front: FrontMatter, statements: Statements, said: Attributes, *, is_signed: bool, is_forum: bool
) -> Iterator[tuple[Fact[str], str]]:
    """Each statement of the publication date, the surest first, with the moment as a machine states it, if one does."""
    for key in ("datePublished", "dateCreated", "uploadDate"):
        stamp = structured.text_of(statements.article.get(key))
        if value := dates.of_machine(stamp):
            yield Fact(value, Source.STATED, f"JSON-LD {key}"), stamp
            break
    for name in _PUBLISHED:
        stamp, value = next(((c, v) for c in statements.meta.get(name, ()) if (v := dates.of_machine(c))), ("", ""))
        if value:
            yield Fact(value, Source.STATED, f"meta {name}"), stamp
            break
    if said.published and (value := dates.of_machine(said.published[0])):
        yield Fact(value, Source.STATED, "microdata datePublished"), said.published[0]
    times = [(value, stamp) for stamp in said.times[:_MOST_TIMES] if (value := dates.of_machine(stamp))]
    if is_forum and times:
        yield Fact(times[0][0], Source.STATED, "time of the first post"), times[0][1]
    if front.dated:
        yield Fact(front.dated.value, Source.STATED, _SEEN, front.dated.doubt), ""
    if is_signed:
        stamp = structured.text_of(statements.page.get("datePublished"))
        if value := dates.of_machine(stamp):
            yield Fact(value, Source.STATED, "JSON-LD datePublished"), stamp
        if len({value for value, _ in times}) == 1 and len(said.times) <= _MOST_TIMES:
            yield Fact(times[0][0], Source.STATED, "time element"), times[0][1]


def _modified(front: FrontMatter, statements: Statements, said: Attributes) -> Fact[str] | None:
    for stated in (statements.article, statements.page):
        value = dates.of_machine(structured.text_of(stated.get("dateModified")))
        if value:
            return Fact(value, Source.STATED, "JSON-LD dateModified")
    for name in _MODIFIED:
        value = next((v for content in statements.meta.get(name, ()) if (v := dates.of_machine(content))), "")
        if value:
            return Fact(value, Source.STATED, f"meta {name}")
    if said.modified and (value := dates.of_machine(said.modified[0])):
        return Fact(value, Source.STATED, "microdata dateModified")
    if front.updated:
        return Fact(front.updated.value, Source.STATED, _SEEN, front.updated.doubt)
    return None


# -- language and address ---------------------------------------------------------------------------------------


def _language(root: _Element, statements: Statements, kept_text: str) -> Fact[str] | None:
    seen = languages.infer(kept_text)
    body = next(root.iter("body"), None)
    candidates = [(root.get("lang") or root.get("xml:lang"), "html lang")]
    candidates += [(body.get("lang"), "body lang")] if body is not None else []
    candidates += [
        (statements.first(name)[0], f"meta {name}") for name in ("content-language", "og:locale", "language")
    ]
    candidates.append((structured.text_of(statements.article.get("inLanguage")), "JSON-LD inLanguage"))
    for stated, origin in candidates:
        tag = _language_tag(stated or "")
        if tag:
            looks, says = languages.name_of(seen), languages.name_of(tag)
            is_doubtful = seen and not languages.is_same(seen, tag)
            doubt = f"The text looks {looks}, the page says {says}." if is_doubtful else ""
            return Fact(tag, Source.STATED, origin, doubt)
    return Fact(seen, Source.INFERRED, "the words of the text") if seen else None


def _language_tag(stated: str) -> str:
    """A language tag in the form of BCP 47, section 2.1.1: en, zh-Hant, pt-BR; empty when it is none."""
    match = _LANGUAGE.match(stated.strip()[:35])
    if not match:
        return ""
    language, script, region = match.groups()
    return "-".join(filter(None, (language.lower(), script and script.title(), region and region.upper())))


def _canonical_url(root: _Element, statements: Statements, url: str) -> Fact[str] | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            address = _absolute(root, link.get("href", ""), url)
            if address:
                return Fact(address, Source.STATED, "link rel=canonical")
    content, name = statements.first("og:url")
    address = _absolute(root, content, url) if content else ""
    return Fact(address, Source.STATED, f"meta {name}") if address else None


def _absolute(root: _Element, href: str, url: str) -> str:
    """The address that ``href`` leads to; the page is not asked for its base where that can change nothing."""
    is_plain = href.startswith(("http://", "https://")) and read_memento(href) is None
    address = (Base() if is_plain else Base.of(root, url)).link(href)
    return address if address.startswith(("http://", "https://")) else ""
