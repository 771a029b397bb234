"""Krayin 2.0 and 2.1: its two lists with a button (``Webkul/DataGrid``, March 2025).

By its own code. The file's name is a few random letters; a lead is a deal in a pipeline;
e-mails and numbers are JSON, later ``value (label)``.
"""

from .dialect import COUNTED, Dialect, Sign

_LEADS = ("Sales Person", "Lead Value", "Rotten Lead")
_PERSONS = ("Emails", "Contact Numbers", "Organization Name")

DIALECTS = (
    Dialect(
        "Krayin",
        "a few random letters and .xls, .xlsx or .csv; persons and leads alone",
        signs=(Sign(headers=_LEADS), Sign(headers=_PERSONS)),
        shown_by={"deals": _LEADS, "contacts": _PERSONS},
        columns={
            "deals": {
                "Sales Person": "owner",
                "Subject": "deal name",
                "Lead Value": "amount",
                "Tag Name": "tags",
                "Date To": "expected close date",
            },
            "contacts": {"Contact Numbers": "phone"},
        },
        superfluous={"Rotten Lead": COUNTED},
    ),
)
