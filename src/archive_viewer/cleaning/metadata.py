"""Metadata: title, authors, dates, site, language and address of a page, each with who says so.

A tree, its blocks and its front matter in; facts out.  Separate from the choice of blocks, which needs none of them.
Nothing is invented: a page that states no date has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from archive_viewer import limits
from archive_viewer.cleaning import bylines, dates, languages, site_names, structured
from archive_viewer.cleaning.addresses import Base
from archive_viewer.cleaning.characters import admit, composed
from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.front_matter import FrontMatter
from archive_viewer.cleaning.structured import Statements
from archive_viewer.model import PICTURE, Fact, Kind, Source
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
_TITLE_LIKENESS = 0.5


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
    return Facts(
        _title(root, page, front, statements, site, url),
        _authors(root, front, statements, site),
        site,
        _published(root, front, statements),
        _modified(statements),
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
        heading = site_names.without(one_line(draft.text.replace(PICTURE, " ")), names)
        if heading:
            origin = f"h{draft.level} heading" if draft.kind is Kind.HEADING else "line of the text"
            return Fact(heading, Source.STATED, origin)
    for origin, title in _titled(root, statements):
        bare = site_names.without(title, names)
        if bare:
            return Fact(bare, Source.STATED, origin)
    return None


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
    root: _Element, front: FrontMatter, statements: Statements, site: Fact[str] | None
) -> Fact[list[str]] | None:
    not_names = [site.value] if site else []
    for origin, said in _author_statements(root, front, statements):
        names = [name for name in bylines.names_of(said) if not site_names.is_one_of(name, not_names)]
        if names:
            return Fact(names, Source.STATED, origin)
    return None


def _author_statements(root: _Element, front: FrontMatter, statements: Statements) -> Iterator[tuple[str, list[str]]]:
    yield "JSON-LD author", structured.names_in(statements.article.get("author"), statements.names)
    yield "byline in the text", list(front.names)
    for name in _AUTHORS:
        contents = [content for content in statements.meta.get(name, ()) if "://" not in content]
        if contents:
            yield f"meta {name}", [_forename_first(content) if name in _CATALOGUED else content for content in contents]
    for element in root.iter("a", "span", "div", "p", "address", "meta"):
        if element.get("itemprop") == "author" or element.get("rel") == "author":
            text = one_line(admit("".join(element.itertext())[:300]))
            if text:
                yield "microdata author" if element.get("itemprop") else "link rel=author", [text]
                return


def _forename_first(name: str) -> str:
    """A name as catalogues write it, "Öz, Ünal", in the order of speech."""
    parts = [part.strip() for part in name.split(",")]
    is_one_name = len(parts) == 2 and all(part and len(part.split()) <= 3 for part in parts)
    return f"{parts[1]} {parts[0]}" if is_one_name else name


# -- dates ------------------------------------------------------------------------------------------------------


def _published(root: _Element, front: FrontMatter, statements: Statements) -> Fact[str] | None:
    """The first statement of a publication date; another that differs by more than a day makes it doubtful."""
    found = list(_date_statements(root, front, statements))
    if not found:
        return None
    first = found[0]
    doubts = [fact.doubt for fact in found if fact.doubt and fact.value[:10] == first.value[:10]]
    others = (fact for fact in found[1:] if dates.days_apart(first.value, fact.value) > 1)
    other = next(others, None)
    if not doubts and other is not None:
        doubts = [f"The page also states {other.value} ({other.origin})."]
    return Fact(first.value, first.source, first.origin, doubts[0] if doubts else "")


def _date_statements(root: _Element, front: FrontMatter, statements: Statements) -> Iterator[Fact[str]]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        value = dates.of_machine(structured.text_of(statements.article.get(key)))
        if value:
            yield Fact(value, Source.STATED, f"JSON-LD {key}")
            break
    for name in _PUBLISHED:
        value = next((v for content in statements.meta.get(name, ()) if (v := dates.of_machine(content))), "")
        if value:
            yield Fact(value, Source.STATED, f"meta {name}")
            break
    for element in root.iter("time", "span", "abbr", "div", "p", "meta"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            stated = element.get("datetime") or element.get("content") or "".join(element.itertext())[:100]
            value = dates.of_machine(stated)
            if value:
                yield Fact(value, Source.STATED, "microdata datePublished")
                break
    if front.dated:
        yield Fact(front.dated.value, Source.STATED, "byline in the text", front.dated.doubt)


def _modified(statements: Statements) -> Fact[str] | None:
    value = dates.of_machine(structured.text_of(statements.article.get("dateModified")))
    if value:
        return Fact(value, Source.STATED, "JSON-LD dateModified")
    for name in _MODIFIED:
        value = next((v for content in statements.meta.get(name, ()) if (v := dates.of_machine(content))), "")
        if value:
            return Fact(value, Source.STATED, f"meta {name}")
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
    base = Base.of(root, url)
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            address = base.link(link.get("href", ""))
            if address.startswith(("http://", "https://")):
                return Fact(address, Source.STATED, "link rel=canonical")
    content, name = statements.first("og:url")
    address = base.link(content) if content else ""
    if address.startswith(("http://", "https://")):
        return Fact(address, Source.STATED, f"meta {name}")
    return None
