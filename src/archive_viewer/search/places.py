"""Places of many words in many pages, as the bytes of ``schema.Places`` and back, over whole arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def packed(steps: NDArray[np.int64], at: NDArray[np.int64]) -> tuple[NDArray[np.uint32], bytes]:
    """Places as differences in the form of ``schema.Places``, a value beginning at each of ``at``: the bytes of each
    value, and all of them."""
    counts = np.diff(np.append(at, len(steps)))
    if int(steps.max()) <= 0xFFFF:
        return (2 * counts).astype(np.uint32), steps.astype(np.uint16).tobytes()
    wide = np.maximum.reduceat(steps, at) > 0xFFFF
    sizes = np.where(wide, 1 + 4 * counts, 2 * counts)
    # Where each number's bytes begin: a wide value has one byte before its first.
    widths = np.repeat(np.where(wide, 4, 2), counts)
    before = np.cumsum(wide)
    starts = np.cumsum(widths) - widths + np.repeat(before, counts)
    data = np.zeros(int(sizes.sum()), np.uint8)
    for width in (2, 4):
        own = widths == width
        data[starts[own][:, None] + np.arange(width)] = steps[own].astype(f"u{width}").view(np.uint8).reshape(-1, width)
    return sizes.astype(np.uint32), data.tobytes()


def unpacked(sizes: NDArray[np.uint32], values: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """From the bytes of each value, and all of them: how many places each has, and all places, as they are packed."""
    wide = (sizes & 1).astype(np.bool_)
    counts = np.where(wide, sizes >> 2, sizes >> 1).astype(np.int64)
    ends = np.cumsum(counts)
    if wide.any():
        raw = np.frombuffer(values, np.uint8)
        widths = np.repeat(np.where(wide, 4, 2), counts)
        starts = np.cumsum(widths) - widths + np.repeat(np.cumsum(wide), counts)
        steps = np.empty(len(widths), np.int64)
        for width in (2, 4):
            own = widths == width
            steps[own] = raw[starts[own][:, None] + np.arange(width)].view(f"u{width}").ravel()
    else:
        steps = np.frombuffer(values, np.uint16).astype(np.int64)
    sums = np.cumsum(steps)
    # What was added up before a value began is taken away again.
    before = np.append(0, sums)[ends - counts]
    return counts, sums - np.repeat(before, counts)
