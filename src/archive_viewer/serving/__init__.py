"""Serving: what a page of the library may load, taken from the page's own original and from nowhere else.

A capture and its saved file in, resources out; the network is no place that anything here knows of.
"""

from __future__ import annotations

from archive_viewer.serving.resources import Resources, resource_of

__all__ = ["Resources", "resource_of"]
