"""Data of each target, for ``target_conformance``: one file per model, found by itself."""

import importlib
import pkgutil


def get_all():
    """Return model → ``TargetData``."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        data = importlib.import_module(f"{__name__}.{module.name}").TARGET
        assert data.model.replace(".", "_") == module.name, module.name
        found[data.model] = data
    return found
