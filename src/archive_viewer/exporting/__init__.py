"""Excerpts that cite themselves, in the forms that people and programs read, and their claims read back.

``EXPORTERS`` is the list of forms; ``cite`` makes the plain citation; ``read_claims`` reads an exported file so that
what it says can be proved.  Pure: excerpts in, one stream out; no clock, no library, no network.
"""

from archive_viewer.exporting.citation import cite
from archive_viewer.exporting.claims import read_claims
from archive_viewer.exporting.concordance import quoted_line
from archive_viewer.exporting.concordance import written as written_concordance
from archive_viewer.exporting.forms import EXPORTERS, Exporter, exporter_of

__all__ = ["EXPORTERS", "Exporter", "cite", "exporter_of", "quoted_line", "read_claims", "written_concordance"]
