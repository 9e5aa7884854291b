"""Preferences and places: where the program keeps things, and what it remembers between starts.

Knows platformdirs and the file system, nothing of libraries.  Preferences are one small JSON file, replaced whole,
so that a crash in the middle of writing leaves the older one.
"""

from __future__ import annotations

import getpass
import json
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs

APP = "archive-viewer"
ENCODING = "utf-8"


def data_folder() -> Path:
    """Where libraries go that the archivist did not place elsewhere."""
    return platformdirs.user_data_path(APP, appauthor=False)


def default_library() -> Path:
    return data_folder() / "My Archive"


def sample_library() -> Path:
    return data_folder() / "Sample Archive"


def log_file() -> Path:
    return platformdirs.user_log_path(APP, appauthor=False) / "archive-viewer.log"


def preferences_file() -> Path:
    return platformdirs.user_config_path(APP, appauthor=False) / "preferences.json"


def resource(name: str) -> Path:
    """A file or folder of ``resources/`` (or ``sample_archive``), in a wheel or in an editable checkout.

    :raises FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).parent
    for place in (package / "_resources", package.parents[1] / "resources", package.parents[1]):
        candidate = place / name
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"Archive Viewer is not installed whole: “{name}” is missing.")


def machine_id() -> str:
    """What tells this machine from others, as the operating system says it (machine-id(5)), else its name.

    It is a secret of the machine's: whoever writes it anywhere writes a digest made with it.
    """
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    for file in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        try:
            if found := file.read_text(ENCODING).strip():
                return found
        except OSError:
            continue
    return platform.node()


def account_name() -> str:
    """By what name the operating system knows the person at the machine; empty where it knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def load_preferences() -> dict[str, Any]:
    """What was remembered; an unreadable file counts as none."""
    try:
        found = json.loads(preferences_file().read_text(ENCODING))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def save_preferences(preferences: Mapping[str, Any]) -> None:
    """Replace the preferences file.

    :raises OSError: the configuration folder cannot be written.
    """
    file = preferences_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    # ASCII: a folder's name need not be UTF-8, and JSON's escapes keep any.
    draft.write_text(json.dumps(preferences, indent=1), ENCODING)
    draft.replace(file)


def remember_library(folder: Path, most: int = 10) -> None:
    """Put ``folder`` first among the recent libraries."""
    recent = [str(folder), *(str(other) for other in recent_libraries() if other != folder)]
    save_preferences({**load_preferences(), "recent": recent[:most]})


def recent_libraries() -> list[Path]:
    """The libraries opened last, newest first; one that has gone is still named, so that it can be shown as gone."""
    recent = load_preferences().get("recent")
    return [Path(name) for name in recent if isinstance(name, str)] if isinstance(recent, list) else []
