"""What is promised of the repository: documented commands and settings, locked packages, no hosts and no paths."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from app import reference

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock", "requirements-overlap.lock")
# Spelled in pieces, so that this file does not contain what it looks for.
FORBIDDEN = [
    r"pypi\." + "org", "files.python" + "hosted", r"registry\." + "npmjs", r"registry\." + "yarnpkg",
    r"deb\.debian\." + "org", "/wo" + "rk/", "/ro" + "ot/", "farm-" + "(?:bench|studio)",
]  # fmt: skip


def committed() -> list[Path]:
    """Every file that git tracks, and every new one that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert text == reference.commands(), "docs/commands.md is stale: run `python -m app.reference`"
    assert ": \n" not in text, "a parameter has no help"


def test_every_setting_is_documented() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == reference.settings()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_is_pinned_with_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
    assert entries
    assert [e.splitlines()[0] for e in entries if "==" not in e.splitlines()[0] or "--hash=sha256:" not in e] == []
    assert "://" not in (ROOT / lock).read_text("utf-8")


def test_the_lock_satisfies_the_ranges() -> None:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned: dict[str, set[str]] = {}
    for line in (ROOT / "requirements-dev.lock").read_text("utf-8").splitlines():
        if match := re.match(r"^([a-z0-9-]+)==([^\s;\\]+)", line):
            pinned.setdefault(match[1], set()).add(match[2])
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for text in wanted:
        requirement = Requirement(text)
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not locked"
        assert all(requirement.specifier.contains(v) for v in versions), text


def test_no_committed_file_names_a_host_a_machine_path_or_a_tool() -> None:
    pattern = re.compile("|".join(FORBIDDEN))
    found = []
    for path in committed():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []


def test_the_changelog_has_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_links_in_the_docs_lead_somewhere() -> None:
    broken = []
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
