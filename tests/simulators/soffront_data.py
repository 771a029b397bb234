"""Makes the invented customer that the Soffront simulator serves."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .soffront_forms import CHILDREN, FORMS, VALUES
from .soffront_query import Tables

NAMES = (
    "Larkfield Pumps", "O'Dell Labs", "Société d'Élevage & Fils", "株式会社サンプル",
    "شركة المثال للتجارة", "🚀 Rocket + Sons", "100% Pure; a, b/c", "Größe \\ Maß",
    "", "Ümlaut " * 40, "Null", "=1+1", "<b>Bold</b> Ltd.",
)  # fmt: skip
PEOPLE = (
    ("Ivo", "Brandt"), ("Siobhán", "O'Neill"), ("花子", "山田"), ("مريم", "حسن"),
    ("Zoë", "D’Angelo"), ("", "Prince"), ("Anne-Marie", "van der Berg 🌷"),
)  # fmt: skip
STAFF = ("Ivo Brandt", "Priya Nair", "Jørgen Ås")
DOCUMENTS = (
    ("pump & seal.v2.pdf", b"%PDF-1.4 invented " * 50),
    ("résumé+100%.txt", "Grüße, 世界".encode()),
    ("a/b; c.csv", b"a,b\n1,2\n"),
    ("漢字 ملف.png", b"\x89PNG\r\n\x1a\n" + b"0" * 300),
    (".hidden..txt", b"dots"),
    ("empty.dat", b""),
    ("page.html", b"<!DOCTYPE html><title>A real page</title>"),
)
START = datetime(2021, 1, 4, 8, 0)
FIRST_ID = 11


@dataclass
class Customer:
    """One installation: rows, links, pick lists, files and the audit trail.

    links: (object, FormID, child object, child's FormID)
    files: bytes, or a callable that makes them, by (object, record id, name)
    """

    tables: Tables = field(default_factory=Tables)
    forms: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    links: list = field(default_factory=list)
    files: dict = field(default_factory=dict)
    audit: dict = field(default_factory=dict)
    _next: int = 9000

    def next_id(self):
        self._next += 1
        return self._next

    def link(self, parent, parent_id, child, child_id):
        self.links.append((parent, parent_id, child, child_id))

    def linked(self, parent, parent_id, child):
        """Return the ids of children, whichever side the link was made from."""
        return [
            other if (one, key) == (parent, parent_id) else key
            for one, key, two, other in self.links
            if (one, key, two) == (parent, parent_id, child)
            or (two, other, one) == (parent, parent_id, child)
        ]

    def rows(self, name, condition="IsDeleted = 0"):
        return self.tables.rows(name, condition)

    def add_note(self, parent, parent_id, **row):
        key = self.next_id()
        self.tables.insert("Note", FormID=key, Record=parent_id, **row)
        self.link(parent, parent_id, "Note", key)
        return key

    def add_file(self, parent, parent_id, name, content, *, size=None, place=None):
        """:param place: (object, record id) that the path names, where it is another"""
        key = self.next_id()
        where = place or (parent.upper(), parent_id)
        self.tables.insert(
            "TRDOCMNT", FormID=key, DOCID=key, DOCNAME=name,
            DOCTYPE=name.rpartition(".")[2], CREATOR=STAFF[0],
            DOCPATH=f"Attach\\{where[0]}_{where[1]}_{key}\\",
            DOCSIZE=len(content) if size is None else size,
        )  # fmt: skip
        self.link(parent, parent_id, "TRDOCMNT", key)
        if content is not None:
            self.files[where[0].casefold(), str(where[1]), name] = content
        return key


def make_customer(
    accounts=40, contacts=60, tickets=30, leads=12, deals=15, activities=14, defects=6,
    seed=7,
):  # fmt: skip
    """Return a customer with so many rows that are not deleted; a few deleted ones extra.

    The same arguments give the same customer. The awkward rows come first.
    """
    customer, rng = Customer(values=dict(VALUES)), random.Random(seed)
    customer.forms = {name: [dict(row) for row in rows] for name, rows in FORMS.items()}
    for name, rows in FORMS.items():
        customer.tables.create(name, [r["FieldName"] for r in rows][1:])
    for name, columns in CHILDREN.items():
        customer.tables.create(name, columns.split())
    _add_accounts(customer, rng, accounts)
    _add_contacts(customer, rng, contacts)
    _add_tickets(customer, rng, tickets)
    _add_sales(customer, rng, leads, deals, activities)
    _add_rest(customer, defects)
    return customer


def _when(number):
    return (START + timedelta(hours=7 * number, seconds=number % 60)).isoformat(" ")


def _keys(count, rng):
    """Return so many ids with gaps between them, as deletions leave them."""
    key = FIRST_ID - 1
    for _number in range(count):
        key += rng.choice((1, 1, 2, 5))
        yield key


def _company(number):
    name = NAMES[number % len(NAMES)]
    return name if number < len(NAMES) else f"{name} {number}".strip()


def _add_accounts(customer, rng, count):
    for number, key in enumerate(_keys(count + 2, rng)):
        gone = number in (4, 9)
        customer.tables.insert(
            "Account", FormID=key, AcctID=key, IsDeleted=int(gone),
            Company=_company(number), Status=("Customer", "Prospect")[number % 2],
            Address1=f"{number} Dock Lane", City=("Portsea", "Århus")[number % 2],
            AccState="ME", ZipCode=f"0{4000 + number}", Country=("USA", "Danmark")[number % 2],
            Industry="Manufacturing", MainPh=f"555-010-0{number:03d}",
            LastMod=_when(number), Employees=number, Rating=number / 4,
            Region="North", District="Fjord",
            Interests=("Pumps,Valves", "Seals", None)[number % 3],
            Renewal=f"2022-02-{number % 27 + 1:02d} 00:00:00", CrMark="A",
        )  # fmt: skip


def _add_contacts(customer, rng, count):
    accounts = customer.rows("Account")
    deleted = customer.rows("Account", "IsDeleted = 1")
    for number, key in enumerate(_keys(count, rng)):
        first, last = PEOPLE[number % len(PEOPLE)]
        last += f" {number}" if number >= len(PEOPLE) else ""
        account = accounts[number % len(accounts)]
        customer.tables.insert(
            "Contact", FormID=key, Contact=key, FName=first, LName=last,
            FullName=f"{first} {last}".strip(), MrMs="Ms.", JobTitle="Chef d'équipe",
            Company=account["Company"], Status=("Active", "Inactive Contact")[number % 5 == 4],
            email=f"person{number}@example.com", BPhone=f"555-020-0{number:03d}",
            Mobile="", City="Fenwick", Country="USA", AddlInfo="<p>Knows & likes</p>",
            Nletstat="Yes", PortalAcc="Yes", Pswd="hunter2-invented",
            PrtlSecrt="sesame-invented", LastMod=_when(number),
            Survey01="ja", Survey45=f"answer {number}",
        )  # fmt: skip
        if number == 1:
            customer.link("Contact", key, "Account", accounts[0]["FormID"])
        if number == 3:
            customer.link("Contact", key, "Account", deleted[0]["FormID"])
        elif number != 2:
            customer.link("Contact", key, "Account", account["FormID"])


def _add_tickets(customer, rng, count):
    people = customer.rows("Contact")
    for number, key in enumerate(_keys(count, rng), 490):
        key += 490
        person = people[number % len(people)]
        closed = number % 3 == 0
        customer.tables.insert(
            "Ticket", FormID=key, TicketID=key, Synopsis=f"Pump {number} won't start: 50% \"dead\"",
            Detail="<p>It hums.</p>", Status="Closed" if closed else "Open",
            Severity="2-Medium", Priority=str(number % 3 + 1),
            AssignTo=STAFF[number % 3], TQueue="Field", CallTime=_when(number),
            DueDate="2021-06-01 00:00:00", Closedat=_when(number + 40) if closed else None,
            LastMod=_when(number + 40), Cat1="Hardware", Product="P-100",
            ContctName=person["FullName"], Company=person["Company"], Solution="",
        )  # fmt: skip
        for turn in range(number % 4):
            note = customer.add_note(
                "Ticket", key, Subject=f"Answer {turn}", NoteText="Please reset\nit — «now»",
                Author=STAFF[turn % 3], NoteDate=_when(number + turn),
                Status=("public", "private")[turn % 2], ShowP="Yes",
            )  # fmt: skip
            if number % 8 == 3 and turn == 1:
                customer.add_file("Note", note, f"note {key}.txt", b"from a note")
        customer.audit["Ticket", key] = [_change(number, turn) for turn in range(2)]
    tickets = customer.rows("Ticket")
    for (name, content), ticket in zip(DOCUMENTS, tickets * 3, strict=False):
        customer.add_file("Ticket", ticket["FormID"], name, content)
    _add_broken_files(customer, tickets)
    customer.tables.insert(
        "WatchBy", FormID=8001, FullName=STAFF[1], Email="p@example.com"
    )
    customer.link("Ticket", tickets[0]["FormID"], "WatchBy", 8001)


def _change(number, turn):
    return {
        "updateDate": _when(number + turn).replace(" ", "T"), "userName": STAFF[0],
        "createStamp": turn == 0, "noChange": False, "fieldChanged": "Status",
        "changedFrom": ("", "Open")[turn], "changedTo": ("Open", "Assigned")[turn],
    }  # fmt: skip


def _add_broken_files(customer, tickets):
    first, second = tickets[0]["FormID"], tickets[1]["FormID"]
    customer.add_file("Ticket", first, "short.bin", b"x" * 90, size=100)
    customer.add_file(
        "Ticket", first, "moved.txt", b"elsewhere", place=("TICKET", second)
    )
    customer.add_file("Ticket", first, "gone.txt", b"gone")
    del customer.files["ticket", str(first), "gone.txt"]
    customer.add_file(
        "Ticket", first, "replaced.pdf", b"<!DOCTYPE html>Server Error", size=5000
    )
    account = customer.rows("Account")[0]["FormID"]
    customer.add_file("Account", account, "contract 2021.pdf", b"%PDF contract")


def _add_sales(customer, rng, leads, deals, activities):
    accounts = customer.rows("Account")
    for number, key in enumerate(_keys(leads, rng)):
        customer.tables.insert(
            "Leads", FormID=key, FullName=f"{PEOPLE[number % 7][0]} Lead {number}",
            Company=_company(number), Campaign="Fair 2021", City="Portsea",
            Email=f"lead{number}@example.com", MainPh="555-030-0001", LastMod=_when(number),
        )  # fmt: skip
    for number, key in enumerate(_keys(deals, rng)):
        customer.tables.insert(
            "Opportunity", FormID=key, OppName=f"Deal {number} – {NAMES[number % 13][:30]}",
            SlsStage=("Qualify", "Proposal", "Won", "Lost")[number % 4],
            ExpRev=1000.5 * number, ClosDate="2021-09-30 00:00:00", SalesRep=STAFF[number % 3],
            Company=accounts[number % len(accounts)]["Company"], LastMod=_when(number),
        )  # fmt: skip
        customer.add_note("Opportunity", key, Subject="Call", NoteText="ok", Author=STAFF[0],
                          NoteDate=_when(number), Status="public")  # fmt: skip
    for number, key in enumerate(_keys(activities, rng)):
        customer.tables.insert(
            "Activity", FormID=key, Subject=f"Step {number}",
            ActType=("Call", "E-mail", "Meeting", "Task")[number % 4], StartDt=_when(number),
            EndDt=_when(number + 1), Descript="Talk about «seals»", AssignTo=STAFF[number % 3],
            Status=("Open", "Done")[number // 4 % 2], Company=accounts[0]["Company"],
        )  # fmt: skip


def _add_projects(customer):
    """Two projects with milestones, and issues of which some belong to none."""
    for number, name in enumerate(("Dock «Ø» & Co", "Crane 50 %")):
        customer.tables.insert(
            "Project", FormID=1100 + number, PrjName=name, Descript="Spring\nto fall",
            Status=("Active", "Completed")[number], StartDt="2021-02-01",
            EndDt="2021-11-30", AssignTo=STAFF[number], Company=_company(number),
            LastMod=_when(number),
        )  # fmt: skip
        for step in range(2):
            customer.tables.insert(
                "Milestone", FormID=1200 + 2 * number + step,
                MlName=f"Piles {number}.{step}", Descript="As agreed", PrjName=name,
                DueDt=f"2021-0{4 + step}-30", Status=("Completed", "Open")[step],
                DoneDt=None if step else "2021-04-28 16:30:00", LastMod=_when(step),
            )  # fmt: skip
    states = ("Open", "In Progress", "Closed", "Canceled", None)
    for number, state in enumerate(states):
        customer.tables.insert(
            "Issue", FormID=1300 + number, Synopsis=f"Crack <{number}>",
            Details="Measured twice", Status=state,
            Priority=("1-High", "2-Medium", "3-Low")[number % 3],
            PrjName=("Dock «Ø» & Co", "Crane 50 %", None)[number % 3],
            MlName=("Piles 0.0", None)[number % 2], DueDate="2021-06-30",
            Closedat="2021-06-01 09:00:00" if state == "Closed" else None,
            AssignTo=STAFF[number % 2], ContctName=None, Company=_company(number),
            LastMod=_when(number),
        )  # fmt: skip


def _add_rest(customer, defects):
    for number in range(defects):
        customer.tables.insert(
            "Defect", FormID=700 + number, DefectID=number, Synopsis=f"Leak {number}",
            Details="drips", Steps="1. wait", Status="New", SubDate=_when(number),
            Developr=STAFF[1], Submitter=STAFF[0],
            PrjName=("Dock «Ø» & Co", None)[number % 2],
        )  # fmt: skip
    _add_projects(customer)
    customer.tables.insert("Vendor", FormID=1, VendName="Ápex", Grade="A")
    customer.tables.insert(
        "ShipItem", FormID=8101, ItemName="Seal kit", SerialNum="S-1"
    )
    customer.link("Contact", customer.rows("Contact")[0]["FormID"], "ShipItem", 8101)
