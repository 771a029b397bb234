"""Companies and contacts of the invented company: the awkward ones first, then a crowd."""

from datetime import datetime, timedelta

from .concord_company import instant
from .concord_words import (
    CITIES,
    COMPANY_NAMES,
    FIRST_NAMES,
    GARBAGE_PHONES,
    JOB_TITLES,
    LAST_NAMES,
    LEGAL_FORMS,
    PHONE_PATTERNS,
)

OWNERS = (1, 2, 2, 3, 4, 5, 6, 8, None)

AWKWARD_COMPANIES = (
    ("holding", {"name": "Norte Holding", "domain": "norte.example"}),
    ("subsidiary", {"name": "Azulejos Norte", "domain": "azulejosnorte.example", "parent": "holding"}),
    ("grandchild", {"name": "Azulejos Norte – Loja Nº 2", "parent": "subsidiary", "domain": "azulejosnorte.example"}),
    ("cycle_a", {"name": "Ouroboros A", "parent": "cycle_b"}),
    ("cycle_b", {"name": "Ouroboros B", "parent": "cycle_a"}),
    ("free_mail_domain", {"name": "Tante Emma", "domain": "mail.example.com", "email": "tante.emma@mail.example.com"}),
    ("no_domain", {"name": "L'Épicerie du Coin", "domain": None}),
    ("shared_domain_a", {"name": "Müller & Söhne", "domain": "mueller.example", "email": "Info@Mueller.example"}),
    ("shared_domain_b", {"name": "Müller & Söhne Bau", "domain": "MUELLER.example"}),
    ("same_name_a", {"name": "Blue Fjord"}),
    ("same_name_b", {"name": "blue fjord "}),
    ("dirty_domain", {"name": "<b>Bold</b> Ideas", "domain": "https://www.bold.example/about"}),
    ("padded_name", {"name": "  شركة المثال  ", "domain": "شركة.example"}),
    ("from_1999", {"name": "Old & Trusted", "created_at": "1999-03-01T08:00:00.000000Z"}),
)  # fmt: skip

AWKWARD_CONTACTS = (
    ("marta", {"first_name": "Marta", "last_name": "Oliveira", "email": "marta.oliveira@example.com", "companies": ("subsidiary", "holding"), "user_id": 2}),
    ("marta_again", {"first_name": "Martha", "last_name": "Oliveira", "email": "m.oliveira@azulejosnorte.example", "companies": ("subsidiary",)}),
    ("marta_upper", {"first_name": "MARTA", "last_name": "OLIVEIRA ", "email": "Marta.Oliveira@Example.com "}),
    ("no_company", {"first_name": "Zoë", "last_name": "D’Amico", "email": "zoe@example.org", "companies": ()}),
    ("no_email", {"first_name": "José", "last_name": "Peña", "email": None, "companies": ("no_domain",)}),
    ("email_na", {"first_name": "Björn", "last_name": None, "email": "n/a"}),
    ("email_words", {"first_name": "Łukasz", "last_name": "", "email": "see notes"}),
    ("two_emails_in_one", {"first_name": "Emma", "last_name": "O'Brien", "email": "emma@example.net; emma.obrien@example.org"}),
    ("user_as_contact", {"first_name": "Ines", "last_name": "Prado", "email": "INES@example.com"}),
    ("company_email", {"first_name": "Büro", "last_name": "Müller", "email": "info@mueller.example", "companies": ("shared_domain_a", "shared_domain_b")}),
    ("rtl", {"first_name": "محمد", "last_name": "الأحمد", "email": "mohammed@example.org", "companies": ("padded_name",)}),
    ("hebrew", {"first_name": "שירה", "last_name": "כהן", "email": None}),
    ("cjk", {"first_name": "美玲", "last_name": "王", "email": "wang@example.net"}),
    ("emoji", {"first_name": "Kim 🦊", "last_name": "김", "email": "kim@example.com", "job_title": "Chief 🦊 Officer"}),
    ("html_name", {"first_name": "<b>Tom</b>", "last_name": "Smith & Sons", "email": "tom@example.com"}),
    ("padded_name_contact", {"first_name": "  Ana ", "last_name": " Lúcia  ", "email": " ana.lucia@example.com"}),
    ("null_name", {"first_name": "Null", "last_name": "Test", "email": "null@example.com", "user_id": None}),
    ("long_name", {"first_name": "Uvuvwevwevwe" * 15, "last_name": "Ossas", "email": None}),
    ("from_1999_contact", {"first_name": "Ольга", "last_name": "Иванова", "email": "olga@example.org", "created_at": "1999-12-31T23:59:59.000000Z"}),
    ("garbage_phones", {"first_name": "Yusuf", "last_name": "Yılmaz", "email": "yusuf@example.com", "phones": GARBAGE_PHONES}),
)  # fmt: skip


