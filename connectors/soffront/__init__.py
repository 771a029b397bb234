"""Soffront CRM, an older hosted CRM with a REST service that support must enable."""

from .source import SoffrontSource as SOURCE

__all__ = ["SOURCE"]
