"""What holds for every test: no screen and no network."""

from __future__ import annotations

import os
import socket
from typing import NoReturn

import pytest
from hypothesis import settings

# What is checked for a change must not fail by a chance that the change has no part in; at a desk chance is welcome.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

# Before Qt is imported anywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


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
