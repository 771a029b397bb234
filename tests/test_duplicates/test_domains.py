"""Domains that are nobody's own: SQL finds the same as Python, network by network."""

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...models.duplicates import folding, web_domains

ODD = (
    *("", "com", ".com", "linkedin.com.", "a..linkedin.com", "xlinkedin.com"),
    *("linkedin.company", "pt.linkedin.com", "a.b.amazon.co.uk", "co.uk", "m-x.com"),
    *("acme.wixsite.com", "wixsite.com", "shop.acme.example", "straße.example"),
)


@tagged("post_install", "-at_install")
class TestDomains(TransactionCase):
    def find(self, names):
        """Return name → the domain that SQL takes from an address there."""
        domain = folding.domain(SQL("NULL::text"), SQL("address"))
        rows = self.env.execute_query(
            SQL(
                "SELECT name, %s FROM (SELECT name, 'x@' || name AS address"
                " FROM unnest(%s) AS name) AS rows",
                domain,
                list(names),
            )
        )
        return dict(rows)

    def test_sql_and_python_agree(self):
        known = sorted(web_domains.NOBODYS)
        names = [
            *(*known, *ODD),
            *(f"{prefix}{name}" for name in known for prefix in ("pt.", "a.b.", "x")),
        ]
        for name, found in self.find(names).items():
            # What Python takes off a page, an address does not have.
            if name and not name.endswith(".") and not name.startswith("www."):
                expected = None if web_domains.is_nobodys(name) else name
                self.assertEqual(found, expected, name)

    def test_a_page_counts_before_the_address(self):
        domain = folding.domain(
            SQL("%s", "https://www.Acme.example/x"), SQL("'a@b.example'")
        )
        self.assertEqual(
            self.env.execute_query(SQL("SELECT %s", domain)), [("acme.example",)]
        )
        domain = folding.domain(
            SQL("%s", "https://de.linkedin.com/acme"), SQL("'a@b.example'")
        )
        self.assertEqual(
            self.env.execute_query(SQL("SELECT %s", domain)), [("b.example",)]
        )
