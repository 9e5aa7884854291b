"""What is handed to others: the wheel, what the desktop reads, and a README whose lists are true."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import hatchling.build
import platformdirs
import pytest

from archive_viewer import settings
from archive_viewer.storage.database import APPLICATION_ID

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
NAME = "org.archive_viewer.ArchiveViewer"
MIME = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
README = (ROOT / "README.md").read_text("utf-8")


def files_under(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# -- the wheel --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        wheel = folder / hatchling.build.build_wheel(str(folder))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.parametrize("name", ["resources", "sample_archive"])
def test_the_wheel_carries_every_file(unpacked_wheel: Path, name: str) -> None:
    inside = unpacked_wheel / "archive_viewer" / "_resources"
    if name == "sample_archive":
        inside /= name
    assert files_under(ROOT / name) <= files_under(inside)


def test_the_wheel_carries_the_licence_and_the_types(unpacked_wheel: Path) -> None:
    assert list(unpacked_wheel.glob("*.dist-info/licenses/LICENSE"))
    assert (unpacked_wheel / "archive_viewer" / "py.typed").is_file()


@pytest.mark.parametrize("name", ["sample_archive", "help/searching.md", "icons/application.svg"])
def test_a_resource_is_found_in_an_installed_wheel(unpacked_wheel: Path, tmp_path: Path, name: str) -> None:
    code = f"from archive_viewer import settings; print(settings.resource({name!r}))"
    # -S: without site-packages, where this checkout is installed too; settings needs platformdirs from there.
    path = os.pathsep.join([str(unpacked_wheel), str(Path(platformdirs.__file__).parents[1])])
    run = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = Path(run.stdout.strip())
    assert found.exists()
    assert found.is_relative_to(unpacked_wheel)


@pytest.mark.parametrize("name", ["sample_archive", "help/searching.md", "icons/application.svg"])
def test_a_resource_is_found_in_a_checkout(name: str) -> None:
    assert settings.resource(name).exists()


def test_a_missing_resource_is_said() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-thing"):
        settings.resource("no-such-thing")


# -- the desktop ------------------------------------------------------------------------------------------------


def desktop_entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(PACKAGING / f"{NAME}.desktop", "utf-8")
    return parser["Desktop Entry"]


def test_the_desktop_entry_starts_a_program_that_is_installed() -> None:
    program, argument = desktop_entry()["Exec"].split()
    assert program in PROJECT["scripts"]
    assert argument == "%F"


def test_the_desktop_entry_never_offers_itself_for_html() -> None:
    assert not re.search("html", desktop_entry()["MimeType"].replace("mhtml", ""))


def test_the_metainfo_names_the_desktop_entry() -> None:
    component = ElementTree.parse(PACKAGING / f"{NAME}.metainfo.xml").getroot()
    assert component.findtext("launchable") == f"{NAME}.desktop"
    assert component.findtext("id") == NAME
    assert component.findtext("project_license") == PROJECT["license"]
    assert component.findtext("provides/binary") in PROJECT["scripts"]
    offered = {element.text for element in component.iterfind("provides/mediatype")}
    assert offered == set(desktop_entry()["MimeType"].rstrip(";").split(";"))


def types_described() -> dict[str, ElementTree.Element]:
    info = ElementTree.parse(PACKAGING / f"{NAME}.mime.xml").getroot()
    return {element.get("type", ""): element for element in info.iterfind("mime:mime-type", MIME)}


def test_a_library_is_known_by_its_application_id() -> None:
    library = types_described()["application/x-archive-viewer-library"]
    marks = {match.get("offset"): match.get("value") for match in library.iterfind(".//mime:match", MIME)}
    assert int(marks["68"] or "", 16) == APPLICATION_ID


def test_each_type_that_is_opened_is_described_here_or_by_every_desktop() -> None:
    offered = set(desktop_entry()["MimeType"].rstrip(";").split(";"))
    described = set(types_described()) - {"application/x-archive-viewer-library"}
    assert offered == described | {"application/x-mimearchive", "multipart/related"}


# -- the README -------------------------------------------------------------------------------------------------


def test_the_readme_names_each_library_that_is_required() -> None:
    table = set(re.findall(r"^\| \[?([\w.-]+)\]?[^|]*\|[^|]*\|[^|]*\|$", README, re.MULTILINE))
    required = {re.split(r"[<>=!~ \[;]", line)[0] for line in PROJECT["dependencies"]}
    assert required <= table


def test_the_readme_and_ci_read_one_list_of_system_packages() -> None:
    names = (PACKAGING / "debian-packages.txt").read_text("ascii").split()
    assert len(names) == len(set(names))
    assert "packaging/debian-packages.txt" in README
    assert "packaging/debian-packages.txt" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_each_room_of_the_floor_plan_is_there() -> None:
    plan = README.partition("src/archive_viewer/\n")[2].partition("```")[0]
    rooms = re.findall(r"^  ([\w/.]+) ", plan, re.MULTILINE)
    assert len(rooms) > 12
    for room in rooms:
        assert (ROOT / "src" / "archive_viewer" / room).exists(), room
    package = ROOT / "src" / "archive_viewer"
    there = {f"{path.name}/" if path.is_dir() else path.name for path in package.iterdir() if path.name[0] not in "._"}
    assert there - {"py.typed"} <= set(rooms)
