"""An invented company that uses NextCRM: people and deals, with the usual awkwardness."""

import datetime as dt
import random
import uuid

from .nextcrm_work import add_work

FIRST = (
    "Jana",
    "Zoë",
    "François",
    "王",
    "أمينة",
    "Søren",
    "Ludmiła",
    "Óscar",
    "",
    "Anna",
)
LAST = (
    "Kovalenko",
    "O'Brien-Núñez",
    "小明",
    "الخطيب",
    "-",
    "Dvořák",
    "Wójcik",
    "Ng",
    "",
)
FIRMS = ("Strata Estates GmbH", "Unita Trading a.s.", "株式会社さくら", "Ćevap & Sons",
         "Quanta Steel", "شركة النور", "L'Écluse S.à r.l.", "🚀 Rocket Oy", "\x0bVT Corp")  # fmt: skip
CITIES = ("München", "Brno", "Łódź", "東京", "Saint-Étienne", "القاهرة")
COUNTRIES = ("Deutschland", "CZ", "poland", "日本", "Itlay", "", None)
TAGS = ("VIP", "vip", "Vip ", "event-2025", "newsletter", "ÄRZTE", "ärzte", " ")
STAGES = (
    ("New", 10, 0, "pre_sale"), ("Need analysis", 25, 0, "qualified"),
    ("Offer sent", 30, None, "qualified"), ("Offer accepted", 45, None, "purchase_order"),
    ("Contract draft", 65, None, None), ("Contract negotiation", 75, None, None),
    ("Send for signing", 80, None, None), ("Signing", 95, None, "delivery"),
    ("Realization of the project", 100, None, "care"),
)  # fmt: skip
RATES = (
    ("EUR", "USD", "1.08400000"), ("EUR", "CZK", "25.31500000"), ("USD", "EUR", "0.92251000"),
    ("USD", "CZK", "23.35000000"), ("CZK", "USD", "0.04283000"),
)  # fmt: skip
"""As seeded, without the one from CZK to EUR: its opposite tells it."""
SIZES = {
    "users": 7, "accounts": 24, "contacts": 40, "leads": 18, "opportunities": 26,
    "targets": 22, "activities": 30, "emails": 24, "documents": 14, "invoices": 8,
    "tasks": 16, "products": 6, "contracts": 5, "todos": 10, "boards": 3,
}  # fmt: skip
START = dt.datetime(2024, 1, 8, 7, 30, 0, 126000)


