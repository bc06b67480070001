"""Recomputation of the numeric claims, one module a chapter; importing a module registers its functions."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
