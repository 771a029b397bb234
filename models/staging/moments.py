"""Instants as text; what knows values only imports nothing of ``connectors``."""

from ...connectors.core.moments import parse_iso  # noqa: F401  # for others
