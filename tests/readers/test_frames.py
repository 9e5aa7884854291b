"""Framesets become one page, whatever their markup and their frames hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer import limits
from archive_viewer.readers import frames

PIECES = (
    "<frameset> </frameset> <frame~src=a> <frame~src='b'> <frame~src='http://['> <base~href='http://['> "
    "<body> <p <a~href=' > ' "
    "\0 \x01 \ud800 \ufffe &#1; &#xD800; <!-- --> <?x?> <svg:a~xlink:href='q'> <html~a:b=c> <head> <title> text = < 😀 "
    "<script> </script> <noframes> <body~text=1>"
).split(" ")
MARKUP = st.lists(st.sampled_from([piece.replace("~", " ") for piece in PIECES]), max_size=30).map("".join)


@given(MARKUP, MARKUP, MARKUP)
def test_any_markup_is_joined_or_left_alone(page: str, first: str, second: str) -> None:
    held = {"a": first, "b": second}
    joined = frames.join(
        f"<frameset><frame src=a><frame src=b>{page}",
        lambda address: (address, held[address]) if address in held else None,
    )
    if joined is not None:
        joined.text.encode()


def test_a_page_without_a_frameset_is_left_alone() -> None:
    assert frames.join("<p>An <iframe src=a></iframe>", lambda address: (address, "<p>x")) is None


def test_frames_without_end_come_to_one() -> None:
    asked = []

    def find(address: str) -> tuple[str, str]:
        asked.append(address)
        return address, "<frameset>" + "".join(f"<frame src='{address}/{n}'>" for n in range(50)) + "</frameset>"

    assert frames.join("<frameset><frame src=a></frameset>", find) is None
    assert len(asked) <= limits.FRAMES + 1


def test_frames_over_the_limit_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FRAMES", 2)
    joined = frames.join("<frameset><frame src=a><frame src=b><frame src=b><frame src=c><frame src=d>", find_itself)
    assert joined is not None
    assert [f"The frame {name}." in joined.text for name in "abcd"] == [True, True, True, False]
    assert joined.warnings[1:] == ("Frames of this page were left out: 1.",)


def test_frames_together_are_no_longer_than_a_page_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGE_BYTES", 20)
    joined = frames.join("<frameset><frame src=a><frame src=b>", find_itself)
    assert joined is not None
    assert "The frame a." in joined.text
    assert joined.warnings[1:] == ("Frames of this page were left out: 1.",)


def find_itself(address: str) -> tuple[str, str]:
    return address, f"<p>The frame {address}."
