"""Cleaning: a capture becomes an article, all of its blocks kept or stripped with a reason."""

from archive_viewer.cleaning.cleaner import CLEANER_VERSION, clean, clean_html

__all__ = ["CLEANER_VERSION", "clean", "clean_html"]
