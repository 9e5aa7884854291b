"""What holds for every test: no screen, no network, and no line from Qt that was not expected."""

from __future__ import annotations

import os
import socket
from typing import NoReturn

import pytest

# Before Qt is imported anywhere.  On Linux every font that lacks a script is reported while Qt goes on to one that
# has it; the program says the same with fonts.quiet_font_search().
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_LOGGING_RULES"] = "qt.text.font.db.warning=false"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is tested may reach for another machine."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        if self.family == getattr(socket, "AF_UNIX", None):
            return connect(self, address)
        return _refuse(address)

    monkeypatch.setattr(socket.socket, "connect", refuse)


def _refuse(address: object) -> NoReturn:
    raise AssertionError(f"A test reached for the network: {address}")
