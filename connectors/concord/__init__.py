"""Concord CRM, a self-hosted Laravel application with a REST API."""

from .source import ConcordSource as SOURCE

__all__ = ["SOURCE"]
