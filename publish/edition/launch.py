"""Ways to run a chapter elsewhere: addresses for Binder and Colab, and the cell that Colab needs.

Addresses follow from ``repository.url`` in _config.yml, the cell from that or from ``html.baseurl``. While they are empty
there is neither.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from publish.edition import wheel
from publish.edition.settings import Repository

BINDER = "https://mybinder.org/v2"
COLAB = "https://colab.research.google.com/github"
PROVIDERS = {"github.com": "gh", "gitlab.com": "gl"}
TAG = "setup"


def binder(page: str, repository: Repository) -> str:
    """Where Binder opens a chapter in JupyterLab, in an environment built from the repository's ``.binder`` folder.

    Parameters
    ----------
    page : str
        The chapter, such as ``"chapters/trade-volume"``.
    repository : Repository
        Any public Git address will do; GitHub's and GitLab's have a short form.

    Returns
    -------
    str
        An address, or nothing if the repository has none.

    Examples
    --------
    >>> binder("chapters/energy", Repository("https://github.com/someone/book", "v1"))
    'https://mybinder.org/v2/gh/someone/book/v1?urlpath=lab%2Ftree%2Fchapters%2Fenergy.ipynb'
    """
    if not repository:
        return ""
    host, path = _parts(repository)
    kind = PROVIDERS.get(host, "git")
    place = {"gh": path, "gl": quote(path, safe="")}.get(kind, quote(repository.url, safe=""))
    notebook = quote(f"lab/tree/{page}.ipynb", safe="")
    return f"{BINDER}/{kind}/{place}/{quote(repository.ref, safe='')}?urlpath={notebook}"


def colab(page: str, repository: Repository) -> str:
    """Where Colab opens a chapter; nothing if the repository is not on GitHub, since Colab reads no other host.

    Examples
    --------
    >>> colab("chapters/energy", Repository("https://github.com/someone/book", "v1"))
    'https://colab.research.google.com/github/someone/book/blob/v1/chapters/energy.ipynb'
    """
    host, path = _parts(repository)
    return f"{COLAB}/{path}/blob/{quote(repository.ref)}/{page}.ipynb" if host == "github.com" else ""


def _parts(repository: Repository) -> tuple[str, str]:
    address = urlsplit(repository.url)
    return address.netloc.lower(), address.path.strip("/")


# -- the cell -------------------------------------------------------------------------------------


def requirement(repository: Repository, site: str = "") -> str:
    """What pip installs: package and tables as they stand at the repository's branch or tag, else this edition from the site.

    Examples
    --------
    >>> requirement(Repository("https://github.com/someone/book", "v1"))
    'git+https://github.com/someone/book@v1'
    """
    if repository:
        return f"git+{repository.url}@{repository.ref}"
    return f"{site}{wheel.name()}" if site else ""


def setup_source(wanted: str) -> str:
    """The cell's code. Where the package is installed, as here and on Binder, it does nothing; nor while nothing is wanted."""
    if not wanted:
        return ""
    return f"""# Installs the book's package and tables where they are missing; shows its charts on Colab.
import importlib.util
import sys

if importlib.util.find_spec("partnership") is None:
    %pip install -q {wanted}
if "google.colab" in sys.modules:
    from partnership import charts
    charts.show_as_html()"""


def with_setup(notebook: Any, source: str) -> Any:
    """Put the cell at the top of the code, renew it, or take it out if it has no code."""
    from nbformat.v4 import new_code_cell  # slow to load; a page asks for addresses only

    notebook.cells = [cell for cell in notebook.cells if TAG not in cell.metadata.get("tags", [])]
    if source:
        first = next((n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"), len(notebook.cells))
        notebook.cells.insert(first, new_code_cell(source, metadata={"tags": [TAG, "remove-cell"]}))
    return notebook
