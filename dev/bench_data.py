"""Invented rows for the bench, and the mapping that loads them."""

import csv
import sys
from pathlib import Path

# The connectors are pure Python: outside Odoo they are a package of their own.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from connectors.mapping.vocabulary import (
    constant,
    decimal,
    field,
    html,
    lookup,
    lookup_all,
    mapping,
    strip,
)

PERSON = (
    field("name", "name", strip, required=True),
    field("email", "email", strip),
    field("phone", "phone", strip),
    field("street", "street", strip),
    field("city", "city", strip),
    field("zip", "zip", strip),
    field("@created_at", "at", strip),
    field("@updated_at", "at", strip),
)
MAPPINGS = (
    mapping(
        "companies", "res.partner", field("is_company", None, constant(True)), *PERSON
    ),
    mapping(
        "contacts",
        "res.partner",
        field("parent_id", "company", lookup("companies")),
        field("barcode", "barcode", strip),
        *PERSON,
        after=("companies",),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip, required=True),
        field("type", None, constant("opportunity")),
        field("expected_revenue", "amount", decimal),
        field("email_from", "email", strip),
        field("phone", "phone", strip),
        field("city", "city", strip),
        field("@created_at", "at", strip),
        field("@updated_at", "at", strip),
    ),
    mapping(
        "notes",
        "mail.message",
        field("body", "body", html),
        field("date", "at", strip),
        field("@subtype", None, constant("note")),
        field("@thread", "deal", lookup_all("deals", "")),
        after=("deals",),
    ),
    mapping(
        "todos",
        "mail.activity",
        field("summary", "title", strip),
        field("date_deadline", "day", strip, required=True),
        field("note", "text", html),
        field("@thread", "contact", lookup_all("contacts", "")),
        field("@created_at", "at", strip),
        field("@updated_at", "at", strip),
        after=("contacts",),
    ),
    mapping(
        "meetings",
        "calendar.event",
        field("name", "title", strip, required=True),
        field("start", "start", strip),
        field("stop", "stop", strip),
        field("description", "text", html),
        field("location", "place", strip),
        field("@partners", "guests", lookup_all("contacts", "")),
        field("@created_at", "at", strip),
        field("@updated_at", "at", strip),
        after=("contacts",),
    ),
    mapping("projects", "project.project", field("name", "name", strip, required=True)),
    mapping(
        "tasks",
        "project.task",
        field("name", "title", strip, required=True),
        field("description", "text", html),
        field("date_deadline", "due", strip),
        field("priority", "priority", strip),
        field("project_id", "project", lookup("projects")),
        field("@created_at", "at", strip),
        field("@updated_at", "at", strip),
        after=("projects",),
    ),
)


def get_people(number, bad=0, first=0):
    """Return (companies, people): one company for ten people."""
    count = max(number // 10, 1)
    companies = [
        {
            "id": first + i,
            "name": f"Azulejos {i} & Filhos",
            "email": f"geral{i}@c{i}.example",
            **_place(i),
        }
        for i in range(count)
    ]
    people = [
        {
            "id": first + i,
            "name": f"Marta Conceição {i}",
            "email": f"marta{i}@c{i % count}.example",
            "company": first + i % count,
            # One barcode for several people: refused by a constraint, so by ``create``.
            "barcode": "4006381333931" if bad and i % int(1 / bad) == 0 else None,
            **_place(i % count),
        }
        for i in range(number)
    ]
    return companies, people


def _place(i):
    return {
        "phone": f"+351 21 000 {i:04d}",
        "street": f"Rua do Exemplo {i}",
        "city": "Porto",
        "zip": f"4000-{i % 1000:03d}",
        "at": "2021-03-04 10:20:30",
    }


def get_leads(number):
    return [
        {
            "id": i,
            "name": f"Façade {i}",
            "amount": 100.5 + i,
            "email": f"lead{i}@example.com",
            **_place(i),
        }
        for i in range(number)
    ]


def get_notes(number, leads):
    return [
        {
            "id": i,
            "body": f"<p>Called about <b>tiles</b> {i}; prefers mail.</p>",
            "deal": i % leads,
            "at": f"2021-03-{1 + i % 28:02d} 10:{i % 60:02d}:00",
        }
        for i in range(number)
    ]


def get_todos(number, contacts):
    return [
        {
            "id": i,
            "title": f"Call about tiles {i}",
            "day": f"2031-03-{1 + i % 28:02d}",
            "text": f"<p>Ask for <b>{i}</b> boxes.</p>",
            "contact": i % contacts,
            "at": "2021-03-04 10:20:30",
        }
        for i in range(number)
    ]


def get_meetings(number, contacts):
    return [
        {
            "id": i,
            "title": f"Visit {i}",
            "start": f"2021-03-{1 + i % 28:02d} 10:00:00",
            "stop": f"2021-03-{1 + i % 28:02d} 11:30:00",
            "text": f"<p>Bring sample <b>{i}</b>.</p>",
            "place": f"Rua do Exemplo {i}",
            "guests": [i % contacts, (i + 1) % contacts],
            "at": "2021-03-04 10:20:30",
        }
        for i in range(number)
    ]


def get_tasks(number):
    return [
        {
            "id": i,
            "title": f"Lay tiles {i}",
            "text": f"<p>Room <b>{i}</b>.</p>",
            "due": f"2031-03-{1 + i % 28:02d} 10:00:00",
            "priority": str(i % 2),
            "project": 0,
            "at": "2021-03-04 10:20:30",
        }
        for i in range(number)
    ]


WIDE = (
    "Email",
    "Phone",
    "Postal Code",
    "Industry",
    "Customer since",
    "Turnover",
    "Note",
)


def write_wide_table(file, columns=500, number=200):
    """Write a CSV file of that many columns; return its rows."""
    names = ["First Name", "Last Name"]
    names += [f"{WIDE[n % len(WIDE)]} {n // len(WIDE) + 1}" for n in range(columns - 2)]
    rows = [
        {name: f"{name} {place % 7} {row % 90}" for place, name in enumerate(names)}
        for row in range(number)
    ]
    writer = csv.DictWriter(file, names)
    writer.writeheader()
    writer.writerows(rows)
    file.flush()
    return rows
