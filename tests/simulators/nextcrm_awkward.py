"""A NextCRM of twenty thousand rows in which everything is awkward that was seen in real ones.

Each case stands in ``CASES`` with the rows it is in; the same seed makes the same database.
"""

import datetime as dt

from .nextcrm_data import Company, make_company

ROWS = 20_000
"""Rows of all tables together at ``scale=1``."""
PARTS = {
    "users": 0.0008, "accounts": 0.035, "contacts": 0.058, "leads": 0.03,
    "opportunities": 0.045, "targets": 0.032, "activities": 0.096, "emails": 0.028,
    "documents": 0.013, "invoices": 0.005, "tasks": 0.022, "products": 0.005,
    "contracts": 0.004, "todos": 0.01, "boards": 0.0006,
}  # fmt: skip
"""How many rows of each kind for one row of all; each brings rows of other tables along."""
LOST_WORDS = ("Ztraceno", "Verloren", "In Bearbeitung", "Не дозвонились", "Nový")
STAGE_WORDS = ("Uzavřeno – vyhráno", "Angebot verschickt", "条件交渉")
LONG = "Rámcová smlouva o dodávkách a servisu " * 90
"""Longer than an index of PostgreSQL takes."""
NOTHING = ("n/a", "-", "null", "none", "N/A")


def make_awkward_company(scale=1.0, seed=11):
    """Return a ``Company`` of about ``ROWS * scale`` rows."""
    sizes = {name: max(int(ROWS * scale * part), 14) for name, part in PARTS.items()}
    sizes["users"] = max(sizes["users"], 8)
    company = make_company(seed, **sizes)
    for case in CASES:
        case(company)
    return company


def _some(company, table, every, start=0):
    """Return every so many rows that are not in the bin."""
    rows = [row for row in company.rows[table] if not row.get("deletedAt")]
    return rows[start % max(len(rows), 1) :: every]


def words_that_odoo_does_not_know(c: Company):
    """Free words where Odoo has choices."""
    words = ("Public", "PRIVATE", "team only", "public")
    for number, board in enumerate(c.rows["Boards"]):
        board["visibility"] = words[number % 4]
    for number, task in enumerate(_some(c, "Tasks", 3)):
        task["priority"] = ("urgent!!", "vysoká", "Critical", "-")[number % 4]
    for number, task in enumerate(c.rows["crm_Accounts_Tasks"]):
        task["priority"] = ("urgent!!", "high")[number % 2]


def words_of_other_languages(c):
    """Statuses and stages that people have named themselves."""
    statuses = [c.row("crm_Lead_Statuses", name=name) for name in LOST_WORDS]
    for number, lead in enumerate(_some(c, "crm_Leads", 4)):
        lead["lead_status_id"] = statuses[number % len(statuses)]["id"]
    stages = [
        c.row("crm_Opportunities_Sales_Stages", name=name, probability=50, order=number)
        for number, name in enumerate(STAGE_WORDS, 20)
    ]
    for number, deal in enumerate(_some(c, "crm_Opportunities", 5)):
        deal["sales_stage"] = stages[number % len(stages)]["id"]


def foreign_amounts(c):
    """Deals in currencies with a rate of their own, with none, and with no currency."""
    for number, deal in enumerate(c.rows["crm_Opportunities"]):
        deal["currency"] = ("USD", "CZK", "EUR", None)[number % 4]
        rates = {"USD": "0.91000000", "CZK": "0.04000000", "EUR": "1.00000000"}
        known = rates.get(deal["currency"])
        deal["snapshot_rate"] = known if number % 3 else None
    for number, contract in enumerate(c.rows["crm_Contracts"]):
        contract["snapshot_rate"] = "0.04000000" if number % 2 else None


def stages_that_were_entered(c):
    """Known since 0.14 for each deal, also for those the audit log says nothing of."""
    for number, deal in enumerate(_some(c, "crm_Opportunities", 2)):
        deal["stage_entered_at"] = deal["createdAt"] + dt.timedelta(
            days=number % 40 + 1
        )


def links_to_what_is_gone(c):
    """People of companies in the bin, deals of contacts in the bin, users that are none."""
    bins = {
        table: [row["id"] for row in c.rows[table] if row.get("deletedAt")]
        for table in (
            "crm_Accounts",
            "crm_Contacts",
            "crm_campaigns",
            "crm_Opportunities",
        )
    }
    dead_user = c.key()
    for contact in _some(c, "crm_Contacts", 9):
        contact["accountsIDs"] = c.any(bins["crm_Accounts"])
    for deal in _some(c, "crm_Opportunities", 11):
        deal["contact"] = c.any(bins["crm_Contacts"])
        deal["account"] = c.any(bins["crm_Accounts"])
        deal["campaign"] = c.any(bins["crm_campaigns"])
    for number, todo in enumerate(_some(c, "crm_Accounts_Tasks", 3)):
        todo["account"] = c.any(bins["crm_Accounts"]) if number % 2 else None
        todo["opportunity_id"] = None
    for row in _some(c, "crm_Accounts", 6):
        row["createdBy"] = dead_user
    for number, lead in enumerate(_some(c, "crm_Leads", 5)):
        lead["createdBy"] = c.key() if number % 3 == 0 else dead_user
        lead["campaign"] = c.any((c.pick("crm_campaigns"), c.key()))


def converted_targets(c):
    """Targets that became a contact, a company, or something that is gone by now."""
    accounts = [row["id"] for row in _some(c, "crm_Accounts", 1)]
    contacts = [row["id"] for row in _some(c, "crm_Contacts", 1)]
    for number, target in enumerate(_some(c, "crm_Targets", 6)):
        target["converted_at"] = target["created_on"]
        target["converted_contact_id"] = (c.any(contacts), c.key(), None)[number % 3]
        target["converted_account_id"] = c.any(accounts) if number % 3 < 2 else c.key()
        target["company_email"] = f"office{number}@quanta.example"


