"""Find the sources: every package beside ``core`` that exports ``SOURCE`` is one."""

import importlib
import pkgutil
from functools import cache

CONNECTORS = __name__.rpartition(".core.")[0]
NOT_SOURCES = {"core", "mapping"}


@cache
def available_sources():
    """Return the classes of all sources by name, the files last: ``{str: type}``.

    A folder appended to the package's ``__path__`` is searched as well.
    """
    package = importlib.import_module(CONNECTORS)
    classes = []
    for info in pkgutil.iter_modules(package.__path__):
        if info.ispkg and info.name not in NOT_SOURCES:
            module = importlib.import_module(f"{CONNECTORS}.{info.name}")
            if source := getattr(module, "SOURCE", None):
                classes.append(source)
    classes.sort(key=lambda source: (source.takes_files, source.label))
    return {source.name: source for source in classes}


def get_source_class(name):
    """Return the class of a source.

    :raises KeyError: no such source is installed
    """
    return available_sources()[name]