class Company:
    """Rows by table, made in an order in which each finds what it refers to."""

    def __init__(self, seed=7, **sizes):
        self.random = random.Random(seed)
        self.sizes = SIZES | sizes
        self.rows = {}
        self.files = {}
        self._clock = START

    def key(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def moment(self):
        """Return a later instant than the one before, in milliseconds."""
        self._clock += dt.timedelta(
            minutes=self.random.randint(1, 900),
            milliseconds=self.random.randint(0, 999),
        )
        return self._clock

    def any(self, values):
        return self.random.choice(values)

    def often(self, value, share=0.7):
        return value if self.random.random() < share else None

    def pick(self, table):
        rows = self.rows.get(table)
        return self.any(rows)["id"] if rows else None

    def add(self, table, **values):
        self.rows.setdefault(table, []).append(values)
        return values

    def row(self, table, **values):
        return self.add(table, id=self.key(), **values)

    def stamped(self, table, **values):
        created = self.moment()
        updated = self.often(created + dt.timedelta(days=self.random.randint(0, 90)))
        return self.row(table, createdAt=created, updatedAt=updated, **values)

    def bin(self, row, number, every=9):
        """Soft-delete every ninth row."""
        if number % every == 4:
            row["deletedAt"] = self.moment()
        return row


def make_company(seed=7, **sizes):
    company = Company(seed, **sizes)
    for step in (_users, _lookups, _accounts, _contacts, _campaigns, _targets, _audiences, _leads,
                 _opportunities, _activities, add_work):  # fmt: skip
        step(company)
    return company


def _users(c):
    for number in range(c.sizes["users"]):
        name = (f"{c.any(FIRST)} {c.any(LAST)}").strip() if number else "Eva Nová"
        email = f"User{number}@Firm.example" if number != 2 else "user1@firm.example"
        c.row("Users", email=email, name=name or None, account_name=None,
              password=f"bcrypt-secret-{number}", userStatus=("ACTIVE", "PENDING", "INACTIVE")[number % 3],
              userLanguage=("cz", "en", "de", "uk")[number % 4], role=("manager", "user", "admin")[number % 3],
              created_on=c.moment(), banned=number == 5)  # fmt: skip
        c.row("ApiToken", userId=c.rows["Users"][-1]["id"], name="t", tokenHash=f"hash-secret-{number}")  # fmt: skip


def _lookups(c):
    for table, names in (
        ("crm_Industry_Type", ("Public sector", "Other", "SW Development")),
        ("crm_Contact_Types", ("Customer", "Partner", "Vendor", "Prospect")),
        ("crm_Lead_Sources", ("Web", "Referral", "Cold Call", "Email Campaign")),
        ("crm_Lead_Statuses", ("New", "Contacted", "Qualified", "Lost")),
        ("crm_Lead_Types", ("Demo",)),
        ("crm_Opportunities_Type", ("New deal", "Upsale")),
    ):
        for name in names:
            c.row(table, name=name)
    for name, probability, order, kind in STAGES:
        c.row("crm_Opportunities_Sales_Stages", name=name, probability=probability,
              order=order, stage_kind=kind)  # fmt: skip
    for code, name, symbol in (
        ("EUR", "Euro", "€"),
        ("USD", "US Dollar", "$"),
        ("CZK", "Czech Koruna", "Kč"),
    ):
        c.add(
            "Currency",
            code=code,
            name=name,
            symbol=symbol,
            isDefault=code == "EUR",
            updatedAt=START,
        )
    for number, (one, other, rate) in enumerate(RATES):
        key = {} if number else {"id": c.key()}  # the database numbers them itself
        c.add("ExchangeRate", fromCurrency=one, toCurrency=other, rate=rate, source="ECB", updatedAt=START, **key)  # fmt: skip
    for key, value in (
        ("default_currency", "EUR"),
        ("ecb_auto_update", "false"),
        ("smtp_password", "smtp-secret-value"),
    ):
        c.add("crm_SystemSettings", key=key, value=value, updatedAt=START)
    c.row("crm_FunnelSettings", kill_after_days=45, recycle_after_days=90)  # fmt: skip


def _accounts(c):
    for number in range(c.sizes["accounts"]):
        name = f"{FIRMS[number % len(FIRMS)]} {number}"
        parent = {10: "A loop 11", 11: "A loop 10", 5: name, 6: f"{FIRMS[1]} 1", 7: "Nobody"}  # fmt: skip
        if number in (10, 11):
            name = f"A loop {number}"
        street = f"Hauptstraße {number}"
        row = c.stamped(
            "crm_Accounts", __v=0, name=name, createdBy=c.pick("Users"), assigned_to=c.often(c.pick("Users")),
            annual_revenue=c.any(("€2.5M", "1 000 000 Kč", None)), billing_city=c.any(CITIES),
            billing_country=c.any(COUNTRIES), billing_street=street, billing_postal_code=f"{80000 + number}",
            shipping_street=(None, street, "Lager 7, Tor »B«")[number % 3], shipping_city=(None, None, "Brno")[number % 3],
            company_id=f"794084{number:02d}", vat=c.any(("DE123456789", "", None)), employees=c.any(("50-100", None)),
            description=c.any(("<p>Met at the <b>fair</b></p>", "Line 1\nLine\x1f 2", None)), fax=c.often("+49 89 1", 0.2),
            email=c.any(("info@firm.example", "no mail", None)), industry=c.often(c.pick("crm_Industry_Type")),
            member_of=parent.get(number), office_phone="+49 89 095 107", website=c.any(("firm.example", "https://x.example/a", None)),
            status="DELETED" if number == 8 else c.any(("Active", "IN_PROGRESS", "Inactive")), type="Customer",
        )  # fmt: skip
        c.bin(row, number)
        c.add("AccountWatchers", account_id=row["id"], user_id=c.pick("Users"))


def _contacts(c):
    for number in range(c.sizes["contacts"]):
        first, last, created = FIRST[number % 10], LAST[number % 9], c.moment()
        stampless = number == 11
        row = c.row(
            "crm_Contacts", first_name=first or None, last_name=last, createdBy=c.pick("Users"),
            created_on=None if stampless else created, cratedAt=None if stampless else created,
            updatedAt=None if stampless else c.often(created + dt.timedelta(days=3)),
            account=c.often(c.pick("crm_Accounts"), 0.1), accountsIDs=c.often(c.pick("crm_Accounts")),
            assigned_to=c.often(c.pick("Users")), birthday=c.any(("7/12/1985", "31/2/1990", "", None)),
            email=c.any((f"Person{number}@Firm.example", "info@firm.example", f"p{number}@firm.example", "x@@y", None)),
            personal_email=c.often("home@private.example", 0.2), mobile_phone=c.any(("00420601417418", "n/a", None)),
            office_phone=c.often("(697) 074-934 ext. 83"), position=c.any(("CEO", "Chef·fe", None)),
            status=number % 7 != 3, social_linkedin=c.often("https://www.linkedin.example/in/x", 0.3),
            contact_type_id=c.often(c.pick("crm_Contact_Types")),
            tags=[c.any(TAGS) for _ in range(number % 4)] or c.any((None, [])),
            notes=c.any((None, ["Account: Strata", "Message: please call <me>"])),
        )  # fmt: skip
        c.bin(row, number)


def _campaigns(c):
    author = c.rows["Users"][0]["id"]
    for number in range(4):
        template = c.row("crm_campaign_templates", name=f"Template {number}", subject_default="Hello {{first_name}}",
                         content_html="<p>Dear {{last_name}} of {{company}}</p>", content_json={"type": "doc"},
                         created_by=author, created_on=c.moment())  # fmt: skip
        campaign = c.row("crm_campaigns", __v=0, name=f"Spring offer {2022 + number}", created_on=c.moment(),
                         status=("sent", None, "deleted", "draft")[number], template_id=template["id"], created_by=author)  # fmt: skip
        if number == 3:
            campaign["deletedAt"] = c.moment()
        for order in range(number):
            c.row("crm_campaign_steps", campaign_id=campaign["id"], order=order, template_id=template["id"],
                  subject=f"One more thing {order}", delay_days=3 * order, send_to=("all", "non_openers")[order % 2])  # fmt: skip


def _targets(c):
    for number in range(3):
        c.row("crm_TargetLists", name=("Trade fair Brno", "Recycled", "سوق")[number], created_on=c.moment())  # fmt: skip
    for number in range(c.sizes["targets"]):
        created, converted = c.moment(), number % 8 == 6
        row = c.row(
            "crm_Targets", first_name=FIRST[number % 10] or None, last_name="" if number % 5 == 0 else LAST[number % 9],
            email=c.any((f"t{number}@Quanta.example", "t1@quanta.example", None)), company=c.any(FIRMS), city=c.any(CITIES),
            country=c.any(COUNTRIES), tags=c.any((["book-a-call", "vip"], None)), notes=c.any((["called"], None)),
            created_on=created, updatedAt=c.often(created), do_not_email=number % 5 == 1, created_by=c.pick("Users"),
            converted_at=created if converted else None, converted_contact_id=c.pick("crm_Contacts") if converted else None,
        )  # fmt: skip
        if number % 5 == 0:
            row["first_name"] = None
        c.bin(row, number, every=11)
        c.add("TargetsToTargetLists", target_id=row["id"], target_list_id=c.pick("crm_TargetLists"))  # fmt: skip
        c.row("crm_Target_Contact", targetId=row["id"], name="Further person", createdAt=created)  # fmt: skip
    steps = c.rows["crm_campaign_steps"]
    for number, target in enumerate(c.rows["crm_Targets"]):
        step = steps[number % len(steps)]
        c.row("crm_campaign_sends", campaign_id=step["campaign_id"], step_id=step["id"], target_id=target["id"],
              email=target["email"] or "gone@firm.example", status="delivered", unsubscribe_token=f"unsubscribe-secret-{number}",
              unsubscribed_at=c.moment() if number == 3 else None, sent_at=c.moment())  # fmt: skip


def _audiences(c):
    first, second, _third = (row["id"] for row in c.rows["crm_TargetLists"])
    for campaign in c.rows["crm_campaigns"][:2]:
        for key in (first, second):
            c.add("CampaignToTargetLists", campaign_id=campaign["id"], target_list_id=key)  # fmt: skip


def _leads(c):
    for number in range(c.sizes["leads"]):
        row = c.stamped(
            "crm_Leads", firstName=FIRST[number % 10] or None, lastName="" if number == 8 else LAST[number % 9],
            company=c.any(FIRMS), jobTitle=c.often("Office Manager"), email=c.often(f"lead{number}@firm.example"),
            phone="(697) 074-934 ext. 83", campaign=c.any(("Spring offer 2022", "spring OFFER 2022", None)), description=None,
            assigned_to=c.often(c.pick("Users"), 0.5), accountsIDs=c.often(c.pick("crm_Accounts"), 0.2), refered_by=c.often("Ana", 0.2),
            lead_source_id=c.often(c.pick("crm_Lead_Sources")), lead_status_id=c.rows["crm_Lead_Statuses"][number % 4]["id"],
            lead_type_id=c.often(c.pick("crm_Lead_Types")),
        )  # fmt: skip
        c.bin(row, number)


def _opportunities(c):
    stages = c.rows["crm_Opportunities_Sales_Stages"]
    for number in range(c.sizes["opportunities"]):
        status = ("ACTIVE", "CLOSED", "INACTIVE", "PENDING", None, "CLOSED")[number % 6]
        row = c.stamped(
            "crm_Opportunities", name=f"ERP rollout {number} – 導入" if number % 9 else None, status=status,
            account=c.often(c.pick("crm_Accounts")), contact=c.key() if number % 6 == 2 else c.often(c.pick("crm_Contacts")),
            assigned_to=c.often(c.pick("Users")), createdBy=c.often(c.pick("Users")), budget=f"{number * 1000}.50",
            expected_revenue=f"{number * 900}.00", currency=("EUR", "USD", None)[number % 3], next_step=c.often("Send offer"),
            close_date="20260-06-30 00:00:00" if number == 7 else c.moment(), sales_stage=c.often(stages[number % 9]["id"], 0.9),
            type=c.often(c.pick("crm_Opportunities_Type")), campaign=c.often(c.pick("crm_campaigns"), 0.3), created_on=c.moment(),
            approval_status=("NONE", "PENDING", "APPROVED")[number % 3],
        )  # fmt: skip
        c.bin(row, number, every=13)
        c.add("ContactsToOpportunities", contact_id=c.pick("crm_Contacts"), opportunity_id=row["id"])  # fmt: skip
        _history(c, row, number, stages)


def _history(c, row, number, stages):
    def audit(*changes):
        c.row("crm_AuditLog", entityType="opportunity", entityId=row["id"], action="updated",
              changes=[{"field": f, "old": old, "new": new} for f, old, new in changes],
              userId=c.often(c.rows["Users"][0]["id"]), createdAt=c.moment())  # fmt: skip

    if row["sales_stage"] and number % 2:
        audit(("sales_stage", stages[0]["id"], stages[1]["id"]))
        audit(("sales_stage", stages[1]["id"], row["sales_stage"]))
    killed = ("status", "ACTIVE", "CLOSED"), ("close_reason", None, "45-day kill rule")
    if number in (1, 5):
        audit(*killed)
    if number == 5:  # reopened, then won: the kill is not the last word
        audit(("status", "CLOSED", "ACTIVE"))
        audit(("status", "ACTIVE", "CLOSED"))
    if number == 6:
        audit(*killed)
        audit(("status", "CLOSED", "ACTIVE"))


def _activities(c):
    kinds = {"contact": "crm_Contacts", "opportunity": "crm_Opportunities", "lead": "crm_Leads",
             "account": "crm_Accounts", "target": "crm_Targets"}  # fmt: skip
    for number in range(c.sizes["activities"]):
        kind = ("call", "meeting", "note", "email")[number % 4]
        row = c.stamped(
            "crm_Activities", type=kind, title=f"{kind} {number} ✓", description=c.any(("Talked\nabout it", "<p>x</p>", None)),
            date=c.moment(), duration=c.any((15, 90, None)), outcome=c.often("Interested"),
            status=("completed", "scheduled", "cancelled")[number % 3] if kind in ("call", "meeting") else "completed",
            metadata={"subject": f"Re: {number}"} if kind == "email" else None, createdBy=c.often(c.pick("Users")),
        )  # fmt: skip
        c.bin(row, number, every=14)
        for position, (entity, table) in enumerate(kinds.items()):
            if (number + position) % 3 == 0:
                c.row("crm_ActivityLinks", activityId=row["id"], entityType=entity, entityId=c.pick(table))  # fmt: skip
        if number % 6 == 0:  # the same link twice, and one that leads nowhere
            c.row("crm_ActivityLinks", activityId=row["id"], entityType="contact", entityId=c.key())  # fmt: skip
            twice = c.pick("crm_Contacts")
            for _ in range(2):
                c.row("crm_ActivityLinks", activityId=row["id"], entityType="contact", entityId=twice)  # fmt: skip
        if kind == "meeting" and number % 8 == 1:
            c.row("crm_CalendarEvents", source="google", externalId=f"ev{number}", iCalUID=f"ical{number}@google.example",
                  activityId=row["id"], startAt=row["date"], endAt=row["date"] + dt.timedelta(minutes=50), status="confirmed",
                  attendeeEmails=["guest@elsewhere.example", "Person1@Firm.example"], rawPayload={"token": "raw-secret"}, updatedAt=row["date"])  # fmt: skip
