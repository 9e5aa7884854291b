"""Cleaning: a capture becomes an article, all of its blocks kept or stripped with a reason."""

from archive_viewer.cleaning.cleaner import clean, clean_html, prepare
from archive_viewer.cleaning.version import CLEANER_VERSION

__all__ = ["CLEANER_VERSION", "clean", "clean_html", "prepare"]
