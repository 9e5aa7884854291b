"""Writes the sample pages that WebScrapBook saved, one in each of its forms: a folder, a package, a single file.

Nothing in, files in ``sample_archive/`` out, the same on every run.  Run from the root of the project:
``python packaging/sample_webscrapbook.py``.  Separate from the other containers because all three are one page that
was written into in three ways: where it came from stands on ``<html>``, what its reader marked among its words.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path

from sample_containers import NOTEBOOK, SHIPPING, Story, gauge, packed

SAMPLES = Path(__file__).parents[1] / "sample_archive"

BRIDGE = Story(
    "Second Reading",
    "https://secondreading.example/checks/kilometre-41",
    "Was the bridge at kilometre 41 rebuilt?",
    "Nadim Okarelle",
    "2022-08-03",
    (
        "The claim: “The bridge at kilometre 41 was rebuilt in ninety days.” It was made by the department of works in "
        "Selmirat and has been on a poster at the bus station of Dirvasht since July.",
        "Our finding: half of it. We walked over the bridge on 29 July. The eastern span is new, of good steel, with a "
        "plate that names the day on which it was finished. The western span is the old one, with planks.",
        "The department’s own list of expenses, which we were allowed to read but not to copy, has one span on it. "
        "When we asked for the other we were told that a bridge is a bridge when one can cross it, and we had.",
    ),
    ("All checks", "How we work", "Ask us to check"),
    "Second Reading is paid for by its readers and by nobody else.",
    "gauge.png",
    "The water below the western span, at nine",
)
RIDER = Story(
    "An Envoy’s Notebook",
    "https://envoysnotebook.example/the-rider/",
    "The rider",
    "Ilse Quorrinde",
    "2023-02-26",
    (
        "I met the rider of Tolvessek on the terrace of the Café Mirelle. He is thirty-three and mends pumps. From "
        "1999 to 2011 he went up to the gauge house at noon to see whether two books agreed, at first on foot, then on "
        "a bicycle that the Water Office had bought for him. A newspaper once wrote that they had differed twice.",
        "Three times, he told me. The third was in the spring of 2011, a week before the telegrams stopped. One book "
        "said nineteen. The other said nothing: its page had been left white.",
        "I asked whom he had told. He had written it on the back of the telegram, he said, and sent it down to the "
        "harbour, where it has hung in a frame ever since, with its face to the room.",
    ),
    NOTEBOOK,
    "Entries may be copied whole. Powered by patience.",
    "gauge.png",
    "The board at Tolvessek as the rider drew it for me, at nineteen",
)
TELEGRAM = Story(
    "Tidegate Wire",
    "https://tidegatewire.example/story/last-telegram-20230314",
    "Harbour of Ras Miqlad turns its last telegram round",
    "Petra Ostwyn",
    "2023-03-14",
    (
        "Ras Miqlad (TW) - The harbour master took a telegram of 2011 out of its frame on Tuesday and hung it up again "
        "with its back to the room, after an entry in an envoy’s notebook said that something was written there.",
        "There was. A line in pencil reads: “One book says nineteen. The other says nothing.” It is more, the office "
        "said, than anybody has told it about the river since.",
        "The harbour, which closed a second berth because of silt in October, has asked for a second frame.",
    ),
    SHIPPING,
    "Tidegate Wire accepts no liability for tides.",
    "gauge.png",
    "The gauge at the first berth on the day of the telegram, at four",
)
LINKS = {
    "a bicycle that the Water Office had bought for him": "http://www.passgazette.example/archive/2005/bicycle.htm",
    "A newspaper once wrote": "http://www.passgazette.example/archive/2008/gaugehouse.htm",
    "an entry in an envoy’s notebook": RIDER.url,
    "closed a second berth because of silt": "https://tidegatewire.example/story/selm-silt-20221004",
}

STICKY = (
    '<scrapbook-sticky data-scrapbook-id="20220806091533008" data-scrapbook-elem="sticky" dir="ltr" '
    'class="styled plaintext relative" style="width: 511px; height: 70px;">'
    "The plate says 14 June: that is a hundred and twelve days, not ninety.</scrapbook-sticky>"
)
MARKER = (
    '<scrapbook-linemarker data-scrapbook-id="20220806091204310" data-scrapbook-elem="linemarker" style="background: '
    '#00FF00; background: linear-gradient(transparent 40%, rgba(0,255,0,0.9) 90%, transparent 100%);" '
    'class="first last" title="Told by whom? No name is given.">a bridge is a bridge when one can cross it'
    "</scrapbook-linemarker>"
)


def captured(story: Story, create: str, more: str = "", head: str = "") -> str:
    """The page as it is written; ``create`` is the moment of the save, 17 digits, UTC."""
    root = f' data-scrapbook-source="{story.url}" data-scrapbook-create="{create}"{more}>'
    page = story.html(root, head)
    for words, address in LINKS.items():
        page = page.replace(words, f'<a href="{address}">{words}</a>')
    return page


def folder() -> Mapping[str, bytes]:
    """The page with the files that it loads beside it."""
    style = b"body { max-width: 40em; margin: auto; font-family: serif; }\nnav a { margin-right: 1em; }\n"
    head = '<link rel="stylesheet" href="notebook.css">'
    page = captured(RIDER, "20230304181733402", head=head)
    return {"index.html": page.encode(), "gauge.png": gauge(19), "notebook.css": style}


def htz() -> bytes:
    """The same, packed, with a comment on the page, a sticky note after a paragraph, and a line marker."""
    comment = escape("For the file on the bridge. The poster of July is in the second box.")
    page = captured(BRIDGE, "20220805101500000", f' data-scrapbook-comment="{comment}"')
    page = page.replace("with planks.</p>", f"with planks.</p>{STICKY}")
    page = page.replace("a bridge is a bridge when one can cross it", MARKER)
    return packed({"index.html": page.encode(), "gauge.png": gauge(9)}, (2022, 8, 5, 12, 15, 0))


def single() -> bytes:
    """The page with the files that it loads written into it, each under the name that it had."""
    picture = f"data:image/png;filename=gauge.png;base64,{base64.b64encode(gauge(4)).decode()}"
    style = "<style>body { font-family: sans-serif; } footer { color: gray; }</style>"
    page = captured(TELEGRAM, "20230315070411096", head=style)
    return page.replace('src="gauge.png"', f'src="{picture}"').encode()


def main() -> int:
    """Write all three."""
    place = SAMPLES / "20230304181733402"
    place.mkdir(exist_ok=True)
    for name, data in folder().items():
        (place / name).write_bytes(data)
    (SAMPLES / "20220805101500000.htz").write_bytes(htz())
    (SAMPLES / f"{TELEGRAM.title} - {TELEGRAM.site}.html").write_bytes(single())
    return 0


if __name__ == "__main__":
    sys.exit(main())
