"""The cleaner's version, apart from the cleaner because every article bears it, whoever made it."""

CLEANER_VERSION = "3"
"""Another number than an article's means that cleaning it again may choose differently."""
