"""Every bound in one place, each with its reason.

A file over a limit is refused, or read as far as the limit with a warning that says so; nothing else is harmed.
"""

from __future__ import annotations

MIB = 1024 * 1024

HEAD_BYTES = 64 * 1024
"""The beginning of a file by which its form is told, and of a page in which its declarations are looked for: the
latest ``meta`` seen stands after 5 kB, a long head of scripts may come before it."""

CHARSET_SAMPLE = 32 * 1024
"""Bytes of each of the three places from which an undeclared character set is guessed; more changes no guess."""

GLIMPSE_BYTES = 512 * 1024
"""The beginning of a page that is shown while a person chooses its character set: its text may begin behind styles
and scripts, and cleaning more than this takes over a second."""

PAGE_BYTES = 64 * MIB
"""One page's own bytes.  The largest real page seen is 12 MB; parsing takes about ten times the bytes in memory."""

CONTAINER_BYTES = 2048 * MIB
"""A container that must be read whole (MHTML).  Real ones stay under 200 MB."""

RESOURCE_BYTES = 256 * MIB
"""One picture or other part of a page: videos saved in a page reach 100 MB."""

PARTS = 20_000
"""Parts of one MHTML file.  The most seen is 300."""

PART_HEADER_BYTES = 64 * 1024
"""The header of an MHTML file or of one of its parts.  The longest seen is 6 kB."""

PART_NESTING = 8
"""Multiparts within multiparts; two are seen."""

PARTS_BYTES = 256 * MIB
"""Parts of one page held in memory together: a page with its pictures averages 3 MB, the largest seen has 200."""

ZIP_MEMBERS = 100_000
ZIP_DIRECTORY_BYTES = 16 * MIB
"""Files of one ZIP archive, and its list of them, which is read whole: a saved site of 10,000 pages has 80,000."""

ZIP_FOLDERS = 100_000
"""Folders of one ZIP archive, in 700 bytes each: names may lie thirty deep, and no two in one folder."""

ZIP_EXPANSION = 100
ZIP_EXPANSION_FREE = 64 * MIB
"""How many times its own size a ZIP archive may grow when it is unpacked, beyond what any may: pages grow ten times,
a bomb a thousand times."""

WEBARCHIVE_BYTES = 512 * MIB
"""A Safari web archive, which is read whole, its parts once more: real ones stay under 50 MB."""

LIBRARY_TREE_BYTES = 32 * MIB
"""The list of pages of a ScrapBook library, looked through for each of its pages: 10,000 pages take 6 MB."""

LIBRARY_TREE_FILES = 20
LIBRARY_TREE_BRACES = 10
"""Files that such a list is parted into, and braces that a title in it may hold; four and one are seen."""

NOTE_BYTES = 64 * 1024
"""The note that a saver keeps beside a page (``index.rdf``, ``index.dat``); the longest seen has 2 kB."""

REFRESH_BYTES = 4_096
"""A page that only leads on to another one is no larger."""

KEYED_OBJECTS = 1_000
"""Parts of a web archive that are asked when their server sent them, and objects of one such answer; 60 are seen."""

LISTED_TITLE = 1_000
"""Characters of a page's title in the list of an archive; a longer one is cut, and the page has it whole."""

CODINGS = 4
"""Codings laid on one body, one over the other; two are seen, and each may be a bomb in a bomb."""

STATEMENTS = 50
STATEMENT_CHARACTERS = 2_000_000
STATED_OBJECTS = 5_000
"""Scripts in which a page states data about itself (JSON-LD), characters of one, and objects in it: shops list a
thousand goods."""

FRAMES = 200
FRAME_NESTING = 8
"""Frames of one page, and frames within frames; twelve and three are seen."""

WARC_EXPANSION = 300
WARC_EXPANSION_FREE = 256 * MIB
"""How many times its own size a WARC or ARC file may grow when it is unpacked, beyond what any may: pages grow five
times, gzip at the most a thousand times."""

