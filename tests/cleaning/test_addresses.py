"""Addresses: links are joined as RFC 3986 says, by whichever way."""

from __future__ import annotations

from urllib.parse import urljoin

from hypothesis import given, settings
from hypothesis import strategies as st

from archive_viewer.cleaning import clean_html
from archive_viewer.model import Style

PARTS = st.sampled_from(["/", "a", ".", "..", "%20", "~", "-", "?", "=", "&", ";", "b.html", "é", "_", "#"])


@given(
    st.lists(PARTS, max_size=10).map("".join),
    st.sampled_from(
        ["https://h.example/x/y.html", "http://h.example", "https://u@h.example:81/p;q?r=/s", "file:///a/b"]
    ),
)
@settings(max_examples=500)
def test_a_rooted_link_is_joined_like_any_other(path: str, base: str) -> None:
    (block,) = clean_html(f'<body><p><a href="/{path}">x</a>'.encode(), base).blocks
    targets = [span.target for span in block.spans if span.style is Style.LINK]
    joined = urljoin(base, f"/{path}")
    if not joined.startswith(f"{base}#"):
        assert targets == [joined]
