#!/usr/bin/env python3
"""Sets Tandem up in this folder: a virtual environment, the pinned packages, the map component; with --dev, what the
tests need as well (Chromium, PostgreSQL). Needs nothing but Python 3.11 or newer. Running it again changes nothing."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
OLDEST_NODE = 20
QUIET = subprocess.DEVNULL
RUNTIME_LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"


class SetupError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def main() -> int:
    """Set up; 0 when everything is in place, 1 with the reason when it is not."""
    parser = argparse.ArgumentParser(description="Set up Tandem in this folder.")
    parser.add_argument("--dev", action="store_true", help="also install what the tests and the linters need")
    dev = parser.parse_args().dev
    try:
        restart_on_newer_python()
        make_environment()
        install_packages(DEV_LOCK if dev else RUNTIME_LOCK)
        build_component()
        if dev:
            install_system_part("chromium", find_chromium, "Chromium, for the browser tests")
            install_system_part("postgresql", find_postgres, "PostgreSQL, for the database tests")
    except SetupError as error:
        say(f"Set-up stopped: {error}")
        return 1
    return 0


def say(text: str, *, end: str = "\n") -> None:
    """Print one line of progress."""
    sys.stderr.write(text + end)
    sys.stderr.flush()


def restart_on_newer_python() -> None:
    """Go on with a Python that is new enough, if this one is not and there is one."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and subprocess.run([newer, "-c", ""], check=False).returncode == 0:
            os.execv(newer, [newer, __file__, *sys.argv[1:]])
    raise SetupError(
        f"this is Python {sys.version.split()[0]}; Tandem needs 3.11 or newer. "
        "Install one, or name it: make demo PYTHON=/path/to/python3.12"
    )


def make_environment() -> None:
    """The virtual environment in `.venv`, made anew where it is missing or broken."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], stdout=QUIET, stderr=QUIET, check=False).returncode == 0
    ):
        return
    say(f"Making the virtual environment in .venv (Python {sys.version.split()[0]}) ...")
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], text=True, capture_output=True, check=False)
    if done.returncode:
        raise SetupError(
            f"Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv\n"
            f"{done.stdout}{done.stderr}"
        )


def install_packages(lock: str) -> None:
    """The packages of `lock` with exactly the pinned hashes, and Tandem itself in place."""
    if installed(DEV_LOCK) or installed(lock):  # the dev lock holds everything that the other one holds
        return
    total = sum(1 for line in (ROOT / lock).read_text().splitlines() if "==" in line)
    say(f"Installing up to {total} pinned packages (the first time this takes a minute or two) ...")
    pip("--require-hashes", "-r", str(ROOT / lock))
    if not find_node():
        say("There is no Node.js 20 on this machine: installing the one packaged for Python ...")
        pip("--require-hashes", "-r", str(ROOT / "requirements-node.lock"))
    pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp(lock).write_text(digest(lock))


def installed(lock: str) -> bool:
    """Whether exactly what `lock` says was installed here before."""
    return stamp(lock).exists() and stamp(lock).read_text() == digest(lock)


def stamp(lock: str) -> Path:
    """The file that remembers what was installed from `lock`."""
    return VENV / f".installed-{lock}"


def digest(lock: str) -> str:
    """One digest over all that decides what `lock` installs: it, the package's own description, this Python."""
    total = hashlib.sha256(sys.version.split()[0].encode())
    for file in (lock, "requirements-node.lock", "pyproject.toml"):
        total.update((ROOT / file).read_bytes())
    return total.hexdigest()


def pip(*arguments: str) -> None:
    """Run pip in the environment, showing how far it is; its own words only if it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    process = subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines, fetched, shown = [], 0, time.monotonic()
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        fetched += line.startswith("Collecting ")
        if line.startswith("Installing collected") and fetched:
            say(f"  {fetched} fetched, installing them ...")
            fetched = 0
        elif fetched and time.monotonic() - shown > 5:
            shown = time.monotonic()
            say(f"  {fetched} fetched so far ...")
    if process.wait():
        raise SetupError("the packages could not be installed:\n" + "".join(lines[-25:]))


def build_component() -> None:
    """The map component, bundled from its npm packages; it does nothing where the bundle is current."""
    if subprocess.run([PYTHON, "-m", "app.components.build"], cwd=ROOT, check=False).returncode:
        raise SetupError("the map component could not be built; the lines above say why.")


def find_node() -> str | None:
    """A Node.js that is new enough and has npm beside it."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    version = subprocess.run([node, "--version"], text=True, capture_output=True, check=False).stdout
    major = version.strip().lstrip("v").split(".")[0]
    return node if major.isdigit() and int(major) >= OLDEST_NODE else None


def find_chromium() -> str | None:
    """A Chromium or Chrome for the browser tests."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"):
        if shutil.which(name):
            return shutil.which(name)
    kept = sorted((Path.home() / ".cache" / "ms-playwright").glob("chromium-*/chrome-linux*/chrome"))
    return str(kept[-1]) if kept else None


def find_postgres() -> str | None:
    """PostgreSQL's `initdb`, from Debian's folder or from PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return str(debian[-1]) if debian else shutil.which("initdb")


def install_system_part(package: str, find: Callable[[], str | None], what: str) -> None:
    """Install a Debian package where the machine allows it. In CI a part that is still missing is a failure."""
    if find():
        return
    say(f"Installing {what} ...")
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not prefix or shutil.which("sudo")):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
            subprocess.run([*prefix, "apt-get", *arguments], env=environment, check=False, stdout=QUIET)
    if not find() and package == "chromium":
        subprocess.run([PYTHON, "-m", "playwright", "install", "chromium"], check=False, stdout=QUIET, stderr=QUIET)
    if find():
        return
    if os.environ.get("CI"):
        raise SetupError(f"{what} could not be installed, and CI must not go on without it.")
    say(f"  {what} could not be installed: tests that need it will be skipped, saying so. Package: {package}")


if __name__ == "__main__":
    sys.exit(main())