ZSTD_WINDOW = 128 * MIB
ZSTD_DICTIONARY = 64 * MIB
"""Memory that unpacking Zstandard may take for what it looks back on, and the dictionary of a WARC file packed with
it: programs use 8 MB unless told otherwise, Archive Team's dictionaries have 1 MB."""

WARC_BYTES_TWICE = 2048 * MIB
"""Bytes unpacked a second time because lengths stated in a web archive are wrong; then it is only read onwards."""

WARC_FAULTS = 20_000
"""Damaged members of one web archive: each is tried in 50 µs, and a file may be made of nothing else.  After so many
what follows is not read."""

WARC_HEADER_BYTES = 64 * 1024
"""The header of a record, and of the HTTP message in it.  Servers accept 8 to 16 kB."""

WARC_PAGES = 250_000
"""Pages of one web archive: they are listed, in 400 bytes each, before the first is read."""

WARC_NEXT_DOOR = 4 * MIB
WARC_NEIGHBOURHOOD = 128 * MIB
"""How far before and behind a page its pictures are looked for in a large web archive, in bytes of the file: first next
door, which takes a thirtieth of a second, then in the neighbourhood, which takes two, and a whole archive may have
several GB."""

BY_PRODUCT_BYTES = 64 * 1024
"""HTML up to this size in a web archive is looked at for whether there is anything to read in it; frames without text
have a few KB of script, and whatever is longer is kept as a page."""

FRAMES_WRITTEN_IN = 50
"""Frames that a page carries in itself (SingleFile: ``srcdoc``) and that are read with it; advertising has dozens."""

FRAMES_OF_A_PAGE = 1_000
"""Addresses of frames that are looked for in one page of a web archive; pages full of advertisements have fifty."""

PAGE_LIST_BYTES = 128 * MIB
PAGE_LIST_LINE = 16 * MIB
"""The lists of pages in a WACZ file, and one line of them, which may hold the text of its page."""

WARC_ABOUT_BYTES = 16 * MIB
"""What an archive says of itself as a whole: the first record of a WARC file, the manifest of a WACZ file."""

REDIRECTS = 5
"""Redirects that are followed from the address of a picture; browsers follow 20, real ones have one or two."""

NESTING = 2_000
"""Depth of elements in a page.  Browsers flatten at 512; what lies deeper is read as children of this depth."""

TAGS = 2_000_000
"""Tags of one page: each, with the text behind it, takes 500 bytes and 10 µs.  Of 1,358 pages the fullest has 22,000;
the densest has one in 18 bytes, which would be 700,000 in the largest page seen."""

NODES = 500_000
"""Elements of one page that are weighed when its article is chosen, in 500 bytes each; what stands in others counts
for the element around them."""

BLOCKS = 200_000
"""Blocks of one page: a page of five million characters has 31,000."""

BLOCK_CHARACTERS = 1_000_000
"""Characters of one block; a longer run is cut into several blocks, so that layout stays possible."""

METAS = 10_000
COMMENTS = 100
"""Statements of a page about itself (``meta``), and comments before its content, in which savers leave their marks:
hundreds and ten are seen."""

ADDRESSES = 200_000
"""Addresses that a page loads, and as many that it leads to, which are looked for beside it; 12,000 are seen."""

ATTRIBUTE_CHARACTERS = 100_000
"""Characters of an attribute that is looked into (addresses, titles); ``data:`` addresses are only hashed."""

COMBINING_MARKS = 256
"""Combining marks in a row before one is set apart: composing them takes quadratic time, 40,000 took 1.2 s."""

MARKS = 5_000
"""Marks of other programs that are taken from one page; a well-read book of 300 pages has some hundreds."""

MARKS_OVERLAPPING = 8
"""Marks of other programs on one character: each keeps its own copy of its words, and three are seen."""

MARK_NOTE_CHARACTERS = 100_000
"""Characters of a note that came along in a page; a longer one is cut, and the stored file has it whole."""

TABLE_COLUMNS = 1_000
TABLE_PLACES = 1_000_000
"""Columns and places (rows by columns) of one table, spans counted; a larger one is read as paragraphs."""

