"""Kernels that have pandas and Altair before they begin: each is forked from a process that has loaded them once.

A kernel loads for longer than most chapters compute. It is a process of its own all the same: what a chapter sets or
changes in a module reaches no other. What it draws, another process may draw (``publish.drawer``). Where a system cannot fork,
kernels start as Jupyter starts them.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from publish import drawer

LOADED = ["ipykernel.kernelapp", "pandas", "altair"]
FORKS = "forkserver" in multiprocessing.get_all_start_methods()
LONGEST = 70
"""Bytes that the name of the temporary folder may have: systems allow a socket some 104, and names within take 32."""


@contextmanager
def begun() -> Iterator[str]:
    """Where kernels are forked: load what every one needs, and have their drawings made at an address, until the end.

    Ends the program with a message where the temporary folder has too long a name for sockets.
    """
    if len(os.fsencode(place := tempfile.gettempdir())) > LONGEST:
        sys.exit(f"No socket can be made in {place}: its name is too long. Set TMPDIR to a folder with a shorter one.")
    if not FORKS:
        yield ""
        return
    forkserver.set_forkserver_preload(LOADED)
    forkserver.ensure_running()
    with drawer.begun() as address:
        yield address


class Forked(LocalProvisioner):
    """A kernel forked from the process that :func:`begun` has started."""

    process: Any
    drawn_at: str
    """Where it asks for its drawings."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork it, and become what the command says."""
        module = cmd.index("-m") + 1
        asked = cmd[module], cmd[module + 1 :], kwargs["cwd"], kwargs["env"], self.drawn_at
        kernel = multiprocessing.get_context("forkserver").Process(target=_become, args=asked)
        kernel.start()
        self.process, self.pid = _Process(kernel), kernel.pid
        return self.connection_info


class _Process:
    """A kernel as jupyter_client asks a process of its own."""

    stdin = stdout = stderr = None

    def __init__(self, kernel: Any) -> None:
        self.kernel, self.pid = kernel, kernel.pid

    def poll(self) -> int | None:
        return self.kernel.exitcode

    def wait(self) -> int:
        self.kernel.join()
        return self.kernel.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.kernel.kill()

    def terminate(self) -> None:
        self.kernel.terminate()


def _become(module: str, arguments: list[str], folder: str, environment: dict[str, str], drawn_at: str) -> None:
    os.setsid()  # Ctrl-C is for the run, which ends its kernels
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    import pandas as pd

    # As pandas begins where it finds a kernel.
    pd.set_option("display.max_columns", 20)
    pd.set_option("display.encoding", "UTF-8")
    threading.Thread(target=_leave_with, args=[multiprocessing.parent_process()], daemon=True).start()
    drawer.ask(drawn_at)
    # With a parent handle ipykernel does not print its note on Ctrl-C.
    sys.argv = [module, *arguments, f"--IPKernelApp.parent_handle={os.getppid()}"]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _leave_with(parent: Any) -> None:
    """Exit with the run. Jupyter's kernels watch the pid of their parent, but this one's parent is the fork server."""
    parent.join()
    os._exit(1)


def prepare(manager: KernelManager, drawn_at: str) -> None:
    """Have a manager's kernel forked, and drawings asked for at an address."""
    if FORKS:
        manager.provisioner = Forked(kernel_id="", kernel_spec=manager.kernel_spec, parent=manager)
        manager.provisioner.drawn_at = drawn_at