class PeopleMaker:
    """Makes companies and contacts; the same random numbers give the same people."""

    def __init__(self, company, rng):
        self.company = company
        self.rng = rng
        self.phone_id = 0

    def add_companies(self, count):
        rng, company = self.rng, self.company
        parents = {}
        for number in range(count):
            label, given = _awkward(AWKWARD_COMPANIES, number)
            parent = given.pop("parent", None)
            name = COMPANY_NAMES[number % len(COMPANY_NAMES)] + rng.choice(LEGAL_FORMS)
            domain = f"c{number}.example" if number % 4 else None
            values = {
                "name": f"{name} {number}",
                "domain": domain,
                "email": f"office@{domain}" if domain and number % 3 else None,
                "industry_id": rng.choice((None, 1, 2, 3, 4, 5)),
                "cf_employees": rng.choice((None, 0, 12, 2147483647)),
                "cf_founded": rng.choice((None, "1952-02-29T00:00:00.000000Z")),
                "cf_tier": self._option("companies", "cf_tier"),
                "cf_certificates": self._options("companies", "cf_certificates"),
                **self._personal(count, number),
                **given,
            }
            row = company.insert("companies", label, **values)
            if parent:
                parents[row["id"]] = parent
            elif not label and number % 10 == 0:
                row["parent_company_id"] = 1
        for row_id, parent in parents.items():
            if parent in company.known:
                company["companies"][row_id]["parent_company_id"] = company.find(parent)["id"]  # fmt: skip

    def add_contacts(self, count):
        for number in range(count):
            label, given = _awkward(AWKWARD_CONTACTS, number)
            if "companies" in given:
                given["company_ids"] = [
                    self.company.find(name)["id"]
                    for name in given.pop("companies")
                    if name in self.company.known
                ]
            if "phones" in given:
                given["phones"] = [self._phone(text) for text in given["phones"]]
            self.company.insert(
                "contacts", label, **{**self._contact(count, number), **given}
            )

    def add_trash(self):
        """A few rows deleted in the last days; their links still stand in the pivots."""
        bygone = instant(self.company.now - timedelta(days=4))
        for number in range(3):
            self.company.insert(
                "companies", name=f"Gone & Forgotten {number}", deleted_at=bygone,
                created_at="2020-02-02T10:00:00.000000Z", updated_at=bygone,
            )  # fmt: skip
            self.company.insert(
                "contacts", first_name="Deleted", last_name=f"Person {number}",
                email=f"deleted{number}@example.com", company_ids=[1],
                deleted_at=bygone, created_at="2020-02-02T10:00:00.000000Z",
                updated_at=bygone,
            )  # fmt: skip
        if "emoji" in self.company.known:
            self.company.find("emoji")["company_ids"].append(max(self.company["companies"]))  # fmt: skip

    def _contact(self, count, number):
        rng = self.rng
        first, last = rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
        companies = list(self.company["companies"])
        links = rng.choice((0, 1, 1, 1, 1, 2)) if companies else 0
        return {
            "first_name": first,
            "last_name": last,
            "email": f"person{number}@c{number % 97}.example" if number % 7 else None,
            "job_title": rng.choice(JOB_TITLES),
            "company_ids": rng.sample(companies, min(links, len(companies))),
            "cf_customer_no": f"K-{number:06d}" if number % 3 else None,
            "cf_background": rng.choice((None, "", "Line one\r\nLine two – “quoted”")),
            "cf_invoice_email": f"invoice{number}@example.org"
            if number % 5 == 0
            else None,
            "cf_profile": rng.choice((None, "https://example.com/in/ünï?a=1&b=2")),
            "cf_zone": rng.choice((None, "Europe/Lisbon", "Asia/Calcutta")),
            "cf_color": rng.choice((None, "#0EA5E9")),
            "cf_children": rng.choice((None, 0, 3, -1)),
            "cf_rating": rng.choice((None, 0.125, 99999999.999, -4.5)),
            "cf_consent": rng.choice((None, True, False)),
            "cf_customer_since": rng.choice((None, "2019-05-01T00:00:00.000000Z")),
            "cf_last_login": rng.choice((None, "2025-03-30T01:30:00.000000Z")),
            "cf_tier": self._option("contacts", "cf_tier"),
            "cf_salutation": self._option("contacts", "cf_salutation"),
            "cf_status": self._options("contacts", "cf_status"),
            "cf_languages": self._options("contacts", "cf_languages"),
            **self._personal(count, number),
        }

    def _personal(self, count, number):
        rng = self.rng
        country_id, states, city, postal_code, street = rng.choice(CITIES)
        created = self._created(count, number)
        owner = rng.choice(OWNERS)
        values = {
            "phones": [
                self._phone(rng.choice(PHONE_PATTERNS).format(rng.randrange(100)))
                for _ in range(rng.choice((0, 1, 1, 2)))
            ],
            "country_id": country_id,
            "state": rng.choice(states),
            "city": city,
            "postal_code": postal_code,
            "street": street,
            "source_id": rng.choice((None, 1, 2, 3, 4, 5, 6)),
            "user_id": owner,
            "owner_assigned_date": created if owner else None,
            "created_by": owner or 1,
            "last_contacted_at": rng.choice((None, self._recent())),
            "tag_ids": rng.choice(([], [], [1], [3], [4, 1], [5])),
            "created_at": created,
            "updated_at": max(created, self._recent()),
        }
        if number % 6 == 0:
            values.update(dict.fromkeys(("country_id", "state", "city", "street", "postal_code")))  # fmt: skip
        return values

    def _created(self, count, number):
        """Older ids are older rows, over six years up to the reference day."""
        days = 6 * 365 * (count - number) / count + self.rng.random()
        return instant(self.company.now.replace(microsecond=0) - timedelta(days=days))

    def _recent(self):
        seconds = self.rng.randrange(1, 400 * 86400)
        return instant(self.company.now - timedelta(seconds=seconds))

    def _phone(self, number):
        self.phone_id += 1
        kind = self.rng.choice(("mobile", "work", "other"))
        return {"id": self.phone_id, "number": number, "type": kind}

    def _option(self, resource, field_id):
        options = self.company.custom_fields(resource)[field_id]["options"]
        return self.rng.choice((None, *(option["id"] for option in options)))

    def _options(self, resource, field_id):
        field = self.company.custom_fields(resource)[field_id]
        ids = [option["id"] for option in field["options"]]
        return sorted(self.rng.sample(ids, self.rng.randrange(len(ids) + 1)))


def _awkward(rows, number):
    """Return label and a copy of the given values of an awkward row, if one is due."""
    if number >= len(rows):
        return None, {}
    label, values = rows[number]
    return label, dict(values)


def days_from(company, days, hour=10, minute=0):
    """Return the instant ``days`` after the reference day (before it, if negative)."""
    day = company.today + timedelta(days=days)
    return instant(datetime(day.year, day.month, day.day, hour, minute))
