"""One child process of an agent, as the worker sees it: started bare, asked over pipes, killed with all it started."""

from __future__ import annotations

import json
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import TandemError
from orchestrator.runtimes.limits import ANSWER_BYTES, FILE_BYTES, FILES, LOGGED_BYTES, PROCESSES, Limits
from orchestrator.runtimes.wire import LENGTH

ROOT = Path(__file__).parents[2]  # the folder that the packages of Tandem stand in
_LOOK_SECONDS = 0.5  # how often whoever asks looks whether the child was stopped
_START = (
    "import json, sys\nsaid = json.loads(sys.argv[1])\n"
    "sys.path[:] = said['path'] if said['whole'] else sys.path + said['path']\n"
    "from orchestrator.runtimes.serving import main\nmain(said)\n"
)


class Late(TandemError):
    """The deadline has passed."""


class Ended(TandemError):
    """The child is of no use any more; the message says why."""


@dataclass(frozen=True)
class Code:
    """The agent's function."""

    module: str
    attribute: str


class Child:
    """A process that serves one agent's function. Not to be asked by two threads at once."""

    def __init__(self, code: Code, limits: Limits) -> None:
        self._limits = limits
        self._folder = tempfile.mkdtemp(prefix="agent-")
        try:
            self._process = self._start(code)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self._pipes = [p for p in (self._process.stdin, self._process.stdout, self._process.stderr) if p is not None]
        self._in, self._out, self._err = (pipe.fileno() for pipe in self._pipes)
        for descriptor in (self._in, self._out, self._err):
            os.set_blocking(descriptor, False)
        self._read = bytearray()
        self._printed = bytearray()
        self._killed = self._stopped = False
        self._lock = threading.Lock()  # of `_killed`

    def _start(self, code: Code) -> subprocess.Popen[bytes]:
        user = account(self._limits.user)
        more: dict[str, Any] = {}
        if user is not None:
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            more = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        own = not self._limits.python
        said = {
            "path": [os.path.abspath(entry) for entry in sys.path] if own else [str(ROOT)],  # noqa: PTH100  "" is here
            "whole": own,
            "module": code.module,
            "attribute": code.attribute,
            "limits": {
                "memory": self._limits.memory_megabytes * 1_000_000,
                "cpu": self._limits.cpu_seconds,
                "file": FILE_BYTES,
                "files": FILES,
                "processes": _tasks_of(user.pw_uid if user else os.getuid()) + PROCESSES,
                "gain_nothing": user is not None,
            },
        }
        command = [self._limits.python or sys.executable, "-I", "-c", _START, json.dumps(said)]
        try:
            return subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
                cwd=self._folder, env=self._environment(), start_new_session=True, **more,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            who = f" as the user `{self._limits.user}`" if user else ""
            raise Ended(
                f"The process of the agent cannot be started: `{command[0]}`{who} says `{error}`. See "
                "TANDEM_AGENT_USER and TANDEM_AGENT_PYTHON in docs/settings.md."
            ) from None

    def _environment(self) -> dict[str, str]:
        given = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {"PATH": os.defpath, "LANG": "C.UTF-8", **given, "HOME": self._folder, "TMPDIR": self._folder}

    @property
    def pid(self) -> int:
        """Its process id, which is its group's too."""
        return self._process.pid

    @property
    def fit(self) -> bool:
        """Whether it lives and has said nothing unasked."""
        quiet = select.poll()
        quiet.register(self._out, select.POLLIN)
        return self._status() is None and not self._read and not quiet.poll(0)

    def printed(self) -> str:
        """The beginning of what it printed since this was last asked, as text without control characters."""
        text = self._printed.decode(errors="replace")
        self._printed.clear()
        return "".join(c if c.isprintable() or c == "\n" else "?" for c in text).strip()

    def ask(self, question: bytes, deadline: float) -> bytes:
        """The body of the frame that answers `question`, itself a frame (or nothing, to wait for a first word).

        Raises Late after `deadline`, Ended when the process ends or says more than it may.
        """
        left = memoryview(question)
        poll = select.poll()
        for descriptor in (self._out, self._err):
            poll.register(descriptor, select.POLLIN)
        left = self._write(left)
        if left:
            poll.register(self._in, select.POLLOUT)
        while True:
            seconds = deadline - time.monotonic()
            if seconds <= 0:
                raise Late("The agent did not answer in time.")
            ready = dict(poll.poll(min(seconds, _LOOK_SECONDS) * 1000 + 1))
            if self._stopped:  # what it started may hold its pipes open
                raise self._ended()
            if self._in in ready:
                left = self._write(left)
                if not left:
                    poll.unregister(self._in)
            if self._err in ready and not self._hear():
                poll.unregister(self._err)
            if self._out in ready and (body := self._listen()) is not None:
                return body

    def _write(self, left: memoryview) -> memoryview:
        try:
            return left[os.write(self._in, left) :] if left else left
        except BlockingIOError:
            return left
        except OSError:
            raise self._ended() from None

    def _hear(self) -> bool:
        """Take what was printed, keeping only its beginning; false when nothing more will come."""
        with suppress(BlockingIOError):
            data = os.read(self._err, 65_536)
            self._printed += data[: LOGGED_BYTES - len(self._printed)]
            return bool(data)
        return True

    def _listen(self) -> bytes | None:
        """The body of a frame that has arrived whole."""
        try:
            data = os.read(self._out, 65_536)
        except BlockingIOError:
            return None
        if not data:
            raise self._ended()
        self._read += data
        if len(self._read) < LENGTH.size:
            return None
        (size,) = LENGTH.unpack_from(self._read)
        if size > ANSWER_BYTES:
            raise Ended(f"The agent's answer is no frame, or is larger than {ANSWER_BYTES:,} bytes.")
        if len(self._read) < LENGTH.size + size:
            return None
        body = bytes(self._read[LENGTH.size : LENGTH.size + size])
        del self._read[: LENGTH.size + size]
        return body

    def _ended(self) -> Ended:
        """Why it says nothing more, where it has ended or does so within a second."""
        for _ in range(200):
            if (told := self._status()) is not None:
                break
            time.sleep(0.005)
        else:
            return Ended("The agent's process closed its pipes.")
        if told.si_code == os.CLD_EXITED:
            return Ended(f"The agent's process ended with status {told.si_status}.")
        known = told.si_status in set(signal.Signals)
        name = signal.Signals(told.si_status).name if known else str(told.si_status)
        why = " (more processor time than it may use)" if told.si_status == signal.SIGXCPU else ""
        return Ended(f"The agent's process was ended by {name}{why}.")

    def _status(self) -> os.waitid_result | None:
        """How it ended; it is not reaped by asking, so that its group's number is not given to another meanwhile."""
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)

    def stop(self) -> None:
        """Have it end, so that whoever asks it is told; they reap it. May be called by any thread."""
        with self._lock:
            if self._killed:
                return
            self._kill_group()
        self._stopped = True

    def kill(self) -> None:
        """End it and what it started, at once, and reap it. Its folder goes too."""
        with self._lock:
            if self._killed:
                return
            self._killed = True
        self._kill_group()
        for _ in range(5):  # what forks meanwhile is found in the next round
            if not self._kill_strays():
                break
        self._process.wait()
        for pipe in self._pipes:
            pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _kill_strays(self) -> int:
        """How many processes were ended that left the group but not the environment in which they were started."""
        mark = f"HOME={self._folder}\0".encode()
        found = 0
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if int(entry.name) != self._process.pid and mark in (entry / "environ").read_bytes():
                    os.kill(int(entry.name), signal.SIGKILL)
                    found += 1
        return found


def account(user: str) -> pwd.struct_passwd | None:
    """The operating-system user that agents run as; None for the worker's own.

    Raises TandemError where there is no such user, where it is root, or where the worker may not become it.
    """
    if not user:
        return None
    try:
        found = pwd.getpwnam(user)
    except KeyError:
        raise TandemError(f"`TANDEM_AGENT_USER` names `{user}`, which is no user of this machine.") from None
    if found.pw_uid == 0:
        raise TandemError("`TANDEM_AGENT_USER` must not be root: name a user who owns nothing.")
    if found.pw_uid == os.getuid():
        return None
    if os.getuid() != 0:
        raise TandemError(
            f"Agents can run as `{user}` only where the worker runs as root. Or leave TANDEM_AGENT_USER empty."
        )
    return found


def _tasks_of(user: int) -> int:
    """How many threads the user has now; 0 where the system does not tell."""
    found = 0
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if entry.stat().st_uid == user:
                found += entry.joinpath("task").stat().st_nlink - 2
    return found
