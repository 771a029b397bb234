"""Twenty (2025 to 2026): CSV of a view, by its own code (``useExportRecords``).

The names of stages are a connector's schema (third party); that the last one of them,
``CUSTOMER``, is won is general knowledge. Linked records are ids without names; instants
are ISO in UTC; of a text there are two forms.
"""

from ...core.sentences import _lt
from ...mapping.vocabulary import field, first_phone, join
from .dialect import Dialect, Sign

_PARTS = r"(?:Name|Emails|Phones|Domain Name|Amount|Address|Created by|Body) / .+"
_CODE = ("phones primary phone calling code",)
_NUMBER = ("phones primary phone number",)
_PHONE = (field("phone", (_CODE, _NUMBER), join(" "), first_phone),)

DIALECTS = (
    Dialect(
        "Twenty",
        "<object>.csv in the singular (person.csv) with “<Label> / <Part>” as headers",
        signs=(Sign(headers=("Id",), pattern=_PARTS),),
        columns={
            "*": {"Creation date": "created at", "Last update": "updated at"},
            "deals": {
                "Point of Contact Id": "contact id",
                "Account Owner Id": "owner id",
            },
            "companies": {
                "Domain Name / Link URL": "website",
                "Account Owner Id": "owner id",
            },
            "notes": {"Body / Markdown": "body"},
            "activities": {"Body / Markdown": "description", "Assignee Id": "owner id"},
        },
        fields={"contacts": _PHONE, "companies": _PHONE},
        outcomes={"deals": {"CUSTOMER": "Won"}},
        superfluous={
            "Body / BlockNote": _lt("The same text stands in another column as well."),
            "Created by / Source": _lt("Odoo notes by itself who changes what."),
        },
    ),
)
