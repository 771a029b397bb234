"""Read CRM systems and describe how their objects map to Odoo.

Pure Python: nothing below this package imports Odoo or leaves the package, so that
it can be read, tested and reused without a database.
"""

from .core.registry import (
    available_sources,
    get_profile_digest,
    get_source_class,
    is_source,
)

__all__ = ["available_sources", "get_profile_digest", "get_source_class", "is_source"]
