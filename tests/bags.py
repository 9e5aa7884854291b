"""Bags for the tests to read, as any program may have made them, and whole or broken as wished."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

PAYLOAD: Mapping[str, bytes] = {"letters/Tïtle 😀.html": b"<p>The ferry sails at noon.</p>", "notes.txt": b"A note.\n"}


def make_bag(
    folder: Path,
    payload: Mapping[str, bytes] = PAYLOAD,
    *,
    algorithm: str = "sha256",
    version: str = "1.0",
    info: str = "Source-Organization: Tïtle Archive 😀\nContact-Name: Ada\n  Lind\n",
) -> Path:
    """A bag as another program would make it; gives its folder."""
    folder.mkdir(parents=True)
    for name, data in payload.items():
        file = folder / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (folder / "bagit.txt").write_text(f"BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n", "utf-8")
    write_manifest(folder, algorithm)
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    (folder / "bag-info.txt").write_text(f"{info}Payload-Oxum: {oxum}\n", "utf-8")
    return folder


def write_manifest(folder: Path, algorithm: str = "sha256") -> Path:
    """The list of the payload that is there now."""
    files = sorted(path for path in (folder / "data").rglob("*") if path.is_file())
    lines = [
        f"{hashlib.new(algorithm, path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
    ]
    manifest = folder / f"manifest-{algorithm}.txt"
    manifest.write_text("".join(lines), "utf-8")
    return manifest


def renew_manifests(folder: Path) -> None:
    """Let every list of a bag of ours agree again with what is there: what somebody does who means harm."""
    for old in folder.glob("*manifest-*.txt"):
        old.unlink()
    write_manifest(folder)
    size = sum(path.stat().st_size for path in (folder / "data").rglob("*") if path.is_file())
    count = sum(path.is_file() for path in (folder / "data").rglob("*"))
    info = (folder / "bag-info.txt").read_text("utf-8").splitlines()
    kept = [line for line in info if not line.startswith("Payload-Oxum")]
    (folder / "bag-info.txt").write_text("\n".join([*kept, f"Payload-Oxum: {size}.{count}", ""]), "utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name with slashes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
