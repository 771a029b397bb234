"""What is computed, checked and handed on at a moment that the fast lane chose itself."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .lane_common import AddonCase


@tagged("post_install", "-at_install")
class TestLaneOrder(AddonCase):
    def get_column(self, found, name):
        rows = sorted(found["rows"]["res_partner"], key=lambda row: row["id"])
        return [row[name] for row in rows]

    def test_numbers_follow_the_order_of_the_records(self):
        """Whichever fields each of them is given."""
        sequence = self.env["ir.sequence"].create({"name": "Contacts", "prefix": "C"})

        def default_get(origin, records, fields):
            values = origin(records, fields)
            if "ref" in fields:
                values["ref"] = sequence.next_by_id()
            return values

        rows = [
            {"name": "Anna"},
            {"name": "Rui", "city": "Faro"},
            {"name": "Zoë"},
            {"name": "Łukasz", "city": "Porto"},
            {"name": "Eva"},
        ]
        with self.override("default_get", default_get):
            found = self.assert_same_both_ways("res.partner", rows)
        self.assertEqual(self.get_column(found, "ref"), ["C1", "C2", "C3", "C4", "C5"])

    def test_what_is_given_stays_where_an_administrator_computes_it(self):
        self.make_field(
            "x_length",
            "integer",
            compute="for each in self: each['x_length'] = len(each.name or '')",
            depends="name",
            readonly=False,
        )
        rows = [{"name": "Anna", "x_length": 77}, {"name": "Rui"}]
        found = self.assert_same_both_ways("res.partner", rows)
        self.assertEqual(self.get_column(found, "x_length")[-2:], [77, 3])

    def test_what_depends_on_nothing_is_not_computed(self):
        self.make_field(
            "x_five", "integer", compute="for each in self: each['x_five'] = 5"
        )
        found = self.assert_same_both_ways("res.partner", [{"name": "Anna"}])
        self.assertEqual(self.get_column(found, "x_five")[-1:], [None])

    def test_a_constraint_of_what_is_computed_sees_all_of_the_batch(self):
        """An app that wants every address once asks the table, the new rows among it."""

        def validate(origin, records, names, excluded=()):
            names = list(names)
            origin(records, names, excluded)
            for record in records if "email_normalized" in names else ():
                address = record.email_normalized
                if records.search_count([("email_normalized", "=", address)]) > 1:
                    raise ValidationError("Somebody has this address.")

        rows = [
            {"name": name, "email": "one@firma.example"} for name in ("Anna", "Rui")
        ]
        with self.override("_validate_fields", validate):
            found = self.assert_same_both_ways("res.partner", rows)
        self.assertEqual(found["error"][0], "ValidationError")

    def test_a_default_is_handed_on_as_what_is_given(self):
        """A field that writes elsewhere does so whoever filled it."""
        firm = self.env["res.partner"].create({"name": "Firma"})
        self.env["ir.default"].set("crm.lead", "phone", "123")

        def inverse(_origin, records):
            for record in records:
                record.partner_id.ref = f"by {record.phone}"

        deals = [{"name": "A", "partner_id": firm.id}, {"name": "B"}]
        with self.override("_inverse_phone", inverse, "crm.lead"):
            found = self.assert_same_both_ways("crm.lead", deals)
        self.assertEqual(self.get_column(found, "ref"), ["by 123"])

    def test_tags_count_who_bears_them(self):
        """What the other side of a link computes and stores."""
        self.make_field(
            "x_bearers",
            "integer",
            model_id=self.env["ir.model"]._get_id("res.partner.category"),
            compute="for each in self: each['x_bearers'] = len(each.partner_ids)",
            depends="partner_ids",
        )
        tags = self.env["res.partner.category"].create([{"name": n} for n in "ab"])
        rows = [
            {"name": "Anna", "category_id": [Command.set(tags.ids)]},
            {"name": "Rui", "category_id": [Command.set(tags[:1].ids)]},
        ]
        found = self.assert_same_both_ways("res.partner", rows)
        counts = {
            r["id"]: r["x_bearers"] for r in found["rows"]["res_partner_category"]
        }
        self.assertEqual([counts[each] for each in tags.ids], [2, 1])

    def test_a_text_that_is_none_is_a_bad_value(self):
        """COPY itself would call it a lost connection: a batch would come for ever."""
        rows = [{"name": "Anna"}, {"name": "R\ud800ui"}]
        found = self.leave(
            lambda: self.create_all("res.partner", rows, self.make_lane())
        )
        self.assertEqual(found["error"][0], "UnicodeEncodeError")
