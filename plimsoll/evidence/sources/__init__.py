"""One file a source: adding a source is adding its file here, with a SOURCE in it."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from plimsoll.evidence.layouts import Source


@cache
def known() -> dict[str, Source]:
    """Every source, by its name."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.SOURCE.name: module.SOURCE for module in modules}


def title_of(name: str) -> str:
    """The title of a source; the name itself of one that is known no longer."""
    found = known().get(name)
    return found.title if found else name
