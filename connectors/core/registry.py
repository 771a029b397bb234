"""Find the sources: every package beside ``core`` that exports ``SOURCE`` is one."""

import hashlib
import importlib
import inspect
import logging
import pkgutil
from functools import cache
from pathlib import Path

_logger = logging.getLogger(__name__)

CONNECTORS = __name__.rpartition(".core.")[0]
NOT_SOURCES = {"anonymize", "core", "mapping"}


@cache
def available_sources():
    """Return the classes of all sources by name, the files last: ``{str: type}``.

    A folder appended to the package's ``__path__`` is searched as well.
    """
    classes = [source for name in _list_packages() if (source := _import_source(name))]
    classes.sort(key=lambda source: (source.takes_files, source.label))
    return {source.name: source for source in classes}


def _list_packages():
    package = importlib.import_module(CONNECTORS)
    found = pkgutil.iter_modules(package.__path__)
    return [info.name for info in found if info.ispkg and info.name not in NOT_SOURCES]


def _import_source(package):
    """Return what a package exports; None where it is no source, or cannot start."""
    try:
        module = importlib.import_module(f"{CONNECTORS}.{package}")
    except ImportError:
        # One source that cannot start must not take the others along.
        _logger.exception("The source %s cannot be loaded", package)
        return None
    return getattr(module, "SOURCE", None)


def get_source_class(name):
    """Return the class of a source; the others are not imported for it.

    :raises KeyError: no such source is installed
    """
    if not available_sources.cache_info().currsize and (alone := _get_alone(name)):
        return alone
    return available_sources()[name]


def is_source(name):
    """Tell whether a source is installed, by its name."""
    try:
        return bool(get_source_class(name))
    except KeyError:
        return False


@cache
def _get_alone(name):
    """Return the source whose package has its name, None where there is none."""
    source = _import_source(name) if name in _list_packages() else None
    return source if source and source.name == name else None


@cache
def get_profile_digest(name):
    """Return a text that changes whenever the package of a source does.

    :raises KeyError: no such source is installed
    """
    folder = Path(inspect.getfile(get_source_class(name))).parent
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
