"""The lock of a library, within one process."""

from __future__ import annotations

import threading
from pathlib import Path

from archive_viewer.storage import lock


def test_a_lock_is_let_go_by_any_thread(tmp_path: Path) -> None:
    held = lock.take(tmp_path)
    assert held is not None
    assert lock.take(tmp_path) is None
    letting_go = threading.Thread(target=held.release)
    letting_go.start()
    letting_go.join()
    again = lock.take(tmp_path)
    assert again is not None
    again.release()
