"""What goes wrong, done on purpose to a copy of the book: ``python -m bench.faults [MOMENTS [BUILDS]]``, or ``make harm``.

Each fault must end the command with a message and a code other than zero, leave every chapter as it was, and leave
nothing that changes the next run: that run must give the clean bytes. ``kill -9`` comes at MOMENTS moments of a run of
chapters and at BUILDS moments of a build of the site. Disk full and read-only trees need the right to mount.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import tools
from bench.tools import ROOT

CHAPTERS = ("chapters/conclusion.ipynb", "chapters/corrections.ipynb")
LEFT_OUT = shutil.ignore_patterns("_build", ".git", ".venv", ".venv-*", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", "archive")  # fmt: skip
RUN = (sys.executable, "-m", "publish.run", *CHAPTERS)
BUILD = (sys.executable, "-m", "publish.build")
NEVER_ENDS = (sys.executable, "-c", f"import sys; from publish import run; run.TIMEOUT = 5; sys.exit(run.main({list(CHAPTERS)!r}))")  # fmt: skip


class Copy:
    """A copy of the book whose chapters have lost an output, so that a run has something to write."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT, dirs_exist_ok=True)
        (folder / ".venv").symlink_to(Path(sys.prefix))
        self.clean = {path: (folder / path).read_bytes() for path in CHAPTERS}
        self.reset()

    def reset(self) -> None:
        """The state before a fault: outputs missing, tables and settings as in the repository."""
        for path, raw in self.clean.items():
            held = json.loads(raw)
            next(cell for cell in held["cells"] if cell.get("outputs"))["outputs"] = []
            (self.folder / path).write_text(json.dumps(held))
        shutil.rmtree(self.folder / "_build" / ".run", ignore_errors=True)

    def do(
        self, *command: str, before: tuple[str, ...] = (), wait: float | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command here; ``wait`` seconds later it and what it started are killed, except the kernels, which must go by themselves."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "IPYTHONDIR": str(self.folder / ".ipython")}
        process = subprocess.Popen(
            [*before, *command],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            said, _ = process.communicate(timeout=wait or 900)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # a kernel is in a group of its own
            said, _ = process.communicate()
        return subprocess.CompletedProcess(command, process.returncode, said)

    def mended(self) -> list[str]:
        """What the next run leaves unlike the clean bytes."""
        result = self.do(*RUN)
        unlike = [path for path, raw in self.clean.items() if (self.folder / path).read_bytes() != raw]
        odd = [path.name for path in (self.folder / "chapters").iterdir() if path.suffix not in (".ipynb", ".md")]
        return unlike + odd + ([f"the next run ended with {result.returncode}: {result.stdout[-300:]}"] if result.returncode else [])  # fmt: skip


# -- faults ---------------------------------------------------------------------------------------


@contextmanager
def text(copy: Copy, path: str, change: Callable[[str], str]) -> Iterator[None]:
    """A file with another text, and as it was afterwards."""
    file = copy.folder / path
    before = file.read_text("utf-8")
    file.write_text(change(before), "utf-8")
    try:
        yield
    finally:
        file.write_text(before, "utf-8")


def first_cell(code: str) -> Callable[[str], str]:
    """The chapter with some code in its first code cell."""

    def change(raw: str) -> str:
        held = json.loads(raw)
        cell = next(cell for cell in held["cells"] if cell["cell_type"] == "code")
        cell["source"] = code
        return json.dumps(held)

    return change


FAULTS: dict[str, tuple[str, Callable[[str], str], tuple[str, ...], str]] = {
    "merge conflict in a chapter": (CHAPTERS[0], lambda raw: raw.replace('"cells"', '\n<<<<<<< HEAD\n"cells"', 1), RUN, "merge conflict"),
    "a chapter cut in the middle": (CHAPTERS[0], lambda raw: raw[: len(raw) // 2], RUN, "no JSON"),
    "an empty chapter": (CHAPTERS[0], lambda raw: "", RUN, "no JSON"),
    "a chapter without a part of a cell": (CHAPTERS[0], lambda raw: raw.replace('"metadata"', '"metadat"', 1), RUN, "metadata is missing"),
    "a cell that raises": (CHAPTERS[0], first_cell("1 / 0"), RUN, "ZeroDivisionError"),
    "a cell that never ends": (CHAPTERS[0], first_cell("while True: pass"), NEVER_ENDS, "timed out"),
    "a kernel that dies": (CHAPTERS[0], first_cell("import os; os._exit(3)"), RUN, "died"),
    "a kernel that cannot start": ("requirements.txt", lambda raw: raw, RUN, "ernel"),
    "a row with a cell too few": ("data/bilateral-trade.csv", lambda raw: raw + "RUS,CHN\n", RUN, "bilateral-trade"),
    "a word where a number stands": ("data/corrections.csv", lambda raw: raw.replace("0.2.0", "", 1), RUN, "corrections"),
    "a table that is empty": ("data/corrections.csv", lambda raw: "", RUN, "corrections"),
    "a table that is no UTF-8": ("data/corrections.csv", lambda raw: raw, RUN, "corrections"),
    "no list of sources": ("data/sources.csv", lambda raw: "", RUN, "sources"),
}  # fmt: skip
"""What is done to which file, the command that must end with a message, and a word of that message."""


def faulty(copy: Copy, name: str) -> str:
    """Do one fault; return what is wrong, empty if it was survived."""
    path, change, command, word = FAULTS[name]
    shadow = copy.folder / "ipykernel_launcher.py"
    file = copy.folder / path
    copy.reset()
    with text(copy, path, change):
        if name == "a kernel that cannot start":
            shadow.write_text("raise SystemExit(9)\n")
        if name == "a table that is no UTF-8":
            file.write_bytes(file.read_bytes().replace(b"0.2.0", b"0.2\xff0", 1))
        result = copy.do(*command)
        shadow.unlink(missing_ok=True)
    wrong = []
    if result.returncode == 0:
        wrong.append("ended well")
    if (
        word.lower() not in result.stdout.lower()
        or "Traceback (most recent call last)" in result.stdout.split("failed:")[0]
    ):
        wrong.append(f"said: {result.stdout[-400:]!r}")
    return "; ".join([*wrong, *copy.mended()])


@contextmanager
def disk(size: str) -> Iterator[Path | None]:
    """A disk of its own; nothing without the right to mount."""
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place]
        if subprocess.run(mounting, check=False, capture_output=True).returncode:
            yield None
            return
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "-l", place], check=False)


@contextmanager
def full(place: Path, left: int) -> Iterator[None]:
    """The disk with so many bytes left."""
    room = os.statvfs(place)
    (place / "filler").write_bytes(b"\0" * (room.f_bavail * room.f_frsize - left))
    yield
    (place / "filler").unlink()


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """The disk as one that cannot be written."""
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    yield
    subprocess.run(["mount", "-o", "remount,rw", place], check=True)


def untold(result: subprocess.CompletedProcess[str], word: str) -> list[str]:
    """What is wrong with the end of a command that had to fail; Sphinx may add its traceback to the message, a run may not."""
    message, traceback, _ = result.stdout.partition("Traceback")
    told = word in message and not (traceback and result.args[: len(RUN)] == RUN)
    return ["ended well"] * (result.returncode == 0) + ([] if told else [f"said: {result.stdout[-400:]!r}"])


def on_a_disk(kind: str) -> str:
    """A run on a disk with no room left, or on one that cannot be written."""
    with disk("300m") as place:
        if place is None:
            return "not tried: no right to mount"
        copy = Copy(place)
        (place / "_build").mkdir(exist_ok=True)
        before = {path: (place / path).read_bytes() for path in CHAPTERS}
        with full(place, 64 * 1024) if kind == "full" else read_only(place):
            wrong = untold(copy.do(*RUN), "No space" if kind == "full" else "Read-only")
        after = {path: (place / path).read_bytes() for path in CHAPTERS}
        wrong += [f"{path} is torn" for path in CHAPTERS if after[path] not in (before[path], copy.clean[path])]
        return "; ".join([*wrong, *copy.mended()])


NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


def as_nobody() -> str:
    """Somebody without the right to write."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return "not tried: needs root and setpriv"
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        os.chmod(place, 0o755)
        copy = Copy(Path(place) / "book")
        result = copy.do(*RUN, before=NOBODY)
        if "Permission denied" in result.stdout and sys.prefix in result.stdout and "publish" not in result.stdout:
            return "not tried: nobody cannot read this Python"
        return "; ".join([*untold(result, "ermission"), *copy.mended()])


def builds_in_need() -> Iterator[tuple[str, str]]:
    """Builds of one more line without what a build needs: what was tried, and what went wrong.

    The network is not needed. After the others the next build must give the bytes of the first.
    """
    with disk("900m") as place:
        if place is None:
            yield "builds without room or rights", "not tried: no right to mount"
            return
        copy = Copy(place / "book")
        site = copy.folder / "_build" / "html"
        copy.do(*RUN)
        copy.do(*RUN[:3], "--stored")
        copy.do(*BUILD)
        clean = tools.sums(site)
        with text(copy, "chapters/glossary.md", lambda raw: raw + "\nOne more line.\n"):
            with read_only(place):
                yield "a build on a disk that cannot be written", "; ".join(untold(copy.do(*BUILD), "Read-only"))
            if shutil.which("setpriv"):
                nobody = untold(copy.do(*BUILD, before=NOBODY), "Permission denied")
                yield "a build without the right to write", "; ".join(nobody)
            offline = copy.do(*BUILD, before=("unshare", "-n"))
            yield "a build without network", "" if offline.returncode == 0 else offline.stdout[-400:]
            shutil.rmtree(site)  # it is made from nothing, and there is no room for it
            shutil.rmtree(site.with_name(".doctrees"))
            with full(place, 2 * 1024 * 1024):
                wrong = untold(copy.do(*BUILD), "No space")
        again = copy.do(*BUILD)
        unlike = tools.unlike(clean, tools.sums(site)) if clean else ["no first site"]
        wrong += [f"the next build ended with {again.returncode}, unlike: {unlike[:3]}"] * bool(
            again.returncode or unlike
        )
        yield "a build on a disk without room", "; ".join(wrong)


# -- kill -9 --------------------------------------------------------------------------------------


def killed_runs(copy: Copy, moments: int) -> list[str]:
    """What went wrong when a run was killed at so many moments, evenly spread over its time."""
    copy.reset()
    start = time.perf_counter()
    copy.do(*RUN)
    whole, wrong = time.perf_counter() - start, []
    for number in range(1, moments + 1):
        copy.reset()
        copy.do(*RUN, wait=whole * number / (moments + 1))
        wrong += [f"killed at {number} of {moments}: {what}" for what in copy.mended()]
    return wrong


def killed_builds(copy: Copy, moments: int) -> tuple[list[str], int]:
    """The same for builds of the site, and how many of them were still building when they were killed.

    A later build must give the bytes of one that was never interrupted. Every fifth is killed while it builds from nothing.
    """
    site, wrong, met = copy.folder / "_build" / "html", [], 0

    def one_more_line(wait: float | None = None) -> subprocess.CompletedProcess[str]:
        with text(copy, "chapters/glossary.md", lambda raw: raw + "\nOne more line.\n"):
            return copy.do(*BUILD, wait=wait)

    def lasted(build: Callable[[], object]) -> float:
        start = time.perf_counter()
        build()
        return time.perf_counter() - start

    from_nothing = lasted(lambda: copy.do(*BUILD))
    clean = tools.sums(site)
    again = lasted(one_more_line)
    copy.do(*BUILD)
    for number in range(1, moments + 1):
        whole = again
        if number % 5 == 0:
            shutil.rmtree(copy.folder / "_build")
            whole = from_nothing
        met += one_more_line(whole * number / (moments + 1)).returncode == -signal.SIGKILL
        result = copy.do(*BUILD)
        unlike = tools.unlike(clean, tools.sums(site))
        if result.returncode or unlike:
            wrong.append(
                f"killed at {number} of {moments}: code {result.returncode}, {len(unlike)} files differ: {unlike[:3]}"
            )
    return wrong, met


def main(moments: int = 50, builds: int = 50) -> int:
    """Try everything and print what was tried and survived; the exit code is the number of faults that were not."""
    failed = tried = 0

    def told(name: str, wrong: str) -> None:
        nonlocal failed, tried
        tried += not wrong.startswith("not tried")
        failed += bool(wrong) and not wrong.startswith("not tried")
        print(f"{name}: {wrong or 'survived'}", flush=True)

    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        copy = Copy(Path(place) / "book")
        for name in FAULTS:
            told(name, faulty(copy, name))
        for kind, name in (("full", "a disk without room"), ("read-only", "a disk that cannot be written")):
            told(name, on_a_disk(kind))
        told("no right to write", as_nobody())
        told("no network", "" if copy.do(*RUN, before=("unshare", "-n")).returncode == 0 else "the run needs a network")
        if builds:
            for name, what in builds_in_need():
                told(name, what)
        wrong = killed_runs(copy, moments)
        print(f"kill -9 at {moments} moments of a run: {moments - len(wrong)} survived", *wrong, sep="\n  ", flush=True)
        lost, met = killed_builds(copy, builds) if builds else ([], 0)
        told_builds = (
            f"kill -9 at {builds} moments of a build, {met} of them before its end: {builds - len(lost)} survived"
        )
        print(told_builds, *lost, sep="\n  ", flush=True)
        failed, tried = failed + len(wrong) + len(lost), tried + moments + builds
    print(f"tried {tried}, survived {tried - failed}")
    return failed


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
