"""What every test process does; and notebooks under test: their kernels speak through sockets in a folder of their own, so
that two never meet on a port.
"""

import gc
import tempfile

# Tables and pages are many objects and hardly ever rings: up to a fifth of the time went into looking for them.
gc.set_threshold(50_000, 20, 20)


def pytest_configure(config):
    """Where notebooks are compared, nbval starts such kernels."""
    if not config.getoption("--nbval", default=False):
        return
    from jupyter_client.manager import KernelManager
    from nbval import kernel

    class OnSockets(KernelManager):
        """A kernel without ports."""

        def __init__(self, **options):
            self.place = tempfile.TemporaryDirectory(prefix="kernel-")
            super().__init__(transport="ipc", connection_file=f"{self.place.name}/kernel.json", **options)

        def cleanup_resources(self, restart=False):
            super().cleanup_resources(restart)
            if not restart:
                self.place.cleanup()

    kernel.KernelManager = OnSockets
