"""Freshsales: ``<Object> : <Column>`` as headers.

Four readers of real files: contacts three, leads of older accounts one. No header of deals
or accounts was found beyond one importer's synonyms.
"""

from .dialect import Dialect, Sign

DIALECTS = (
    Dialect(
        "Freshsales",
        "any name, “Contact : First name” as headers",
        signs=(
            Sign(
                pattern=r"(?:Contact|Lead|Deal|Account|Sales account) : .+", share=0.6
            ),
        ),
        columns={"leads": {"Lead stage": "lead status"}},
    ),
)
