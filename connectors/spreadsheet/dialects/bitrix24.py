"""Bitrix24: CSV and "Excel" (a page of HTML) of list views, by its own templates.

One header of companies from a real file. Semicolons, each cell in quotes, one more at the
end of each line; a deal with products has a row for each of them; the stage and *Closed*
say won and lost. English labels; of the German ones the dictionary knows more.
"""

from .dialect import Dialect, Sign

_STAMP = r"_\d{8}_[0-9a-f]{8}(?:_\w+)?"

DIALECTS = (
    Dialect(
        "Bitrix24",
        "DEAL_20250101_1a2b3c4d.csv and the like with semicolons; .xls is a web page",
        signs=(
            Sign(file=rf"^(?:lead|deal|contact|company){_STAMP}\."),
            Sign(headers=("ID", "Assumed close date", "Responsible")),
        ),
        objects={
            "leads": f"lead{_STAMP}",
            "deals": f"deal{_STAMP}",
            "contacts": f"contact{_STAMP}",
            "companies": f"company{_STAMP}",
        },
        columns={
            "deals": {"Deal status": ""},
            "leads": {"Status": "lead status", "Opportunity": "amount"},
        },
    ),
)
