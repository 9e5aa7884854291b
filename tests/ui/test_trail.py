"""Back and forward through the places that were read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.ui.trail import LONGEST, Place, Trail

A, B, C = Place("a"), Place("b", 7, 9), Place("c")


def test_back_comes_to_where_the_reader_stood() -> None:
    trail = Trail()
    trail.leave(None, A)
    trail.leave(Place("a", 120), B)
    assert trail.back(Place("b", 40)) == Place("a", 120)
    assert trail.forward(Place("a", 150)) == Place("b", 40)
    assert not trail.can_go_forward
    assert trail.back(None) == Place("a", 150)


def test_a_jump_within_a_page_is_a_step() -> None:
    trail = Trail()
    trail.leave(None, A)
    trail.leave(Place("a", 10), Place("a", 900))
    assert trail.back(Place("a", 900)) == Place("a", 10)


def test_leaving_from_the_middle_forgets_what_lay_ahead() -> None:
    trail = Trail()
    trail.leave(None, A)
    trail.leave(A, B)
    trail.back(B)
    trail.leave(A, C)
    assert not trail.can_go_forward
    assert trail.back(C) == A


def test_nothing_before_the_first() -> None:
    trail = Trail()
    assert trail.back(None) is None
    trail.leave(None, A)
    assert trail.back(A) is None
    assert trail.forward(A) is None


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=2 * LONGEST))
def test_as_many_steps_back_as_forward(pages: str) -> None:
    trail = Trail()
    here: Place | None = None
    for page in pages:
        trail.leave(here, Place(page))
        here = Place(page)
    taken = 0
    while trail.can_go_back:
        here = trail.back(here)
        taken += 1
    assert taken < LONGEST
    for _ in range(taken):
        here = trail.forward(here)
    assert here == Place(pages[-1])
    assert not trail.can_go_forward
