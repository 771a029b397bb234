"""Monday: a board as a workbook, and its updates on a sheet of their own.

An audit of a real workbook (2026) and importers' tests. Titles stand above each group,
whose header is repeated; columns are called as people call them; linked items are names.
"""

from ...core.sentences import _lt
from .dialect import Dialect, Sign

DIALECTS = (
    Dialect(
        "Monday",
        "<Board>_<stamp>.xlsx, sheet named as the board, with a header for each group",
        signs=(
            Sign(headers=("Item ID (auto generated)",)),
            Sign(headers=("Item ID", "Item Name", "Update Content")),
        ),
        shown_by={"notes": ("Item ID", "Item Name", "Update Content")},
        columns={
            "notes": {
                "Update Content": "body",
                "User": "author",
                "Item Name": "",
                "Content Type": "",
            }
        },
        keys={
            "notes": "Post ID",
            **dict.fromkeys(
                (
                    "deals",
                    "leads",
                    "contacts",
                    "companies",
                    "projects",
                    "project_tasks",
                ),
                "Item ID (auto generated)",
            ),
        },
        separators={"*": ", "},
        somewhere={"notes": "Item ID"},
        superfluous={"Subitems": _lt("They stand in rows of their own.")},
    ),
)