TAG_CHARACTERS = 50_000
TAG_ATTRIBUTES = 1_000
"""A tag longer than this is looked into, and keeps so many attributes: 50,000 in one tag took the parser 2.5 s."""

COMPANIONS = 50_000
"""Files in a page's folder.  A real library of ten thousand pages averages seventy."""

COMPANION_NAME = 4_096
"""Characters of a relative address that may be the name of a file beside a page; systems allow no more."""

COMPANION_DEPTH = 32
"""Folders within folders beside a page.  Browsers write one, site copiers about ten."""

SPELLINGS = 1_000
"""Names of a folder that are looked through for one in other letters; in a larger one a name is found as it is written.
Each page of a folder of pages asks, and a thousand names take 1.5 ms."""

SHARED_FOLDER = 1_000
"""Files of a folder that a page loads from but that is not named like it: one with more is a site's, not a page's."""

SECONDS_PER_FILE = 120
"""A page that takes the worker longer ends it; after three such ends the file is refused."""

BYTES_A_SECOND = 5 * MIB
"""Added to that for large files: web archives are gone through once before their first page, at 40 MB a second."""

QUERY_CHARACTERS = 1_000
QUERY_DEPTH = 20
QUERY_CLAUSES = 64
"""A query's length, depth of brackets, and words."""

QUERY_EXPANSION = 2_048
QUERY_EXPANSION_IN_ALL = 4_096
"""Words of the index that one prefix, and all of a query, may stand for: each is a list to read, in 20 µs.  Without
this bound a prefix took 15 s on 30,000 pages."""

QUERY_FORMS = 64
QUERY_FORMS_IN_ALL = 1_024
"""Other forms that a word may have in one language, and all words of a query in all: lists to read, likewise.  Most
words have fewer than ten; an Estonian or a Hungarian one may have forty."""

QUERY_PHRASE = 256
QUERY_OPEN_WORDS = 16
QUERY_STARS = 8
"""Words of one phrase, words of a query with ``*``, ``?`` or ``~``, and ``*`` of one word: each such word walks a
part of the index's dictionary."""

QUERY_NEAR = 100
QUERY_NEARS = 4
"""Words that may lie between two that are to be near, and times that a query asks for it: the places of both are read
in every page that has them."""

QUERY_FUZZIES = 4
FUZZY_LETTERS = (4, 8)
"""Words of a query that are looked for in other spellings, each in 30 ms among 80,000 words; and letters of such a
word: with fewer than the first number it is like every other short word, from the second on two letters may differ."""

NEAR_WORDS_KEPT = 24_000_000
"""Bytes of lists of words that are kept for suggestions: those of 300,000 pages."""

QUERY_NAMES = 8
NAME_WORDS = 4
"""Names of a query that are sought however they are spelled, each in 10 to 100 ms; and words of such a name: they are
tried joined and apart in every way."""

NAME_SPELLINGS = 64
NAME_HALVES = 8
"""Words of the index that a name, and each half of one that is written in two, may stand for, the likest first."""

NAME_KEYS_KEPT = 32 * MIB
"""Keys of the words of an index that are kept for seeking names: those of two million words."""

NAMES_REMEMBERED = 1 << 16
NAMES_FOUND = 512
"""Words of which it is remembered how they sound and whether they are a name that is sought, and names and halves of
names of which it is remembered what they are in the index."""

POSTINGS_KEPT = 64 * MIB
"""Lists of pages by word that a searching process keeps in memory: those of 500 frequent words on 10,000 pages."""

LARGE_LIBRARY = 50_000
"""Pages from which on another engine of search is offered: a phrase of frequent words takes Whoosh a tenth of a second
then, and building its index several minutes."""

INDEX_SEGMENTS = 8
INDEX_SEGMENTS_AT_MOST = 16
"""Segments of the index: more than the first number are merged when there is leisure, more than the second at once,
for each is looked into for every word of a query and has nine open files, of which macOS allows a program 256."""

PASSAGES_PER_HIT = 1_000
"""Passages listed for one page."""

