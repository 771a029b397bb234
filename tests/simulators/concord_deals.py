"""Deals, their product lines and documents of the invented company."""

from datetime import timedelta

from .concord_changelog import back_and_forth, way_of
from .concord_company import instant
from .concord_people import OWNERS, days_from
from .concord_words import DEAL_NAMES, SENTENCES

AWKWARD_DEALS = (
    ("no_amount", {"amount": None, "contact_ids": [1], "company_ids": [2], "created_by": None}),
    ("negative_amount", {"amount": -1250.5, "name": "Credit note"}),
    ("no_links", {"contact_ids": [], "company_ids": []}),
    ("many_links", {"contact_ids": [2, 1, 4], "company_ids": [2, 1]}),
    ("only_company", {"contact_ids": [], "company_ids": [1]}),
    ("lost_free_text", {"status": "lost", "lost_reason": "Budget moved to “next” year"}),
    ("lost_listed", {"status": "lost", "lost_reason": "Too expensive"}),
    ("lost_without_reason", {"status": "lost", "lost_reason": None}),
    ("won_in_first_stage", {"status": "won", "stage_id": 1, "pipeline_id": 1}),
    ("closes_2099", {"expected_close_date": "2099-12-31T00:00:00.000000Z", "status": "open"}),
    ("three_decimals", {"amount": 999999999999.999, "name": "  Largest possible deal "}),
    ("no_stage_history", {"_time_in_stages": {}, "_log": [], "_unlogged": True}),
    ("reopened", {"status": "open", "pipeline_id": 1, "stage_id": 4, "won_date": None, "lost_date": None}),
    ("from_1999_deal", {"created_at": "1999-01-04T00:00:00.000000Z", "status": "won", "won_date": "1999-06-01T00:00:00.000000Z"}),
    ("html_deal", {"name": "<b>Bold</b> & 'quoted' \"deal\"", "user_id": None}),
)  # fmt: skip

STATUSES = ("open", "won", "lost")
REASONS = ("Too expensive", "too expensive!!", "No budget", "客户取消", None, "Other")


