"""Invented exports of what the interface of a system does not give, for the table."""

import importlib
import sys
from types import ModuleType

from databases import ENV

NET_RESULTS = {
    "contacts.csv": (
        "Contact ID,First Name,Last Name,Email,Company,Job Title\n"
        "700001,Zoë,Ångström,zoe@nordlys.example,Nordlys ApS,Købmand\n"
        "700002,Seán,O'Neill,sean@bread.example,Bread & Sons,\n"
        "700003,美咲,佐藤,misaki@kaze.example,,Buyer\n"
    ),
    "deals.csv": (
        "Deal ID,Deal Name,Amount,Currency,Stage,Close Date,Contact Email,Owner,Created At\n"
        'D-1,"Ovens, 2 × ""Grande""",12500.50,EUR,Proposal,2025-06-30,'
        "sean@bread.example,Nora Whitfield,2025-03-04 10:00\n"
        "D-2,Wind gauge,99.90,USD,Won,2025-02-01,misaki@kaze.example,,2025-01-07 08:30\n"
        "D-3,Herring 50 %,0,EUR,Qualified,,zoe@nordlys.example,Nora Whitfield,"
        "2025-04-01 12:00\n"
    ),
    "deal_stage_history.csv": (
        "Deal ID,From Stage,To Stage,Changed At\n"
        "D-1,Qualified,Proposal,2025-03-20 15:00\n"
        "D-2,Qualified,Proposal,2025-01-15 09:00\n"
        "D-2,Proposal,Won,2025-02-01 11:20\n"
    ),
    "calls.csv": (
        "Call ID,Subject,Call Date,Duration (min),Direction,Outcome,Contact Email,Notes\n"
        "C-1,Asked for a quote,2025-03-05 09:15,12,Outbound,Reached,sean@bread.example,"
        "Wants it before Easter\n"
        "C-2,No answer,2025-03-06 16:40,0,Outbound,No answer,zoe@nordlys.example,\n"
    ),
    "meetings.csv": (
        "Meeting ID,Subject,Start,End,Location,Contact Email,Description\n"
        "M-1,Look at the bakery,2025-03-12 10:00,2025-03-12 11:30,Cork,"
        "sean@bread.example,Bring samples\n"
        "M-2,Videocall,2025-10-26 09:00,2025-10-26 09:30,,misaki@kaze.example,\n"
    ),
    "notes.csv": (
        "Note ID,Note,Contact Email,Created At\n"
        "N-1,Prefers to be written to in French,zoe@nordlys.example,2025-04-05 09:30\n"
        "N-2,Pays late,sean@bread.example,2025-04-06 10:00\n"
    ),
}

SOFFRONT = {
    "contacts.csv": (
        "Contact ID,First Name,Last Name,Email\n1,Łukasz,Żółć,lukasz@print.example\n"
    ),
    "kb_categories.csv": (
        "Category ID,Category Name,Parent Category\nK-1,Printers,\nK-2,Toner & ink,Printers\n"
    ),
    "kb_articles.csv": (
        "Article ID,Title,Body,Category,Author,Created At\n"
        "A-1,Paper jam,<p>Open tray <b>2</b>.</p>,Printers,Nora Whitfield,2021-02-03 10:00\n"
        "A-2,Empty toner,<p>Shake it first.</p>,Toner & ink,Inês Prado,2021-03-04 11:00\n"
    ),
    "groups.csv": (
        "Group ID,Group Name,Members\nG-1,Sales East,Nora Whitfield; Inês Prado\nG-2,Support,\n"
    ),
}

SETS = {
    "net_results_files": ("Net-Results, files", NET_RESULTS),
    "soffront_files": ("Soffront, files", SOFFRONT),
    "files": ("Files", None),
}
"""Name → its label and texts by name; None: a folder of several kinds of files."""


def write_files(name, folder):
    """Write the files of a set into a folder; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    _label, texts = SETS[name]
    files = (
        [(file, text.encode()) for file, text in texts.items()]
        if texts
        else get_export_folder().as_files()
    )
    paths = []
    for file, content in files:
        path = folder / file
        path.write_bytes(content)
        paths.append(str(path))
    return paths


def get_export_folder():
    """Return the export that the journeys of the tests read."""
    tests = ENV.parent / "tests"
    # Without what the packages themselves import: that needs Odoo.
    for name, folder in (
        ("tests", tests),
        ("tests.test_journeys", tests / "test_journeys"),
    ):
        package = sys.modules[f"crm_migration_{name}"] = ModuleType(
            f"crm_migration_{name}"
        )
        package.__path__ = [str(folder)]
    module = importlib.import_module("crm_migration_tests.test_journeys.journey_files")
    return module.ExportFolder()