CONCORDANCE_LINES = 100_000
CONCORDANCE_CHARACTERS = 40_000_000
"""Lines of one concordance, and characters of all of them together: a line has some 170, and a hundred thousand of
them take 25 MB, in scripts other than Latin twice that.  Nobody reads so many; they are sorted, filtered, exported."""

CONCORDANCE_COPIED = 5_000
"""Lines of a concordance that are copied as text with their sources, in 400 characters each; more go into a file."""

SHORTEST_GUESS = 20
"""Characters: a quote shorter than this is never placed by likeness, only where it stands exactly."""

ANCHOR_CONTEXT = 48
"""Characters kept on each side of a mark's words."""

UNBROKEN_CHARACTERS = 10_000
"""Characters without a place to break a line that are laid out as one: the time is quadratic, 500,000 took 49 s."""

LAYOUT_CHARACTERS = 50_000
"""Characters of one block that are laid out as one: a longer one is painted slowly, line by line, on every frame."""

TABLE_ROWS_AT_ONCE = 60
"""Rows of a table that are laid out as one: a table is laid out whole, and 5,000 rows of six cells took 5 s."""

TABLE_COLUMNS_DRAWN = 40
"""Columns of a table that is drawn as one: more leave less room than a letter takes, and 1,000 took 34 s."""

SHOWN_CHARACTERS = 6_000_000
"""Characters of a page that are shown: five million take 300 MB once they are laid out.  All of it is searched."""

FOUND_IN_PAGE = 50_000
"""Places that find in page counts: a single letter in five million characters stands in 400,000."""

WORDS_COMPARED = 200_000
"""Words of a text that are compared with other texts; the longest page seen has a million, at 1.5 µs each."""

PAGES_COMPARED = 20_000
"""Pages of one dry run that are compared with one another, each in 2 kB; with the library's pages all are."""

PAGES_TOLD = 100
"""Pages of one container that the window is told of before an import: a web archive may have 250,000."""

LIKE_COMPARED = 200
LIKE_SHOWN = 20
"""Pages that are compared with one to find those like it, and that are named: a hundred empty forms of one site are
all alike, and nobody reads through them."""

BAND_READ = 1_000
"""Pages that are looked up because they share one band of sixteen: in a mirror of fifty thousand empty forms each would
else be laid beside all others, which takes days."""

QUOTE_COMPARED = 600
"""Characters of a quote that are compared whole; of a longer one the ends are sought, half of this each, and what
lies between is compared by threes of characters.  Edit distance takes quadratic time: 100,000 characters took 5 s."""

QUOTE_CHARACTERS = 40_000
QUOTE_WORDS = 3_000
QUOTE_PIECES = 24
"""Of a quote whose source is sought: characters that are read, words (in scripts without spaces, characters) that are
sought, and pieces between ellipses.  Nobody quotes ten pages; a whole book may be pasted by mistake."""

QUOTE_PAGES = 40
QUOTE_TEXT = 4_000_000
"""Pages that are compared with a quote, likeliest first, and characters of them in all, at 0.3 µs each."""

PLACES_WEIGHED = 64
"""Places that are compared closely for one mark; more than that many equally likely ones decide nothing."""

EXPORT_BYTES = 128 * MIB
"""An exported file that is read back to be verified: 10,000 excerpts take about 20 MB."""

TEXTS_AT_ONCE = 40
"""Texts that are derived anew within the act that changes them, at up to 10 ms each; those of more pages follow some
at a time, so that no transaction keeps others waiting."""

RULE_PAGES = 2_000
"""Pages of a site that are gone through to say what a rule would do, at 2 ms each; it applies to all."""

BAG_MANIFEST_BYTES = 256 * MIB
BAG_LINE = 16 * 1024
BAG_INFO_BYTES = MIB
"""A manifest of a bag, read line by line, one line of it, and what a bag says of itself: a hundred thousand files take
21 MB with SHA-512, and systems allow names of 4,096 bytes."""

BAG_FILES = 1_000_000
BAG_FOLDERS = 100_000
"""Files and folders of a bag, which are listed, in 400 bytes each, before the first is read."""

BAG_TROUBLES = 20
"""Troubles of a bag that are named: in one whose manifest is another's, every file would be."""
