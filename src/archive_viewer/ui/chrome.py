"""The furniture of the window: one style sheet, written from the colours and spaces of the theme.

In: a ``Theme``.  Out: the palette, the style sheet and the fonts on the application.  Separate so that widgets carry
names (``quiet``, ``chip``, ``iconButton``) and no looks.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from archive_viewer import settings
from archive_viewer.ui.theme import BASE, HAIR, LARGE, SMALL, TIGHT, WIDE, Theme, palette

RADIUS = 6


def dress(app: QApplication, look: Theme) -> None:
    """Give the whole application a theme's colours."""
    app.setPalette(palette(look))
    app.setStyleSheet(style_sheet(look))


def interface_font(base: QFont) -> QFont:
    """The system's own font, never smaller than can be read: some platforms without a desktop say 9 pixels."""
    font = QFont(base)
    if font.pointSizeF() < 10:
        font.setPointSizeF(10)
    return font


def style_sheet(look: Theme) -> str:
    """The style sheet of a theme."""
    accent = QColor(look.accent)
    tint = f"rgba({accent.red()}, {accent.green()}, {accent.blue()}, 36)"
    panel = QColor(look.panel)
    veil = f"rgba({panel.red()}, {panel.green()}, {panel.blue()}, 235)"
    # A style sheet takes a picture from a file only, and cannot colour it.
    tick = settings.resource(f"icons/tick-{'dark' if look.is_dark else 'light'}.svg").as_posix()
    return f"""
    QMainWindow, QDialog {{ background: {look.window}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QToolTip {{ background: {look.panel}; color: {look.ink}; border: 1px solid {look.rule}; padding: {TIGHT}px; }}

    QMenuBar {{ background: {look.window}; border-bottom: 1px solid {look.rule}; padding: {HAIR}px {TIGHT}px; }}
    QMenuBar::item {{ padding: {TIGHT}px {SMALL}px; border-radius: {TIGHT}px; background: transparent; }}
    QMenuBar::item:selected {{ background: {look.hover}; }}
    QMenu {{ background: {look.panel}; border: 1px solid {look.rule}; padding: {TIGHT}px; }}
    QMenu::item {{ padding: {TIGHT + 1}px {LARGE}px {TIGHT + 1}px {BASE}px; border-radius: {TIGHT}px; }}
    QMenu::item:selected {{ background: {tint}; color: {look.ink}; }}
    QMenu::item:disabled {{ color: {look.faint}; }}
    QMenu::icon {{ left: {SMALL}px; }}
    QMenu::icon:checked {{ background: {tint}; border: 1px solid {look.accent}; border-radius: {TIGHT}px; }}
    QMenu::indicator {{ left: {SMALL}px; width: 8px; height: 8px; border-radius: 4px; }}
    QMenu::indicator:checked {{ background: {look.accent}; }}
    QMenu::separator {{ height: 1px; background: {look.rule}; margin: {TIGHT}px {SMALL}px; }}

    QToolBar {{ background: {look.window}; border: none; border-bottom: 1px solid {look.rule};
                padding: {TIGHT}px {SMALL}px; spacing: {HAIR}px; }}
    QToolBar::separator {{ width: 1px; background: {look.rule}; margin: {TIGHT}px {SMALL}px; }}
    QStatusBar {{ background: {look.window}; border-top: 1px solid {look.rule}; color: {look.muted}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel {{ color: {look.muted}; padding: 0 {SMALL}px; }}

    QToolButton {{ border: 1px solid transparent; border-radius: {RADIUS}px; padding: {TIGHT}px {SMALL}px;
                   background: transparent; color: {look.ink}; }}
    QToolButton:hover {{ background: {look.hover}; }}
    QToolButton:pressed, QToolButton:checked {{ background: {tint}; }}
    QToolButton:focus {{ border: 1px solid {look.accent}; }}
    QToolButton:disabled {{ color: {look.faint}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QToolBar QToolButton {{ padding: {TIGHT}px; }}
    QToolButton#iconButton {{ padding: {TIGHT}px; }}
    QToolButton#tabClose {{ padding: {HAIR}px; border: none; }}
    QToolButton#quietButton {{ color: {look.muted}; }}
    QToolButton#chip {{ background: {tint}; border-radius: 11px; padding: {HAIR}px {SMALL}px; }}
    QToolButton#filterChip {{ border: 1px solid {look.rule}; border-radius: 13px; padding: {TIGHT}px {BASE}px; }}
    QToolButton#filterChip:checked {{ background: {tint}; border-color: {look.accent}; }}
    QToolButton#viewChoice {{ border: none; border-bottom: 2px solid transparent; border-radius: 0;
                              padding: {SMALL}px {BASE}px; color: {look.muted}; }}
    QToolButton#viewChoice:hover {{ background: transparent; color: {look.ink}; }}
    QToolButton#viewChoice:checked {{ background: transparent; color: {look.ink};
                                      border-bottom: 2px solid {look.accent}; }}
    QToolButton#viewChoice:focus {{ color: {look.accent}; }}

    QPushButton {{ border: 1px solid {look.strong_rule}; border-radius: {RADIUS}px; padding: {TIGHT + 1}px {WIDE}px;
                   background: {look.paper}; color: {look.ink}; min-width: 64px; }}
    QPushButton:hover {{ background: {look.hover}; }}
    QPushButton:default {{ background: {look.accent}; border-color: {look.accent}; color: {look.on_accent}; }}
    QPushButton:focus {{ border: 2px solid {look.accent}; padding: {TIGHT}px {WIDE - 1}px; }}
    QPushButton:default:focus {{ border: 2px solid {look.ink}; }}
    QPushButton:disabled {{ color: {look.faint}; background: {look.panel}; border-color: {look.rule}; }}

    QLineEdit, QPlainTextEdit, QComboBox {{ border: 1px solid {look.strong_rule}; border-radius: {RADIUS}px;
                   background: {look.paper}; color: {look.ink}; padding: {TIGHT + 1}px {SMALL}px;
                   selection-background-color: {look.selection}; selection-color: {look.ink}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {look.accent};
                   padding: {TIGHT}px {SMALL - 1}px; }}
    QLineEdit:disabled {{ background: {look.panel}; border-color: {look.rule}; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox QAbstractItemView {{ background: {look.panel}; border: 1px solid {look.rule};
                   selection-background-color: {tint}; selection-color: {look.ink}; padding: {TIGHT}px; }}
    QComboBox QLineEdit {{ border: none; padding: 0; }}
    QRadioButton {{ spacing: {SMALL}px; padding: {HAIR}px 0; }}
    QRadioButton::indicator {{ width: 14px; height: 14px; border-radius: 8px; border: 1px solid {look.strong_rule};
                   background: {look.paper}; }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {look.accent}; }}
    QRadioButton:focus {{ color: {look.accent}; }}

    QTreeView#libraryTree, #libraryPane {{ background: {look.window}; }}
    QTreeView#libraryTree {{ selection-background-color: transparent; show-decoration-selected: 0; }}
    QTreeView#libraryTree::branch, QTreeView#libraryTree::item {{ background: transparent; }}
    Outline {{ background: {look.paper}; padding: {SMALL}px 0; selection-background-color: {tint}; outline: none; }}
    Outline::item {{ padding: {TIGHT + 1}px {SMALL}px; color: {look.muted}; }}
    Outline::item:hover {{ color: {look.ink}; background: transparent; }}
    Outline::item:selected {{ color: {look.ink}; background: {tint}; }}
    Outline::branch {{ background: transparent; }}
    Outline::branch:selected {{ background: {tint}; }}
    #guidePages {{ background: {look.panel}; padding: {SMALL}px; outline: none; }}
    #guidePages::item {{ padding: {SMALL}px; border-radius: {TIGHT}px; color: {look.ink}; }}
    #guidePages::item:selected {{ background: {tint}; color: {look.ink}; }}
    #guideText {{ background: {look.paper}; }}
    #itemList, #itemList QListView, #margin, #margin QListView {{ background: {look.panel}; }}
    QTableView#prospects, QTableView#concordance {{ background: {look.paper}; outline: none;
                   selection-background-color: {look.selection};
                   selection-color: {look.ink}; }}
    QTableView#prospects::item, QTableView#concordance::item {{ padding: 0 {TIGHT}px; border: none; }}
    QHeaderView {{ background: {look.window}; border: none; }}
    QHeaderView::section {{ background: {look.window}; color: {look.muted}; border: none; padding: {TIGHT}px {SMALL}px;
                   border-bottom: 1px solid {look.rule}; border-right: 1px solid {look.rule}; }}
    QCheckBox {{ spacing: {SMALL}px; padding: {HAIR}px 0; }}
    QCheckBox:focus {{ color: {look.accent}; }}
    QCheckBox::indicator, QTableView::indicator {{ width: 14px; height: 14px; border-radius: 3px;
                   border: 1px solid {look.strong_rule}; background: {look.paper}; }}
    QCheckBox::indicator:checked, QTableView::indicator:checked {{ background: {look.accent};
                   border-color: {look.accent}; image: url("{tick}"); }}
    QTableView#longList {{ background: {look.paper}; border: none; selection-background-color: transparent; }}
    QListView#choices, QTreeView#choices, QTextBrowser#glimpse {{ background: {look.paper};
                   border: 1px solid {look.rule}; border-radius: {RADIUS}px; }}
    QTreeView#choices {{ outline: none; selection-background-color: {look.selection}; selection-color: {look.ink}; }}
    QTreeView#choices::item {{ padding: {TIGHT}px {HAIR}px; }}
    QTreeView#choices::item:disabled {{ color: {look.muted}; }}
    QTreeView#choices::branch {{ background: transparent; }}
    #margin QScrollArea, #prospectDetails, #fields {{ background: {look.panel}; }}
    QAbstractScrollArea {{ border: none; }}
    QPlainTextEdit {{ border: 1px solid {look.strong_rule}; }}
    QPlainTextEdit:focus {{ border: 2px solid {look.accent}; }}

    QTabWidget::pane {{ border: none; }}
    QTabBar {{ background: {look.window}; qproperty-drawBase: 0; }}
    QTabBar::tab {{ background: transparent; color: {look.muted}; border: none; padding: {SMALL}px {BASE}px;
                    border-bottom: 2px solid transparent; }}
    QTabBar::tab:hover {{ color: {look.ink}; }}
    QTabBar::tab:selected {{ color: {look.ink}; border-bottom: 2px solid {look.accent}; }}
    QTabBar::tab:focus {{ color: {look.accent}; }}
    #margin QTabBar {{ background: {look.panel}; }}
    #margin QTabBar::tab {{ padding: {SMALL}px {TIGHT + HAIR}px; }}
    #readerTabs > QTabBar::tab {{ border-bottom: none; border-right: 1px solid {look.rule};
                                 padding: {SMALL}px {BASE}px; }}
    #readerTabs > QTabBar::tab:selected {{ background: {look.paper}; border-top: 2px solid {look.accent}; }}
    #readerTabs > QTabBar::tab:!selected {{ border-top: 2px solid transparent; }}
    #readerTabs > QTabBar::tear {{ width: 0; border: none; }}
    #viewBar {{ background: {look.paper}; border-bottom: 1px solid {look.rule}; }}
    #findBar {{ background: {look.window}; border-top: 1px solid {look.rule}; }}
    #reader {{ background: {look.paper}; }}

    QSplitter::handle {{ background: {look.rule}; }}
    QSplitter::handle:hover {{ background: {look.accent}; }}

    QProgressBar {{ border: none; border-radius: 3px; background: {look.rule}; }}
    QProgressBar::chunk {{ border-radius: 3px; background: {look.accent}; }}

    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {look.rule}; border-radius: 4px; margin: {HAIR}px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {look.strong_rule}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

    #activity {{ background: {look.window}; border-top: 1px solid {look.rule}; }}
    #activity QScrollArea, #activity QWidget {{ background: {look.window}; }}
    #banner {{ background: {look.page_highlight}; border-bottom: 1px solid {look.rule}; }}
    #banner[isGood="true"] {{ background: {look.panel}; border-bottom: 1px solid {look.accent}; }}
    #linkBanner {{ background: {tint}; border-bottom: 1px solid {look.accent}; }}
    #firstSteps {{ background: {look.paper}; border: 1px solid {look.rule}; border-radius: {SMALL}px; }}
    #firstStepsList {{ background: {look.paper}; }}
    #dropHint {{ background: {veil}; border: 2px dashed {look.accent}; border-radius: {BASE}px; }}

    QLabel#quiet, QLabel#emptyHint {{ color: {look.muted}; }}
    QLabel#emptyTitle {{ color: {look.ink}; font-weight: 600; font-size: 12pt; }}
    QLabel#pageTitle {{ color: {look.ink}; font-weight: 600; font-size: 15pt; }}
    QFrame#completionPopup {{ background: {look.paper}; border: 1px solid {look.strong_rule};
                              border-radius: {TIGHT}px; }}
    QPushButton#example {{ border: 1px solid transparent; border-radius: {TIGHT}px; color: {look.link};
                           background: transparent; text-align: left; font-family: monospace; min-width: 0;
                           padding: {HAIR}px {TIGHT}px; }}
    QPushButton#example:hover {{ background: {look.hover}; }}
    QPushButton#example:focus {{ border-color: {look.accent}; background: {tint}; }}
    QTreeView#facetTree {{ background: {look.panel}; selection-background-color: transparent; outline: none; }}
    QTreeView#facetTree::branch, QTreeView#facetTree::item {{ background: transparent; }}
    QLabel#suggestion {{ color: {look.ink}; padding: 0 {BASE}px; }}
    QLabel#fault {{ color: {look.warning}; padding: {TIGHT}px 0; }}
    QLabel#warningNote {{ color: {look.ink}; background: {look.page_highlight}; padding: {SMALL}px {BASE}px; }}
    QLabel#quoted {{ color: {look.ink}; background: {look.panel}; border-left: 3px solid {look.accent};
                     padding: {SMALL}px {BASE}px; }}
    QLabel#fieldSection {{ color: {look.ink}; font-weight: 600; }}
    QLabel#fieldName {{ color: {look.muted}; }}
    QLabel#fieldSource {{ color: {look.faint}; font-size: 9pt; }}
    QLabel#fieldDoubt {{ color: {look.ink}; font-size: 9pt; font-style: italic; }}
    QLabel#fieldGrave {{ color: {look.warning}; }}
    QLabel#fieldCode {{ font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: 9pt; }}
    #marginNothing {{ background: {look.panel}; }}
    """
