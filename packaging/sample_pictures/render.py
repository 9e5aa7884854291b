"""Draw the sample archive's pictures: the SVG files beside this script become the PNG and JPEG files of a folder.

The sample pages were saved with these pictures in them (in their folders, as ``data:`` addresses, as MHTML parts);
this is where they come from.  It is separate from the program because only whoever writes a new sample page needs it.

    python packaging/sample_pictures/render.py FOLDER
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DIAGRAMS = {"map", "flow", "chart"}
"""Flat colours and letters: PNG.  The others have gradients, which JPEG holds in a third of the bytes."""

JPEG_QUALITY = 82


def render(drawing: Path, folder: Path) -> Path:
    """Draw one SVG file at its own size and give the path of the picture."""
    renderer = QSvgRenderer(str(drawing))
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    is_diagram = drawing.stem in DIAGRAMS
    picture = folder / f"{drawing.stem}{'.png' if is_diagram else '.jpg'}"
    if not image.save(str(picture), quality=-1 if is_diagram else JPEG_QUALITY):
        raise OSError(f"{picture} could not be written.")
    return picture


def main(folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for drawing in sorted(Path(__file__).parent.glob("*.svg")):
        render(drawing, folder)
    del application


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: render.py FOLDER")
    main(Path(sys.argv[1]))
