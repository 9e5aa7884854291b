"""Writes the sample pages that lie in containers: each form that is not written by hand.

Nothing in, files in ``sample_archive/`` out, the same on every run.  Run from the root of the project:
``python packaging/sample_containers.py``.
"""

from __future__ import annotations

import io
import plistlib
import struct
import sys
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "sample_archive"
NOTE = "Sample page written for Archive Viewer; the people and places are invented."
Time = tuple[int, int, int, int, int, int]


@dataclass(frozen=True)
class Story:
    """A page's own words; ``menu`` and ``after`` are what the cleaner strips."""

    site: str
    url: str
    title: str
    author: str
    published: str
    paragraphs: Sequence[str]
    menu: Sequence[str]
    after: str
    picture: str = ""
    caption: str = ""

    def html(self, root: str = "", head: str = "", top: str = "", before: str = "") -> str:
        """The page; ``root`` are attributes of ``<html>`` and a comment, ``top`` what an archive puts first."""
        meta = f'<meta name="author" content="{escape(self.author)}">' if self.author else ""
        byline = f'<p class="byline">By <span class="author">{escape(self.author)}</span></p>' if self.author else ""
        menu = " ".join(f'<a href="/{number}">{escape(words)}</a>' for number, words in enumerate(self.menu, 1))
        text = "\n".join(f"<p>{escape(words, quote=False)}</p>" for words in self.paragraphs)
        figure = (
            f'<figure><img src="{self.picture}" alt="{escape(self.caption)}"><figcaption>{escape(self.caption)}'
            "</figcaption></figure>\n"
            if self.picture
            else ""
        )
        return (
            f'<!DOCTYPE html>\n{before}<html lang="en"{root}\n<head>{head}<meta charset="utf-8">\n'
            f"<title>{escape(self.title)} | {escape(self.site)}</title>\n{meta}\n"
            f'<meta property="article:published_time" content="{self.published}">\n</head>\n<body>{top}\n'
            f"<nav>{menu}</nav>\n<article>\n<h1>{escape(self.title)}</h1>\n{byline}\n{figure}{text}\n"
            f"<p><em>{NOTE}</em></p>\n</article>\n<footer><p>{escape(self.after)}</p></footer>\n</body>\n</html>\n"
        )


