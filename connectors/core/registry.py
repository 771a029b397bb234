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
    package = importlib.import_module(CONNECTORS)
    classes = []
    for info in pkgutil.iter_modules(package.__path__):
        if info.ispkg and info.name not in NOT_SOURCES:
            try:
                module = importlib.import_module(f"{CONNECTORS}.{info.name}")
            except ImportError:
                # One source that cannot start must not take the others along.
                _logger.exception("The source %s cannot be loaded", info.name)
                continue
            if source := getattr(module, "SOURCE", None):
                classes.append(source)
    classes.sort(key=lambda source: (source.takes_files, source.label))
    return {source.name: source for source in classes}


def get_source_class(name):
    """Return the class of a source.

    Its package nearly always bears its name: then the others are not imported for it. A
    process that helps with one phase asks for nothing else.

    :raises KeyError: no such source is installed
    """
    if not available_sources.cache_info().currsize and (own := _import_alone(name)):
        return own
    return available_sources()[name]


def _import_alone(name):
    """Return the source that the package of this name exports, None where it does not."""
    if name in NOT_SOURCES or not name.isidentifier():
        return None
    try:
        module = importlib.import_module(f"{CONNECTORS}.{name}")
    except ImportError:
        return None  # told where all of them are looked for
    source = getattr(module, "SOURCE", None)
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
