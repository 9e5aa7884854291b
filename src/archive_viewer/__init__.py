"""Archive Viewer: saved web pages, searched, marked, linked and cited, offline."""

__version__ = "0.1.0"
