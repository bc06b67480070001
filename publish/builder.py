"""Jupyter Book as ``make book`` starts it: the same command without what only the execution of notebooks needs.

Run as ``python -m publish.builder ARGUMENTS`` it is ``jupyter-book ARGUMENTS``. The chapters have run before (``publish.run``), so
MyST-NB executes nothing; the parts of it that could would load a database and Jupyter's clients, a fifth of all that is loaded.
"""

from __future__ import annotations

import gc
import sys
from types import ModuleType
from typing import Any

EXECUTING = {
    "myst_nb.core.execute.cache": "NotebookClientCache",
    "myst_nb.core.execute.direct": "NotebookClientDirect",
    "myst_nb.core.execute.inline": "NotebookClientInline",
    "jupyter_client.kernelspec": "find_kernel_specs",
}
"""Modules that execute notebooks, and the name that is imported from each."""


def refuse(*_: Any, **__: Any) -> None:
    """Stand-in for what executes notebooks; always raises.

    Raises
    ------
    RuntimeError
        If ``_config.yml`` says that notebooks are executed.
    """
    raise RuntimeError('make book executes no notebook while it builds: execute_notebooks in _config.yml must be "off"')


def leave_out() -> None:
    """Have the modules that execute be empty ones, which load nothing."""
    for name, imported in EXECUTING.items():
        empty = ModuleType(name)
        setattr(empty, imported, refuse)
        sys.modules[name] = empty


def main() -> None:
    """Be the command."""
    gc.disable()  # until publish.site has been loaded: modules are no garbage, and looking for some takes a tenth of the time
    leave_out()
    from jupyter_book.cli.main import main as jupyter_book

    sys.argv[0] = "jupyter-book"
    jupyter_book()


if __name__ == "__main__":
    main()
