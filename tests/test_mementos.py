"""Addresses of archived copies give the page's own address and the moment of the copy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.mementos import read_memento

AT = "2019-02-12T06:03:32Z"


@pytest.mark.parametrize(
    ("address", "url", "at"),
    [
        ("https://web.archive.org/web/20190212060332/https://a.test/b?c=d#e", "https://a.test/b?c=d#e", AT),
        ("http://web.archive.org/web/20190212060332im_/http://a.test:80/b.png", "http://a.test/b.png", AT),
        ("//web.archive.org/web/20190212060332if_/https://a.test:443/", "https://a.test/", AT),
        ("https://web.archive.org/web/20190212060332/http:/a.test/", "http://a.test/", AT),
        ("https://web.archive.org/web/20190212060332/www.a.test/ä", "http://www.a.test/ä", AT),
        ("https://web.archive.org/web/2019/http://a.test/", "http://a.test/", ""),
        ("https://web.archive.org/web/20199999999999/http://a.test/", "http://a.test/", ""),
        ("https://wayback.archive-it.org/4567/20190212060332/http://a.test/", "http://a.test/", AT),
        ("https://archive.ph/2019.02.12-060332/https://a.test/", "https://a.test/", AT),
        ("http://archive.is/20190212060332/http://a.test/", "http://a.test/", AT),
        ("https://archive.ph/2019.02.12-060332/https%3A/a.test/", "https://a.test/", AT),
        ("https://archive.is/20190212/a.test/", "http://a.test/", ""),
        ("http://replay.waybackmachine.org/20190212060332/http://a.test/", "http://a.test/", AT),
        ("https://webarchive.loc.gov/all/20190212060332/http://a.test/", "http://a.test/", AT),
        ("https://webarchive.nationalarchives.gov.uk/ukgwa/20190212060332mp_/http://a.test/", "http://a.test/", AT),
        ("https://www.webarchive.org.uk/wayback/archive/20190212060332/http://a.test/", "http://a.test/", AT),
        ("https://arquivo.pt/noFrame/replay/20190212060332/http://a.test/", "http://a.test/", AT),
        (
            "https://archive.ph/2022.09.23-022851/https://web.archive.org/web/20190212060332/http://a.test/",
            "http://a.test/",
            AT,
        ),
    ],
)
def test_a_copy(address: str, url: str, at: str) -> None:
    memento = read_memento(address)
    assert memento is not None
    assert (memento.url, memento.at) == (url, at)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://web.archive.org/",
        "https://web.archive.org/web/",
        "https://web.archive.org/web/20190212060332/",
        "https://archive.org/details/20190212060332/x",
        "https://archive.ph/AbCdE",
        "https://webarchive.loc.gov/",
        "https://arquivo.pt/page/search?q=20190212060332/http://b.test/",
        "https://a.test/web/20190212060332/http://b.test/",
        "https://a.test/?u=https://web.archive.org/web/20190212060332/http://b.test/",
    ],
)
def test_no_copy(address: str) -> None:
    assert read_memento(address) is None


@given(st.text(max_size=50))
def test_any_page_comes_out_as_it_went_in(rest: str) -> None:
    url = f"https://a.test/{rest}"
    memento = read_memento(f"https://web.archive.org/web/20190212060332/{url}")
    assert memento is not None
    assert memento.url == url
