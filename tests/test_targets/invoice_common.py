"""What the tests of invoices share: a chart of accounts, rates, what is taken back."""

from decimal import ROUND_HALF_UP, Decimal

from ..common import give_chart
from ..digests import get_digest, get_rows
from ..loader_common import LoaderCase

MODEL = "account.move"


RATES = {"EUR": 0.9, "JPY": 150.0, "KWD": 0.3}


def cents(value, digits=2):
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


class InvoiceCase(LoaderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if MODEL not in cls.env:
            return
        cls.company = cls.env["res.company"].create(
            {
                "name": "Moved Ltd",
                "country_id": cls.env.ref("base.us").id,
                "currency_id": cls.env.ref("base.USD").id,
            }
        )
        give_chart(cls.company)
        cls.env.user.company_ids |= cls.company
        cls.job.company_id = cls.company
        cls.anna.company_ids |= cls.company
        Currency = cls.env["res.currency"].with_context(active_test=False)
        for name, rate in RATES.items():
            currency = Currency.search([("name", "=", name)])
            currency.active = True
            cls.env["res.currency.rate"].create(
                {
                    "currency_id": currency.id,
                    "name": "2018-01-01",
                    "rate": rate,
                    "company_id": cls.company.id,
                }
            )
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        if MODEL not in self.env:
            return
        self.load("companies", "res.partner", {"1": {"name": "Ærø ApS", "is_company": True}})  # fmt: skip
        self.before = get_digest(self.env)

    def invoice(self, **more):
        values = {
            "name": "2018/19-0042",
            "move_type": "out_invoice",
            "partner_id": self.ref("companies", "1"),
            "invoice_date": "2019-03-04",
            "invoice_date_due": "2019-04-03",
            "@currency": "USD",
            "@state": "posted",
            "@created_at": "2019-03-04 10:00:00",
            "@updated_at": "2019-03-05 11:00:00",
            "@created_by": {"$owner": "anna"},
            "invoice_line_ids": [
                {"name": "Drehbank", "quantity": 3, "price_unit": 33.33, "@tax": 19}
            ],
            "@amount_untaxed": 99.99,
            "@amount_tax": 19.00,
            "@amount_total": 118.99,
        }
        return {**values, **more}

    def bring(self, *rows, **more):
        """Load and settle rows of their own ids; return the documents."""
        given = {str(number): row for number, row in enumerate(rows, 1)}
        counter = self.load("invoices", MODEL, given)
        self.assertEqual(
            counter, {"created": len(rows)}, self.messages().mapped("text")
        )
        self.waiting = self.settle("invoices", MODEL, given)
        return [self.loaded("invoices", key) for key in given]

    def assert_taken_back(self):
        self.unload("invoices")
        after = get_digest(self.env)
        differing = {t for t in self.before if self.before[t] != after[t]}
        self.assertFalse(differing, [get_rows(self.env, t)[-2:] for t in differing])


class CustomerCase(InvoiceCase):
    def setUp(self):
        super().setUp()
        self.here = MODEL in self.env
