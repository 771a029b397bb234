"""Objects that do not refer to each other are loaded as they were read, each time anew."""

from odoo.tests import TransactionCase, tagged

from odoo.addons.crm_migration.models.mapping.load_order import in_load_order

NAMES = (
    "companies contacts deals meetings calls notes tasks leads products quotes".split()
)


@tagged("post_install", "-at_install")
class TestLoadOrder(TransactionCase):
    def order(self, **after):
        job = self.env["crm.migration.job"].browse()
        listed = [
            {
                "stream": name,
                "part": "",
                "model": "res.partner",
                "after": after.get(name, []),
            }
            for name in NAMES
        ]
        return [each["stream"] for each in in_load_order(self.env, job, listed)]

    def test_what_refers_to_nothing_keeps_its_place(self):
        self.assertEqual(self.order(), NAMES)

    def test_what_refers_to_the_same_keeps_its_place_behind_it(self):
        people = ["companies", "contacts", "companies"]
        behind = NAMES[2:]
        found = self.order(contacts=["companies"], **dict.fromkeys(behind, people))
        self.assertEqual(found, NAMES)

    def test_neither_itself_nor_what_is_not_there_is_waited_for(self):
        found = self.order(deals=["deals", "nowhere"], companies=["quotes"])
        self.assertEqual(found, [*NAMES[1:], "companies"])
