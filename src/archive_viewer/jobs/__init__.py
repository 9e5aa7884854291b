"""Long work, without Qt: importing, indexing, fixity, and the two processes that do it for a window."""
