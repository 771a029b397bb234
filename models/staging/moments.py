"""Instants as text; the loaders themselves import nothing of ``connectors``."""

from ...connectors.core.moments import parse_iso  # noqa: F401  # for the loaders
