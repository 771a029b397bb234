"""Texts in several languages: a change reaches all of them, a translation stays."""

from odoo.tests import tagged
from odoo.tools import SQL

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestLanguages(LoaderCase):
    def read(self, record, name):
        """Return language → text as the column has it."""
        self.env.flush_all()
        [(texts,)] = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE id = %s",
                SQL.identifier(name),
                SQL.identifier(record._table),
                record.id,
            )
        )
        return texts

    def test_a_rollback_takes_a_value_of_its_company_back_and_no_other_one(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        there = self.env["res.partner"].create({"name": "There"})
        self.load(
            "people",
            "res.partner",
            {"1": {"name": "There", "barcode": "0401"}},
            decision="merge",
            merge_id=there.id,
        )
        self.assertEqual(there.barcode, "0401")
        there.with_company(other).barcode = "0999"
        self.env.flush_all()
        self.assertEqual(self.unload("people"), {"restored": 1})
        self.assertFalse(there.barcode)
        self.assertEqual(self.read(there, "barcode"), {str(other.id): "0999"})
