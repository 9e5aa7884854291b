"""Everything that can be done in the window, as one table: id, menu text, shortcut, icon.

In: nothing.  Out: ``ACTIONS`` and ``MENUS``, and ``make_actions`` which turns the table into QActions.  Separate so
that menus, toolbar, shortcut list and tests read one table, and no shortcut is given twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from archive_viewer.model import Colour
from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class Action:
    """One act.  ``reader_key`` is a bare key that works while the reader has the focus; the reader itself obeys it.
    ``tree_key`` works while the arrangement has the focus, which obeys it in the same way; ``list_key`` while the list
    of pages has.

    ``writes``: it changes the library, so it is off where the library is read-only.
    """

    id: str
    text: str
    keys: tuple[str | Key, ...] = ()
    icon: str = ""
    reader_key: str = ""
    tree_key: str = ""
    list_key: str = ""
    is_checkable: bool = False
    writes: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole


ACTIONS = (
    Action("new-library", QT_TRANSLATE_NOOP("Actions", "&New Library…"), ("Ctrl+Shift+N",)),
    Action("open-library", QT_TRANSLATE_NOOP("Actions", "&Open Library…"), (Key.Open,), "library"),
    Action("import-files", QT_TRANSLATE_NOOP("Actions", "&Import Files…"), ("Ctrl+I",), "import", writes=True),
    Action("import-folder", QT_TRANSLATE_NOOP("Actions", "Import &Folder…"), ("Ctrl+Shift+I",), "folder", writes=True),
    Action("export", QT_TRANSLATE_NOOP("Actions", "&Export Excerpts…"), ("Ctrl+E",), "export"),
    Action("print", QT_TRANSLATE_NOOP("Actions", "&Print…"), (Key.Print,), "print"),
    Action("close-tab", QT_TRANSLATE_NOOP("Actions", "&Close Tab"), ("Ctrl+W", "Ctrl+F4")),
    Action("reopen-tab", QT_TRANSLATE_NOOP("Actions", "&Reopen Closed Tab"), ("Ctrl+Shift+T",)),
    Action("quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), ("Ctrl+Q",), role=QAction.MenuRole.QuitRole),
    Action("undo", QT_TRANSLATE_NOOP("Actions", "&Undo"), (Key.Undo,), "undo", writes=True),
    Action("redo", QT_TRANSLATE_NOOP("Actions", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", writes=True),
    Action("copy", QT_TRANSLATE_NOOP("Actions", "&Copy"), (Key.Copy,), "copy"),
    Action("copy-citation", QT_TRANSLATE_NOOP("Actions", "Copy with C&itation"), ("Ctrl+Shift+C",), "quote"),
    Action("select-all", QT_TRANSLATE_NOOP("Actions", "Select &All"), (Key.SelectAll,)),
    Action("find", QT_TRANSLATE_NOOP("Actions", "&Find in Page"), (Key.Find,), "search"),
    Action("find-next", QT_TRANSLATE_NOOP("Actions", "Find &Next"), ("F3",)),
    Action("find-previous", QT_TRANSLATE_NOOP("Actions", "Find Pre&vious"), ("Shift+F3",)),
    Action("search", QT_TRANSLATE_NOOP("Actions", "&Search the Library"), ("Ctrl+K", "Ctrl+Shift+F"), "search"),
    Action("concordance", QT_TRANSLATE_NOOP("Actions", "Concor&dance"), ("Ctrl+Shift+K",), "concordance"),
    Action("find-source", QT_TRANSLATE_NOOP("Actions", "Find the S&ource of a Quote…"), ("Ctrl+Shift+S",), "quote"),
    Action("save-search", QT_TRANSLATE_NOOP("Actions", "Save Searc&h…"), ("Ctrl+S",), "star", writes=True),
    Action("tag-items", QT_TRANSLATE_NOOP("Actions", "Ta&gs of the Page…"), ("Ctrl+T",), "tag", writes=True),
    Action("describe", QT_TRANSLATE_NOOP("Actions", "Descripti&on"), ("Ctrl+D",), "note"),
    Action(
        "describe-many",
        QT_TRANSLATE_NOOP("Actions", "Describe Se&lected Pages…"),
        ("Ctrl+Shift+D",),
        writes=True,
    ),
    Action("provenance", QT_TRANSLATE_NOOP("Actions", "Prove&nance Sheet"), (), "info"),
    Action("reread", QT_TRANSLATE_NOOP("Actions", "&Read in Another Character Set…"), (), "letters", writes=True),
    Action("clean-again", QT_TRANSLATE_NOOP("Actions", "Clean &Again"), (), "clean", writes=True),
    Action("site-rules", QT_TRANSLATE_NOOP("Actions", "Rules for &Sites…"), (), "site"),
    Action("delete", QT_TRANSLATE_NOOP("Actions", "Move to the &Bin"), (), "bin", writes=True),
    Action("restore", QT_TRANSLATE_NOOP("Actions", "&Take out of the Bin"), (), "restore", writes=True),
    Action("delete-for-good", QT_TRANSLATE_NOOP("Actions", "&Delete for Good…"), (), writes=True),
    Action("deaccession", QT_TRANSLATE_NOOP("Actions", "Deacc&ession…"), (), writes=True),
    Action("events-of-page", QT_TRANSLATE_NOOP("Actions", "All E&vents of the Page"), (), "clock"),
    Action("view-clean", QT_TRANSLATE_NOOP("Actions", "&Clean"), ("Ctrl+1",), "clean", is_checkable=True),
    Action(
        "view-stripped",
        QT_TRANSLATE_NOOP("Actions", "What Was &Stripped"),
        ("Ctrl+2",),
        "stripped",
        is_checkable=True,
    ),
    Action("show-library", QT_TRANSLATE_NOOP("Actions", "&Library"), ("F9",), "panel-left", is_checkable=True),
    Action("show-margin", QT_TRANSLATE_NOOP("Actions", "&Margin"), ("F10",), "panel-right", is_checkable=True),
    Action("show-activity", QT_TRANSLATE_NOOP("Actions", "&Activity"), ("F8",), "panel-bottom", is_checkable=True),
    Action("show-outline", QT_TRANSLATE_NOOP("Actions", "&Outline"), ("Ctrl+Shift+O",), "outline", is_checkable=True),
    Action("zoom-in", QT_TRANSLATE_NOOP("Actions", "Zoom &In"), (Key.ZoomIn, "Ctrl+=")),
    Action("zoom-out", QT_TRANSLATE_NOOP("Actions", "Zoom O&ut"), (Key.ZoomOut,)),
    Action("zoom-reset", QT_TRANSLATE_NOOP("Actions", "&Normal Size"), ("Ctrl+0",)),
    Action("full-screen", QT_TRANSLATE_NOOP("Actions", "&Full Screen"), ("F11",), is_checkable=True),
    Action("back", QT_TRANSLATE_NOOP("Actions", "&Back"), (Key.Back,), "back"),
    Action("forward", QT_TRANSLATE_NOOP("Actions", "&Forward"), (Key.Forward,), "forward"),
    Action("next-hit", QT_TRANSLATE_NOOP("Actions", "Next &Hit"), ("F4",)),
    Action("previous-hit", QT_TRANSLATE_NOOP("Actions", "Previous H&it"), ("Shift+F4",)),
    Action("next-mark", QT_TRANSLATE_NOOP("Actions", "Next &Mark"), ("Ctrl+Shift+Down",)),
    Action("previous-mark", QT_TRANSLATE_NOOP("Actions", "Previous M&ark"), ("Ctrl+Shift+Up",)),
    Action("next-capture", QT_TRANSLATE_NOOP("Actions", "Next &Capture"), ("F7",)),
    Action("previous-capture", QT_TRANSLATE_NOOP("Actions", "Previous Ca&pture"), ("Shift+F7",)),
    Action("next-tab", QT_TRANSLATE_NOOP("Actions", "Next &Tab"), ("Ctrl+PgDown", "Ctrl+Tab")),
    Action("previous-tab", QT_TRANSLATE_NOOP("Actions", "Previo&us Tab"), ("Ctrl+PgUp", "Ctrl+Shift+Tab")),
    Action("next-pane", QT_TRANSLATE_NOOP("Actions", "Next &Pane"), ("F6",)),
    Action("previous-pane", QT_TRANSLATE_NOOP("Actions", "Previous Pa&ne"), ("Shift+F6",)),
    Action("new-unit", QT_TRANSLATE_NOOP("Actions", "&New Unit…"), (), "plus", tree_key="Ins", writes=True),
    Action("rename-unit", QT_TRANSLATE_NOOP("Actions", "&Rename the Unit"), tree_key="F2", writes=True),
    Action("change-unit", QT_TRANSLATE_NOOP("Actions", "&Level and Code…"), tree_key="Shift+F2", writes=True),
    Action("remove-unit", QT_TRANSLATE_NOOP("Actions", "Re&move the Unit"), (), "bin", tree_key="Del", writes=True),
    Action("unit-up", QT_TRANSLATE_NOOP("Actions", "Move &Up"), tree_key="Alt+Up", writes=True),
    Action("unit-down", QT_TRANSLATE_NOOP("Actions", "Move &Down"), tree_key="Alt+Down", writes=True),
    Action("unit-out", QT_TRANSLATE_NOOP("Actions", "Move &Out of Its Parent"), tree_key="Alt+Left", writes=True),
    Action("unit-in", QT_TRANSLATE_NOOP("Actions", "Move &In under the One Above"), tree_key="Alt+Right", writes=True),
    Action("move-unit", QT_TRANSLATE_NOOP("Actions", "Move the Unit &to…"), tree_key="Ctrl+Shift+M", writes=True),
    Action("page-up", QT_TRANSLATE_NOOP("Actions", "Move P&age Up"), list_key="Alt+Up", writes=True),
    Action("page-down", QT_TRANSLATE_NOOP("Actions", "Move Pa&ge Down"), list_key="Alt+Down", writes=True),
    Action("move-pages", QT_TRANSLATE_NOOP("Actions", "Move &Pages to…"), ("Ctrl+Shift+M",), "folder", writes=True),
    Action("arrange-by", QT_TRANSLATE_NOOP("Actions", "Arrange by Site, &Year or Folder…"), (), "arrange", writes=True),
    Action("renumber", QT_TRANSLATE_NOOP("Actions", "Renum&ber…"), writes=True),
    Action("levels", QT_TRANSLATE_NOOP("Actions", "Le&vels of Description…")),
    *(
        Action(f"mark-{colour}", text, (), f"colour-{colour}", reader_key=str(number), writes=True)
        for number, (colour, text) in enumerate(
            (
                (Colour.YELLOW, QT_TRANSLATE_NOOP("Actions", "&Yellow")),
                (Colour.RED, QT_TRANSLATE_NOOP("Actions", "&Red")),
                (Colour.GREEN, QT_TRANSLATE_NOOP("Actions", "&Green")),
                (Colour.BLUE, QT_TRANSLATE_NOOP("Actions", "&Blue")),
                (Colour.PURPLE, QT_TRANSLATE_NOOP("Actions", "&Purple")),
                (Colour.GREY, QT_TRANSLATE_NOOP("Actions", "Gr&ey")),
            ),
            start=1,
        )
    ),
    Action("note", QT_TRANSLATE_NOOP("Actions", "&Note…"), ("Ctrl+M",), "note", "N", writes=True),
    Action("tag-mark", QT_TRANSLATE_NOOP("Actions", "&Tags of the Mark…"), (), "tag", "T", writes=True),
    Action("start-link", QT_TRANSLATE_NOOP("Actions", "&Start Link"), ("Ctrl+L",), "link", "L", writes=True),
    Action("finish-link", QT_TRANSLATE_NOOP("Actions", "&Finish Link Here…"), ("Ctrl+Shift+L",), "link", writes=True),
    Action("leave-link", QT_TRANSLATE_NOOP("Actions", "&Leave the Link"), (Key.Cancel,), "close"),
    Action("place-here", QT_TRANSLATE_NOOP("Actions", "Place &on the Selection"), (), "pin", writes=True),
    Action("confirm-place", QT_TRANSLATE_NOOP("Actions", "&Confirm Its Place"), (), "check", writes=True),
    Action("delete-mark", QT_TRANSLATE_NOOP("Actions", "&Delete the Mark"), (), "bin", writes=True),
    Action("check-originals", QT_TRANSLATE_NOOP("Actions", "&Check Stored Files"), (), "shield", writes=True),
    Action("add-sha512", QT_TRANSLATE_NOOP("Actions", "Add SHA-&512 to Stored Files"), (), "shield", writes=True),
    Action("fixity", QT_TRANSLATE_NOOP("Actions", "Fi&xity…"), (), "shield"),
    Action("accession", QT_TRANSLATE_NOOP("Actions", "&Accession…"), (), "accession"),
    Action("events", QT_TRANSLATE_NOOP("Actions", "&Events"), ("Ctrl+Shift+E",), "clock"),
    Action("deaccessions", QT_TRANSLATE_NOOP("Actions", "&Pages Given Up"), (), "report"),
    Action("rebuild-index", QT_TRANSLATE_NOOP("Actions", "&Rebuild the Search Index"), (), writes=True),
    Action("search-engine", QT_TRANSLATE_NOOP("Actions", "Searc&h Engine…")),
    Action("clean-older-again", QT_TRANSLATE_NOOP("Actions", "Clean &Older Pages Again"), (), "clean", writes=True),
    Action("verify-export", QT_TRANSLATE_NOOP("Actions", "&Verify an Export…")),
    Action("go-back-to", QT_TRANSLATE_NOOP("Actions", "&Go Back to a Backup…")),
    Action("back-up", QT_TRANSLATE_NOOP("Actions", "&Back Up Now"), (), writes=True),
    Action("give-back", QT_TRANSLATE_NOOP("Actions", "&Give Back Originals…")),
    Action("bag-library", QT_TRANSLATE_NOOP("Actions", "Bag &Library…"), (), "accession", writes=True),
    Action("bag-pages", QT_TRANSLATE_NOOP("Actions", "Bag &Selected Pages…"), writes=True),
    Action("open-bag", QT_TRANSLATE_NOOP("Actions", "Ope&n Bag…")),
    Action("copy-library", QT_TRANSLATE_NOOP("Actions", "Cop&y Library…"), (), "copy", writes=True),
    Action("merge-library", QT_TRANSLATE_NOOP("Actions", "&Merge Library…"), writes=True),
    Action("show-folder", QT_TRANSLATE_NOOP("Actions", "Show the Library &Folder"), (), "folder"),
    Action("repository", QT_TRANSLATE_NOOP("Actions", "Reposi&tory…")),
    Action("finding-aid", QT_TRANSLATE_NOOP("Actions", "F&inding Aid"), (), "report"),
    Action("first-steps", QT_TRANSLATE_NOOP("Actions", "&Three Things to Try"), (), "steps"),
    Action("guide", QT_TRANSLATE_NOOP("Actions", "&Guide"), (Key.HelpContents,), "info"),
    Action("about", QT_TRANSLATE_NOOP("Actions", "&About Archive Viewer"), role=QAction.MenuRole.AboutRole),
)

SEPARATOR = "-"
MENUS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "file",
        QT_TRANSLATE_NOOP("Actions", "&File"),
        (
            *("new-library", "open-library", ">recent", SEPARATOR, "import-files", "import-folder", SEPARATOR),
            *("export", "give-back", "print", SEPARATOR, "close-tab", "reopen-tab", SEPARATOR, "quit"),
        ),
    ),
    (
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Edit"),
        (
            *("undo", "redo", SEPARATOR, "copy", "copy-citation", "select-all", SEPARATOR),
            *("find", "find-next", "find-previous", "search", "save-search", "concordance", "find-source"),
        ),
    ),
    (
        "view",
        QT_TRANSLATE_NOOP("Actions", "&View"),
        (
            *("view-clean", "view-stripped", SEPARATOR, "show-library", "show-margin", "show-outline"),
            *("show-activity", SEPARATOR, "zoom-in", "zoom-out", "zoom-reset", ">width", ">font", SEPARATOR),
            *(">theme", "full-screen"),
        ),
    ),
    (
        "go",
        QT_TRANSLATE_NOOP("Actions", "&Go"),
        (
            *("back", "forward", SEPARATOR, "next-hit", "previous-hit", "next-mark", "previous-mark", SEPARATOR),
            *("next-tab", "previous-tab", "next-pane", "previous-pane"),
        ),
    ),
    (
        "page",
        QT_TRANSLATE_NOOP("Actions", "&Page"),
        (
            *(
                "tag-items",
                "describe",
                "describe-many",
                "provenance",
                SEPARATOR,
                "reread",
                "clean-again",
                "site-rules",
                SEPARATOR,
                "next-capture",
                "previous-capture",
                SEPARATOR,
            ),
            *("events-of-page", SEPARATOR, "delete", "restore", "delete-for-good", "deaccession"),
        ),
    ),
    (
        "arrange",
        QT_TRANSLATE_NOOP("Actions", "&Arrange"),
        (
            *("new-unit", "rename-unit", "change-unit", "remove-unit", SEPARATOR),
            *("unit-up", "unit-down", "unit-out", "unit-in", "move-unit", SEPARATOR),
            *("page-up", "page-down", "move-pages", "arrange-by", SEPARATOR, "renumber", "levels"),
        ),
    ),
    (
        "mark",
        QT_TRANSLATE_NOOP("Actions", "&Mark"),
        (
            *(f"mark-{colour}" for colour in Colour),
            *(SEPARATOR, "note", "tag-mark", SEPARATOR, "start-link", "finish-link", "leave-link", SEPARATOR),
            *("confirm-place", "place-here", "delete-mark"),
        ),
    ),
    (
        "library",
        QT_TRANSLATE_NOOP("Actions", "&Library"),
        (
            *("accession", "events", "deaccessions", "finding-aid", "repository", SEPARATOR),
            *(
                "verify-export",
                "check-originals",
                "add-sha512",
                "fixity",
                SEPARATOR,
                "back-up",
                "go-back-to",
                SEPARATOR,
            ),
            *("bag-library", "bag-pages", "open-bag", "copy-library", "merge-library", SEPARATOR),
            *("rebuild-index", "search-engine", "clean-older-again", "show-folder"),
        ),
    ),
    ("help", QT_TRANSLATE_NOOP("Actions", "&Help"), ("guide", "first-steps", SEPARATOR, "about")),
)

STRETCH = "="
TOOLBAR = (
    *("show-library", SEPARATOR, "back", "forward", SEPARATOR, "import-files", "export", SEPARATOR),
    *("undo", "redo", STRETCH, "show-outline", "show-margin"),
)


def make_actions(parent: QObject) -> dict[str, QAction]:
    """Every action of the table, owned by ``parent``, by id."""
    made: dict[str, QAction] = {}
    for action in ACTIONS:
        text = QCoreApplication.translate("Actions", action.text)
        # A bare key is the reader's own affair: as a shortcut of the window it would swallow typing elsewhere.
        key = action.reader_key or action.tree_key or action.list_key
        made_action = QAction(f"{text}\t{key}" if key and not action.keys else text, parent)
        made_action.setObjectName(action.id)
        made_action.setCheckable(action.is_checkable)
        made_action.setMenuRole(action.role)
        made_action.setShortcuts([QKeySequence(key) for key in action.keys])
        made_action.setToolTip(tip_of(made_action))
        made[action.id] = made_action
    return made


def plain_text(action: QAction) -> str:
    """The action's menu text without the mnemonic and the dots."""
    # Two of them are one that is meant.
    parts = action.text().split("\t")[0].split("&&")
    return "&".join(part.replace("&", "") for part in parts).removesuffix("…")


def tip_of(action: QAction) -> str:
    """What a tool button says when it is hovered: the text and its key."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{plain_text(action)}  ({keys})" if keys else plain_text(action)
