"""Framesets become one page, whatever their markup and their frames hold."""

from __future__ import annotations

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
        joined.encode()


def test_a_page_without_a_frameset_is_left_alone() -> None:
    assert frames.join("<p>An <iframe src=a></iframe>", lambda address: (address, "<p>x")) is None


def test_frames_without_end_come_to_one() -> None:
    asked = []

    def find(address: str) -> tuple[str, str]:
        asked.append(address)
        return address, "<frameset>" + "".join(f"<frame src='{address}/{n}'>" for n in range(50)) + "</frameset>"

    assert frames.join("<frameset><frame src=a></frameset>", find) is None
    assert len(asked) <= limits.FRAMES + 1