class DealMaker:
    def __init__(self, company, rng):
        self.company = company
        self.rng = rng
        self.line_id = 100
        self.billable_id = 0

    def add_deals(self, count):
        stages = self.company.rows("pipeline-stages")
        for number in range(count):
            label, given = (
                AWKWARD_DEALS[number] if number < len(AWKWARD_DEALS) else (None, {})
            )
            # Every stage times every status, in turn.
            place = max(number - len(AWKWARD_DEALS), 0)
            stage = stages[place % len(stages)]
            status = STATUSES[place // len(stages) % len(STATUSES)]
            values = self._deal(count, number, stage, given.get("status", status))
            values.update(given)
            values.setdefault("_log", self._way(values))
            if not any("icon" in entry["properties"] for entry in values["_log"]):
                # The date is written when a stage changes, and only then.
                values["stage_changed_date"] = None
            if label == "reopened":
                values |= self._reopened()
            for links, resource in (("contact_ids", "contacts"), ("company_ids", "companies")):  # fmt: skip
                values[links] = [
                    i for i in values[links] if i in self.company[resource]
                ]
            if number % 5 == 4 and number > 9:
                values["_billable"] = self.billable()
                values["amount"] = totals(values["_billable"])["subtotal"]
            self.company.insert("deals", label, **values)
        self.company.insert(
            "deals", name="Deleted deal", contact_ids=[1], amount=1,
            deleted_at=days_from(self.company, -2), created_at=days_from(self.company, -90),
            updated_at=days_from(self.company, -2),
        )  # fmt: skip

    def _deal(self, count, number, stage, status):
        rng, company = self.rng, self.company
        age = 5 * 365 * (count - number) / count + rng.random()
        created = company.now - timedelta(days=age)
        closed = instant(created + timedelta(days=age * rng.random()))
        contacts, companies = list(company["contacts"]), list(company["companies"])
        owner = rng.choice(OWNERS)
        reached = [
            row["id"]
            for row in company.rows("pipeline-stages")
            if row["pipeline_id"] == stage["pipeline_id"] and row["id"] <= stage["id"]
        ]
        options = company.custom_fields("deals")["cf_status"]["options"]
        return {
            "name": f"{rng.choice(DEAL_NAMES)} {number}",
            "pipeline_id": stage["pipeline_id"],
            "stage_id": stage["id"],
            "status": status,
            "amount": rng.choice((None, 0, 950, 18450.5, 120000.125)),
            "expected_close_date": rng.choice(
                (None, days_from(company, rng.randrange(-300, 300), 0))
            ),
            "user_id": owner,
            "owner_assigned_date": instant(created) if owner else None,
            "created_by": owner or 1,
            "swatch_color": rng.choice((None, "#2563eb")),
            "stage_changed_date": closed,
            "lost_reason": rng.choice(REASONS) if status == "lost" else None,
            "lost_date": closed if status == "lost" else None,
            "won_date": closed if status == "won" else None,
            "board_order": number,
            "tag_ids": rng.choice(([], [2], [6], [2, 6])),
            "contact_ids": rng.sample(
                contacts, min(rng.choice((0, 1, 1, 2)), len(contacts))
            ),  # fmt: skip
            "company_ids": rng.sample(
                companies, min(rng.choice((0, 1, 1, 1)), len(companies))
            ),  # fmt: skip
            "_time_in_stages": {str(i): rng.randrange(60, 90 * 86400) for i in reached},
            "cf_status": rng.choice((None, *(option["id"] for option in options))),
            "cf_tender_no": rng.choice((None, "T-2025/0001", "=1+1")),
            "cf_margin": rng.choice((None, 12.5, 0.001)),
            "cf_submission": rng.choice((None, days_from(company, 20, 23, 59))),
            "created_at": instant(created),
            "updated_at": closed,
        }

    def _way(self, values):
        stages = [
            row
            for row in self.company.rows("pipeline-stages")
            if row["pipeline_id"] == values["pipeline_id"]
        ]
        return way_of(values, stages, self._names())

    def _names(self):
        return [row["name"] for row in self.company.rows("users")]

    def _reopened(self):
        """A deal that was lost once, made by somebody who has left since."""

        def days(number):
            return days_from(self.company, number)

        return {
            "_log": back_and_forth(days, self._names()),
            "_creator_name": "Rita Gone",
            "created_at": days(-100),
            "stage_changed_date": days(-40),
            "updated_at": days(-40),
        }

    def billable(self):
        """Return product lines as the database keeps them."""
        rng = self.rng
        products = self.company.rows("products")
        self.billable_id += 1
        lines = []
        for order in range(1, rng.randrange(2, 5)):
            self.line_id += 1
            product = rng.choice(products) if products and order != 2 else None
            lines.append(
                {
                    "id": self.line_id,
                    "product_id": product["id"] if product else None,
                    "name": product["name"] if product else "Travel & “expenses”",
                    "description": None,
                    "unit_price": (product["unit_price"] or 0) if product else 75.5,
                    "qty": rng.choice((1, 2, 0.5, 500)),
                    "unit": product["unit"] if product else None,
                    "tax_rate": product["tax_rate"] if product else 23,
                    "tax_label": product["tax_label"] if product else "VAT",
                    "discount_type": rng.choice((None, "fixed", "percent")),
                    "discount_total": rng.choice((0, 5, 2.5)),
                    "note": rng.choice((None, "Deliver <early>")),
                    "display_order": order,
                }
            )
        tax_type = rng.choice(("exclusive", "inclusive", "no_tax"))
        return {"id": self.billable_id, "tax_type": tax_type, "lines": lines}

    def add_documents(self, count):
        rng, company = self.rng, self.company
        statuses = ("draft", "sent", "accepted", "lost")
        pictures = [row["token"] for row in company.rows("media") if row["via_text_attribute"]]  # fmt: skip
        for number in range(count):
            status = statuses[number % len(statuses)]
            sent = days_from(company, -number - 1) if status != "draft" else None
            picture = f'<img src="{company.app_url}/media/{pictures[0]}/preview">' if pictures else ""  # fmt: skip
            billable = self.billable() if number % 2 else None
            values = {
                "title": f"{rng.choice(DEAL_NAMES)} – document {number}",
                "status": status,
                "document_type_id": number % 3 + 1,
                "amount": totals(billable)["subtotal"] if billable else None,
                "content": f"<h1>Offer</h1><p>{rng.choice(SENTENCES)}</p>{picture}",
                "requires_signature": number % 4 == 2,
                "user_id": rng.choice((1, 2, 3)),
                "created_by": 1,
                "original_date_sent": sent,
                "last_date_sent": sent,
                "accepted_at": days_from(company, -1) if status == "accepted" else None,
                "uuid": f"d0c00000-0000-4000-8000-{number:012d}",
                "_billable": billable,
                "created_at": days_from(company, -200 + number % 150),
            }
            if values["requires_signature"]:
                values["_signers"] = [
                    {"name": "Marta Oliveira", "email": "marta.oliveira@example.com",
                     "send_email": True, "sent_at": sent, "signed_at": sent,
                     "signature": "Marta Oliveira", "sign_ip": "192.0.2.7"}
                ]  # fmt: skip
            for links, resource in (("contact_ids", "contacts"), ("deal_ids", "deals")):
                values[links] = [i for i in (number % 5 + 1,) if i in company[resource]]
            company.insert("documents", **values)


def totals(billable):
    """Return subtotal, taxes and total of product lines; each line's amount too."""
    amounts, taxes, discount = [], {}, 0
    for line in billable["lines"]:
        gross = line["unit_price"] * line["qty"]
        share = {"fixed": 1, "percent": gross / 100}.get(line["discount_type"], 0)
        off = line["discount_total"] * share
        amounts.append(round(gross - off, 2))
        discount += off
        key = (line["tax_label"], line["tax_rate"])
        taxes[key] = taxes.get(key, 0) + _tax(billable["tax_type"], gross - off, key[1])
    subtotal = round(sum(amounts), 2)
    tax = round(sum(taxes.values()), 2)
    return {
        "amounts": amounts,
        "subtotal": subtotal,
        "total_tax": tax,
        "total": round(
            subtotal + (tax if billable["tax_type"] == "exclusive" else 0), 2
        ),
        "total_discount": round(discount, 2),
        "taxes": {key: raw for key, raw in taxes.items() if raw},
    }


def _tax(tax_type, amount, rate):
    if tax_type == "exclusive":
        return amount * rate / 100
    if tax_type == "inclusive":
        return amount - amount / (1 + rate / 100)
    return 0