def gauge(mark: int) -> bytes:
    """A picture of a gauge board in the water, 48 by 160 points, with the river at ``mark`` from 0 to 20 (PNG)."""
    rows = []
    for y in range(160):
        is_water = y >= 160 - mark * 8
        row = bytearray()
        for x in range(48):
            is_stroke = y % 8 < 2 and x < (36 if y % 40 < 8 else 24) and x >= 8
            board = (40, 40, 40) if is_stroke else (240, 236, 220)
            row += bytes((board[0] // 2, board[1] // 2 + 40, board[2] // 2 + 80) if is_water else board)
        rows.append(b"\0" + bytes(row))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", 48, 160, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(rows), 9)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def packed(members: Mapping[str, bytes], time: Time) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, time)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return target.getvalue()


GAZETTE = ("Snow report", "Market days", "Letters to the editor")
NOTEBOOK = ("About this notebook", "Earlier entries", "Write to me")
SHIPPING = ("Shipping", "Weather at sea", "Freight rates")
MELTWATER = Story(
    "The Pass Gazette",
    "https://www.passgazette.example/2022/05/08/meltwater-on-the-pass-road",
    "Meltwater on the pass road",
    "Lidka Marovenne",
    "2022-05-08",
    (
        "The road over the Tolvessek Pass has been under a hand’s breadth of water since Thursday. The lorries go "
        "through it at walking pace, and the drivers open their doors to look down at the edge, because the posts "
        "that mark it were burned for firewood in the winter.",
        "The clerk at the western post keeps two books now. In the first he writes the weight of each load, as he has "
        "done since November. In the second he writes how deep the water stands at his door, and nobody has asked "
        "him to.",
        "On Saturday he showed the second book to an engineer of the Kunjavat delegation who had come up on foot. She "
        "copied eleven lines, thanked him, and said that it was the first reading of any water in Ormazhan that she "
        "had been given without a stamp.",
    ),
    GAZETTE,
    "Corrections are printed on Mondays. All rights reserved by The Pass Gazette.",
    "https://www.passgazette.example/pictures/doorpost.png",
    "The doorpost of the western post, with the water at the seventh stroke",
)
WHAT_FOR = Story(
    "An Envoy’s Notebook",
    "https://envoysnotebook.example/what-a-gauge-is-for/",
    "What a gauge is for",
    "Ilse Quorrinde",
    "2022-06-12",
    (
        "A gauge is a board with strokes on it. It does not hold back any water, and no field has ever been flooded or "
        "spared by one. I have sat through four days of talks about who may stand in front of such a board with a "
        "pencil.",
        "What a gauge is for, an old interpreter told me, is that two people who do not believe each other can look at "
        "the same thing. It need not be exact. It only has to be there, and to be the same board for both.",
        "I asked him what happens when they still do not agree. Then, he said, you have found out something that is "
        "worth knowing, and it has nothing to do with the river.",
    ),
    NOTEBOOK,
    "Entries may be copied whole. Powered by patience.",
    "index_files/gauge.png",
    "A board with strokes on it",
)
LEDGER = Story(
    "The Tarnhelde Ledger",
    "https://ledger.tarnhelde.example/politics/2022/09/21/the-green-ledger",
    "The green ledger comes to Tarnhelde",
    "Osric Hallenbeth",
    "2022-09-21",
    (
        "The ledger of the unpaid salaries, bound in green cloth, which lay on the table at Ras Miqlad for two days "
        "last October, was laid before the foreign affairs committee on Wednesday. It has grown. A second volume had "
        "to be carried in by an usher, who was thanked.",
        "Members were invited to open it anywhere. Ingrith Sallowby opened it at the district of Kessaby and read "
        "aloud the names of nine teachers at one school, with what each was owed. Then she closed it and said that "
        "she would like that to be in the record as it was, without a remark.",
        "Corwen Habbelthwaite of the Bank of Tarnhelde said that he had checked two hundred lines against the "
        "payments of the old republic, and that two hundred were right.",
    ),
    ("Politics", "Long reads", "Chess"),
    "Terms of use. The Tarnhelde Ledger is printed on the day before its date.",
    "The green ledger comes to Tarnhelde_files/gauge.png",
    "The one drawing in the ledger: a gauge, on its last page",
)
HARBOUR = Story(
    "Tidegate Wire",
    "https://tidegatewire.example/story/selm-silt-20221004",
    "Selm silt closes second berth at Ras Miqlad",
    "Petra Ostwyn",
    "2022-10-04",
    (
        "Ras Miqlad (TW) - The harbour master closed the second of five berths on Tuesday because of silt that the "
        "Selm has carried down since the spring flood. Ships with a draught of more than six metres are asked to "
        "wait outside.",
        "The harbour does not know how much more is coming. It used to be told the level of the river three days "
        "ahead, by a telegram from the gauge house at Tolvessek. The last telegram arrived in 2011 and hangs in a "
        "frame in the office.",
        "Freight for the grain road goes by way of the third berth, with a delay of one tide.",
    ),
    SHIPPING,
    "Tidegate Wire accepts no liability for tides.",
    "images/gauge.png",
    "The gauge at the third berth",
)
GAUGE_HOUSE = Story(
    "The Pass Gazette",
    "http://www.passgazette.example/archive/2008/gaugehouse.htm",
    "A day at the gauge house",
    "Lidka Marovenne",
    "2008-06-13",
    (
        "The gauge house on the Selm has one room, one lamp and two keepers, who have not spoken to each other since "
        "the flood of 1999. They read the board at six in the morning, one after the other, and each writes the "
        "number into a book of his own.",
        "At noon a boy on a bicycle compares the books. In nine years, he says, they have differed twice, and both "
        "times it was he who had read them wrong.",
        "The number goes by telegraph to Selmirat, to the Kunjavat plain and to the harbour of Ras Miqlad. Nobody "
        "has ever answered. The keepers take that to mean that it is believed.",
    ),
    GAZETTE,
    "Best viewed in 800 by 600. Sign our guest book.",
    "gauge.png",
    "The board at Tolvessek on the morning of 13 June, at twelve",
)
TABLES = Story(
    "Water Office of Ormazhan",
    "http://wateroffice.ormazhan.example/tables/2011.html",
    "Levels of the Selm at Tolvessek, first quarter of 2011",
    "",
    "2011-04-02",
    (
        "The Water Office publishes the levels of the Selm as they are read at six in the morning at the gauge of "
        "Tolvessek, in strokes above the foot of the board. The river stood at four on the first of January, at five "
        "from the ninth of February, and at eleven on the last day of March.",
        "The rise of March came eight days before that of the year before. Farmers of the plain are advised to look to "
        "their dykes below the second bridge, and to expect nineteen strokes or more in the last week of April.",
        "The tables of the second quarter will be published at this address on the second of July.",
    ),
    ("The Office", "Tables", "Dykes and bridges"),
    "Water Office of the Republic of Ormazhan, Selmirat. Telephone 41.",
)
BREAD = Story(
    "Upland Voice",
    "https://voice.upland.example/en/notices/bread",
    "Notice on the price of bread",
    "",
    "2022-05-06",
    (
        "The administration makes known that bread is three marks in Selmirat, as it has been said before, and that "
        "it is three marks in every other place. Whoever has paid more has not bought bread but has listened to a "
        "rumour.",
        "Bakers who have no flour are advised to say so in the morning and not in the evening. Citizens who stand in a "
        "queue are advised to stand in it quietly, since a queue is seen from the air.",
        "This notice takes the place of the notice of the second of May, which is not to be read any more.",
    ),
    ("Statements", "Notices", "The hours of the radio"),
    "Copying is permitted to those who read aloud.",
)

RDF = """<?xml version="1.0"?>
<RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#" xmlns:NC="http://home.netscape.com/NC-rdf#"
         xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <RDF:Description RDF:about="urn:root">
    <MAF:originalurl RDF:resource="{url}"/>
    <MAF:title RDF:resource="{title}"/>
    <MAF:archivetime RDF:resource="Sun Jun 19 2022 21:04:00 GMT+0200 (Sommerzeit von Tarnhelde)"/>
    <MAF:indexfilename RDF:resource="index.html"/>
    <MAF:charset RDF:resource="UTF-8"/>
  </RDF:Description>
</RDF:RDF>
"""
TOOLBAR = """<!-- BEGIN WAYBACK TOOLBAR INSERT -->
<div id="wm-ipp-base" lang="en"><div id="wm-ipp"><p>7 captures, 5 Apr 2011 to 20 May 2013. About this capture</p>
</div></div>
<!-- END WAYBACK TOOLBAR INSERT -->"""
END_NOTE = """<!--
     FILE ARCHIVED ON 08:15:42 May 20, 2013 AND RETRIEVED FROM THE
     INTERNET ARCHIVE ON 17:30:09 Feb 03, 2022.
     JAVASCRIPT APPENDED BY WAYBACK MACHINE, COPYRIGHT INTERNET ARCHIVE.
-->
"""


def webarchive() -> bytes:
    page = {
        "WebResourceData": MELTWATER.html(">").encode(),
        "WebResourceFrameName": "",
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": MELTWATER.url,
    }
    picture = {
        "WebResourceData": gauge(7),
        "WebResourceMIMEType": "image/png",
        "WebResourceURL": MELTWATER.picture,
    }
    return plistlib.dumps({"WebMainResource": page, "WebSubresources": [picture]}, fmt=plistlib.FMT_BINARY)


def maff() -> bytes:
    folder = "1655665440000_217"
    note = RDF.format(url=WHAT_FOR.url, title=escape(f"{WHAT_FOR.title} | {WHAT_FOR.site}"))
    return packed(
        {
            f"{folder}/index.html": WHAT_FOR.html(">").encode(),
            f"{folder}/index.rdf": note.encode(),
            f"{folder}/index_files/gauge.png": gauge(12),
        },
        (2022, 6, 19, 21, 4, 0),
    )


def zipped() -> bytes:
    mark = f"<!-- saved from url=({len(LEDGER.url):04}){LEDGER.url} -->\n"
    members = {
        f"{LEDGER.title}.html": LEDGER.html(">", before=mark).encode(),
        f"{LEDGER.title}_files/gauge.png": gauge(3),
    }
    return packed(members, (2022, 9, 22, 8, 40, 0))


def self_extracting() -> bytes:
    comment = (
        f"<!--\n Page saved with SingleFile \n url: {HARBOUR.url} \n"
        " saved date: Tue Oct 04 2022 18:22:10 GMT+0300 (Ras Miqlad Standard Time)\n-->"
    )
    wrapper = (
        f"<!DOCTYPE html><html data-sfz>{comment}<meta charset=windows-1252><title>{HARBOUR.title}</title>"
        "<body hidden><p>This page unpacks itself.</p></body></html>\n"
    )
    page = {"index.html": HARBOUR.html(">").encode(), "images/gauge.png": gauge(14)}
    return wrapper.encode("ascii") + packed(page, (2022, 10, 4, 18, 22, 10))


def scrapbook() -> dict[str, bytes]:
    note = (
        f"id\t20080614093000\ntype\t\ntitle\t{GAUGE_HOUSE.title}\nchars\tUTF-8\nicon\t\nsource\t{GAUGE_HOUSE.url}\n"
        "comment\tThe two keepers.\n"
    )
    return {"index.html": GAUGE_HOUSE.html(">").encode(), "index.dat": note.encode(), "gauge.png": gauge(12)}


def wayback() -> bytes:
    script = (
        '<script type="text/javascript">\n  __wm.init("https://web.archive.org/web");\n'
        f'  __wm.wombat("{TABLES.url}","20130520081542","https://web.archive.org/","web","/_static/","1369037742");\n'
        "</script>\n<!-- End Wayback Rewrite JS Include -->\n"
    )
    page = TABLES.html(">", head=script, top=TOOLBAR)
    return (
        page.replace('href="/', f'href="https://web.archive.org/web/20130520081542/{TABLES.url[:36]}/') + END_NOTE
    ).encode()


def archive_today() -> bytes:
    head = (
        '<div id="HEADER"><b>archive.today</b> webpage capture. Saved from <input id="q" value="'
        f'{BREAD.url}"> 7 May 2022 06:51:20 UTC <input id="SHARE_LONGLINK" readonly value="https://archive.ph/'
        f'2022.05.07-065120/{BREAD.url}"> All snapshots from host</div>\n<div id="CONTENT">'
    )
    return BREAD.html(">", top=head).replace("</body>", "</div></body>").encode()


FILES = {
    "Meltwater on the pass road - The Pass Gazette.webarchive": webarchive,
    "What a gauge is for.maff": maff,
    "Tarnhelde Ledger, September.zip": zipped,
    "Selm silt closes second berth (10_4_2022 6_22_10 PM).html": self_extracting,
    "Levels of the Selm 2011 - Wayback Machine.html": wayback,
    "archive.ph - Notice on the price of bread.html": archive_today,
}


def main() -> int:
    """Write all of them."""
    for name, make in FILES.items():
        (SAMPLES / name).write_bytes(make())
    folder = SAMPLES / "20080614093000"
    folder.mkdir(exist_ok=True)
    for name, data in scrapbook().items():
        (folder / name).write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
