"""Programs that the book itself does not need: fetched into _build/bench, or missing with a word."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
SPACE = ROOT / "_build" / "bench"
CACHES = {".ipynb_checkpoints", "__pycache__"}


class Missing(Exception):
    """Something cannot be measured on this machine; the message says why."""


def program(name: str) -> str:
    """The path of a program, which must be installed."""
    found = shutil.which(name)
    if not found:
        raise Missing(f"{name} is not installed")
    return found


def run(
    command: Sequence[str | Path], folder: Path, *, timeout: float = 900, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with what it started; raise :class:`Missing` with its last line if it fails."""
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            raise Missing(f"{Path(command[0]).name} did not end within {timeout:.0f} s") from None
        finally:
            _end_session(process.pid)
    if process.returncode:
        last = (output.strip() or "no output").splitlines()[-1]
        raise Missing(f"{Path(command[0]).name} failed: {last}")
    return subprocess.CompletedProcess(list(command), 0, output)


def _end_session(leader: int) -> None:
    """End what a program left behind (Jupyter Book 2 leaves its server)."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGTERM)


def sums(folder: Path, *parts: str) -> dict[str, str]:
    """SHA-256 of every file of a folder, or of some parts of it, by its path there; caches are left out."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in parts or (".",)
        for path in ([folder / part] if (folder / part).is_file() else (folder / part).rglob("*"))
        if path.is_file() and not CACHES & set(path.parts)
    }


def unlike(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Files that are not the same to the byte, or that only one of two such lists has."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def npm(*packages: str) -> Path:
    """Install packages of npm, those asked for together into one folder; return it."""
    program("node")
    folder = SPACE / "npm" / packages[0]
    folder.mkdir(parents=True, exist_ok=True)
    run([program("npm"), "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", *packages], folder)
    return folder / "node_modules"


def environment(name: str, *requirements: str) -> Path:
    """Install Python packages into an environment of their own; return the folder of its programs."""
    folder = SPACE / name
    if not (folder / ".ok").exists():
        run([sys.executable, "-m", "venv", "--clear", folder], ROOT)
        run([folder / "bin" / "pip", "install", "-q", *requirements], ROOT)
        (folder / ".ok").touch()
    return folder / "bin"


def version(programs: Path, package: str) -> str:
    """The version of a package in an environment."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return run([programs / "python", "-c", code], ROOT).stdout.strip()
