"""Which addresses are one page, and which never are."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive_viewer.library.addresses import address_key, site_of

SAME = {
    "scheme and www": ["http://gazette.test/a", "https://gazette.test/a", "https://www.gazette.test/a"],
    "letters of the host": ["https://Gazette.TEST/a", "HTTPS://gazette.test/a", "https://gazette.test./a"],
    "default port": ["http://gazette.test:80/a", "https://gazette.test:443/a", "https://gazette.test:/a"],
    "the end of the path": ["https://gazette.test", "https://gazette.test/", "https://gazette.test/index.html"],
    "a folder": ["https://gazette.test/a", "https://gazette.test/a/", "https://gazette.test/a/index.html"],
    "dots": ["https://gazette.test/a/b", "https://gazette.test/a/./b", "https://gazette.test/x/../a/b/c/.."],
    "fragment": ["https://gazette.test/a", "https://gazette.test/a#top", "https://gazette.test/a#:~:text=ferry"],
    "nothing asked": ["https://gazette.test/a", "https://gazette.test/a?", "https://gazette.test/a?&"],
    "tracking": [
        "https://gazette.test/a?id=1",
        "https://gazette.test/a?utm_source=x&id=1&utm_medium=y",
        "https://gazette.test/a?fbclid=IwAR0&id=1",
        "https://gazette.test/a?id=1&gclid=x&mc_eid=5",
        "https://gazette.test/a?PHPSESSID=0a&id=1",
    ],
    "session": ["https://gazette.test/a?id=1", "https://gazette.test/a;jsessionid=0A1B.node-2?id=1"],
    "international names": ["https://bücher.test/a", "https://xn--bcher-kva.test/a", "https://BÜCHER.test/a"],
    "scripts": ["https://例え.test/", "https://xn--r8jz45g.test/"],
    "sharp s": ["https://straße.test/", "https://xn--strae-oqa.test/"],
    "escapes": ["https://gazette.test/%7Eada/f%c3%a4hre", "https://gazette.test/~ada/f%C3%A4hre"],
    "letters": ["https://gazette.test/fähre?q=ö", "https://gazette.test/f%C3%A4hre?q=%c3%b6"],
    "archives": [
        "https://gazette.test/a?id=1",
        "https://web.archive.org/web/20140502100000/http://gazette.test:80/a?id=1",
        "http://web.archive.org/web/2014id_/https://www.gazette.test/a?id=1",
        "https://archive.today/2014.05.02-100000/https://gazette.test/a?id=1",
    ],
    "AMP caches": [
        "https://gazette.test/a",
        "https://gazette-test.cdn.ampproject.org/c/s/gazette.test/a",
        "https://cdn.ampproject.org/v/s/gazette.test/a",
        "https://www.google.com/amp/s/gazette.test/a",
        "https://www.google.co.uk/amp/gazette.test/a",
    ],
}

DIFFERENT = {
    "a number": ["https://gazette.test/a?id=1", "https://gazette.test/a?id=2", "https://gazette.test/a"],
    "letters of the path": ["https://gazette.test/a", "https://gazette.test/A"],
    "hosts": ["https://gazette.test/", "https://m.gazette.test/", "https://www2.gazette.test/", "https://gazette.org/"],
    "ports": ["https://gazette.test/", "https://gazette.test:8443/", "http://gazette.test:443/"],
    "escaped delimiters": ["https://gazette.test/a/b", "https://gazette.test/a%2Fb", "https://gazette.test/a%252Fb"],
    "escaped ampersand": ["https://gazette.test/?q=a%26id=1", "https://gazette.test/?q=a&id=1"],
    "plus and blank": ["https://gazette.test/?q=a%2Bb", "https://gazette.test/?q=a+b"],
    "order": ["https://gazette.test/?a=1&a=2", "https://gazette.test/?a=2&a=1"],
    "pages in a fragment": ["https://gazette.test/#!/ferry", "https://gazette.test/#!/tolls", "https://gazette.test/"],
    "pages of a script": ["https://gazette.test/#/ferry", "https://gazette.test/#/tolls"],
    "other entrances": ["https://gazette.test/", "https://gazette.test/index.php", "https://gazette.test/index.htm"],
    "AMP pages": ["https://gazette.test/a", "https://gazette.test/a/amp", "https://gazette.test/a?amp=1"],
    "a name that only begins so": ["https://gazette.test/?utm=1", "https://gazette.test/?utm=2"],
    "a referrer that chooses": ["https://gazette.test/?ref=1", "https://gazette.test/?ref=2"],
    "index in a name": ["https://gazette.test/a", "https://gazette.test/a/xindex.html"],
    "ways": ["ftp://gazette.test/a", "https://gazette.test/a"],
    "two slashes": ["https://gazette.test/a/", "https://gazette.test/a//"],
    "not an archive's": [
        "https://gazette.test/a",
        "https://web.archive.test/web/20140502100000/https://gazette.test/a",
    ],
    "sharp s": ["https://straße.test/", "https://strasse.test/"],
    "files": ["file:///C:/a.html", "file:///D:/a.html"],
}


@pytest.mark.parametrize("urls", SAME.values(), ids=SAME)
def test_one_page(urls: list[str]) -> None:
    assert len({address_key(url) for url in urls}) == 1


@pytest.mark.parametrize("urls", DIFFERENT.values(), ids=DIFFERENT)
def test_pages_of_their_own(urls: list[str]) -> None:
    assert len({address_key(url) for url in urls}) == len(urls)


@pytest.mark.parametrize("url", ["", "  ", "about:blank", "about:srcdoc", "data:text/html,x", "cid:1@x", "blob:x"])
def test_what_leads_nowhere_is_at_no_address(url: str) -> None:
    assert address_key(url) == ""


NAMES = st.text("abcXYZ019-_~.äß日😀%&=+/?#;: ", max_size=12)
HOSTS = st.from_regex(r"[a-z][a-z0-9]{0,8}(\.[a-z][a-z0-9]{0,5}){1,2}", fullmatch=True)


@given(HOSTS, st.lists(NAMES.filter(bool), max_size=3), st.lists(st.tuples(NAMES, NAMES), max_size=3))
def test_any_writing_of_an_address_has_its_key(host: str, folders: list[str], asked: list[tuple[str, str]]) -> None:
    assume(not any(folder in (".", "..") for folder in folders))
    path = "".join(f"/{quote(folder, safe='')}" for folder in folders)
    query = "&".join(f"{quote('q' + name, safe='')}={quote(value, safe='')}" for name, value in asked)
    url = f"https://{host}{path}{f'?{query}' if query else ''}"
    key = address_key(url)
    assert key
    tracked = f"{url}{'&' if query else '?'}utm_source=x&fbclid=y"
    others = [f"HTTP://WWW.{host.removeprefix('www.').upper()}:80{url.removeprefix(f'https://{host}')}", tracked]
    others += [f"{url}#top", f"https://web.archive.org/web/20140502100000/{url}", f" {url}\n"]
    assert {address_key(other) for other in others} == {key}
    # What has its key's form is the same page: the key is a normal form.
    assert address_key(f"https://{key}") == key


@given(st.text(max_size=12), st.text(max_size=12))
def test_what_is_asked_for_tells_pages_apart(one: str, other: str) -> None:
    assume(one != other)
    first, second = (f"https://gazette.test/a?id={quote(value, safe='', errors='replace')}" for value in (one, other))
    assert (address_key(first) == address_key(second)) == (first == second)


@given(st.text(max_size=40))
def test_no_text_is_too_odd(text: str) -> None:
    for url in (text, f"https://{text}", f"https://gazette.test/{text}", f"https://xn--{text}.test/"):
        assert isinstance(address_key(url), str)
        assert isinstance(site_of(url), str)
