"""NextCRM, a self-hosted web application on PostgreSQL."""

from .source import NextCrmSource as SOURCE

__all__ = ["SOURCE"]
