"""What the chapters import: tables, measures, charts, numbers in sentences, claims."""

from pathlib import Path


def _root() -> Path:
    """Where ``data/``, CITATION.cff and CHANGELOG.md lie: a wheel carries them inside the package, a clone beside it."""
    package = Path(__file__).resolve().parent
    shipped = package / "shipped"
    return shipped if shipped.exists() else package.parent


ROOT = _root()
