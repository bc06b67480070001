"""What every test process does; and notebooks under test: their kernels speak through sockets in a folder of their own, so
that two never meet on a port, and are forked as those of a run are.
"""

import gc
import tempfile
from functools import cache

# Tables and pages are many objects and hardly ever rings: up to a fifth of the time went into looking for them.
gc.set_threshold(50_000, 20, 20)


def pytest_configure(config):
    """Where notebooks are compared, nbval starts such kernels."""
    if not config.getoption("--nbval", default=False):
        return
    from jupyter_client.manager import KernelManager
    from nbval import kernel

    from publish import kernels

    @cache  # by the first kernel: a process that only hands chapters to others has none
    def drawn_at():
        begun = kernels.begun()
        config.add_cleanup(lambda: begun.__exit__(None, None, None))
        return begun.__enter__()

    class OnSockets(KernelManager):
        """A kernel without ports."""

        def __init__(self, **options):
            self.place = tempfile.TemporaryDirectory(prefix="kernel-")
            super().__init__(transport="ipc", connection_file=f"{self.place.name}/kernel.json", **options)
            kernels.prepare(self, drawn_at())

        def cleanup_resources(self, restart=False):
            super().cleanup_resources(restart)
            if not restart:
                self.place.cleanup()

    kernel.KernelManager = OnSockets