def many_links(c):
    """Meetings and planned calls about several records at once."""
    tables = {"opportunity": "crm_Opportunities", "contact": "crm_Contacts",
              "account": "crm_Accounts", "lead": "crm_Leads"}  # fmt: skip
    living = {
        kind: [row["id"] for row in _some(c, table, 1)]
        for kind, table in tables.items()
    }
    for row in _some(c, "crm_Activities", 12):
        for kind in ("opportunity", "contact", "contact", "account", "lead"):
            c.row("crm_ActivityLinks", activityId=row["id"], entityType=kind, entityId=c.any(living[kind]))  # fmt: skip
    gone = [row["id"] for row in c.rows["crm_Contacts"] if row.get("deletedAt")]
    linked = {row["activityId"] for row in c.rows["crm_ActivityLinks"]}
    for row in _some(c, "crm_Activities", 1):
        if row["id"] not in linked:
            c.row("crm_ActivityLinks", activityId=row["id"], entityType="contact", entityId=c.any(gone))  # fmt: skip


def what_belongs_nowhere(c):
    """Contracts without a company, documents without a link."""
    for number, contract in enumerate(c.rows["crm_Contracts"]):
        if number % 2:
            contract["account"] = None
    homeless = {row["id"] for row in _some(c, "Documents", 7)}
    for table in list(c.rows):
        if table.startswith("DocumentsTo"):
            kept = [row for row in c.rows[table] if row["document_id"] not in homeless]
            c.rows[table] = kept


def midnights(c):
    """Days as the date picker sends them from Prague, and as the API writes them."""
    for number, deal in enumerate(_some(c, "crm_Opportunities", 3)):
        hour = (22, 23, 0)[number % 3]
        deal["close_date"] = f"2026-{number % 12 + 1:02d}-27 {hour:02d}:00:00"
        deal["delivery_deadline"] = f"2027-03-31 {hour:02d}:00:00"
    for number, todo in enumerate(_some(c, "crm_Accounts_Tasks", 2)):
        todo["dueDateAt"] = f"2026-07-{number % 27 + 1:02d} 22:00:00"


def texts(c):
    """Words for nothing, HTML beside plain text, several values in one cell, no end."""
    for number, contact in enumerate(_some(c, "crm_Contacts", 8)):
        contact["mobile_phone"] = NOTHING[number % 5]
        contact["website"] = NOTHING[(number + 1) % 5]
        contact["email"] = c.any(("a@firm.example; b@firm.example", "n/a", "Jana <jana@firm.example>"))  # fmt: skip
        contact["notes"] = ["<p>see <b>file</b></p>", "a < b & c", "12\n13"]
    for number, account in enumerate(_some(c, "crm_Accounts", 40)):
        account["name"] = LONG[: 3000 + number]
    for number, deal in enumerate(_some(c, "crm_Opportunities", 13)):
        deal["name"] = ("", "  ", None)[number % 3]
        deal["next_step"] = "2026-01-01 | call; offer"


def tasks_of_nobody(c):
    """Tasks that nobody has, and done ones with the day on which they were done."""
    for number, task in enumerate(_some(c, "Tasks", 4)):
        task["user"] = None
        task["taskStatus"] = ("COMPLETE", "ACTIVE")[number % 2]
        task["updatedAt"] = task["createdAt"] + dt.timedelta(days=3)


METADATA = (
    {"location": "Sala «3»", "recording": "https://rec.example/v?id=7&t=1", "score": 0.75},
    {"subject": "Re: offer", "to": ["ana@firm.example"], "thread": {"id": 71, "muted": True}},
    {"calendarSource": "google", "organizer": "eva@firm.example"},
    ["left a message", {"retry": 2}],
    "dictated", 12, {},
)  # fmt: skip


def metadata_of_any_shape(c):
    """``createActivity`` takes any object, the database any JSON."""
    for number, activity in enumerate(_some(c, "crm_Activities", 3)):
        activity["metadata"] = METADATA[number % len(METADATA)]


def lines_that_say_more(c):
    """Lines with a number and a description of their own, of contracts as well."""
    for number, line in enumerate(c.rows["crm_OpportunityLineItems"]):
        line["sku"] = f"SKU-L{number:05d}" if number % 2 else None
        line["description"] = f"Delivered to dock {number}" if number % 3 == 0 else None
    for number, contract in enumerate(c.rows["crm_Contracts"]):
        c.row("crm_ContractLineItems", contractId=contract["id"], name=f"Hour {number}", sku=f"H-{number}",
              description=f"On site {number}", quantity=2, unit_price="80.00", line_total="160.00", currency="CZK",
              updatedAt=contract["createdAt"], createdBy=c.rows["Users"][0]["id"])  # fmt: skip
    for number, person in enumerate(c.rows["crm_Target_Contact"]):
        person["source"] = f"fair of 20{number % 90 + 10}"


def sections_of_boards_in_the_bin(c):
    """Their tasks go on: one keeps the name of where it was."""
    gone = [row["id"] for row in c.rows["Boards"] if row.get("deletedAt")]
    sections = [row["id"] for row in c.rows["Sections"] if row["board"] in gone]
    for number, task in enumerate(_some(c, "Tasks", 5)):
        task["section"] = sections[number % len(sections)]


CASES = (
    words_that_odoo_does_not_know, words_of_other_languages, foreign_amounts,
    stages_that_were_entered, links_to_what_is_gone, converted_targets, many_links,
    what_belongs_nowhere, midnights, texts, tasks_of_nobody, metadata_of_any_shape,
    lines_that_say_more, sections_of_boards_in_the_bin,
)  # fmt: skip
