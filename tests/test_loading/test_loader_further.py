"""Several records where Odoo has one link: the first is the link, no other is lost."""

from odoo.tests import tagged

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestLoaderFurther(LoaderCase):
    def setUp(self):
        super().setUp()
        firms = {"1": {"name": "Ćevap & Sons"}, "2": {"name": "Beta Lda"}}
        firms = {key: {**row, "is_company": True} for key, row in firms.items()}
        self.load("companies", "res.partner", firms)
        people = {
            "1": {"name": "Bob", "parent_id": self.ref("companies", "1")},
            "2": {"name": "Zoë <b>"},
            "3": {"name": "Zoë <b>"},
        }
        self.load("contacts", "res.partner", people)
        self.bob, self.zoe, self.twin = (self.loaded("contacts", key) for key in "123")
        self.firm, self.beta = (self.loaded("companies", key) for key in "12")

    def load_deal(self, *references, **more):
        values = {"name": "Deal ✓", "partner_id": list(references), **more}
        self.load("deals", "crm.lead", {"1": values})
        return self.loaded("deals", "1")

    def link_to(self, record):
        return f'data-oe-model="{record._name}" data-oe-id="{record.id}"'

    def test_the_second_contact_of_a_deal_stands_in_its_notes_with_a_link(self):
        deal = self.load_deal(
            self.ref("contacts", "1"),
            self.ref("contacts", "2"),
            description="<p>First</p>",
        )
        self.assertEqual(deal.partner_id, self.bob)
        self.assertIn("<p>First</p>", deal.description)
        self.assertIn("<b>Further Contact</b>: <a", deal.description)
        self.assertIn(self.link_to(self.zoe), deal.description)
        self.assertIn("Zoë &lt;b&gt;</a>", deal.description)
        self.assertNotIn(self.link_to(self.bob), deal.description)
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])
        deal.description = "<p>First</p>"
        (difference,) = self.verify("deals", "crm.lead", ["1"])
        self.assertEqual(difference["field"], "description")

    def test_what_the_link_says_already_is_not_said_again(self):
        """A person's company stands beside them; another company does not."""
        deal = self.load_deal(self.ref("contacts", "1"), self.ref("companies", "1"))
        self.assertEqual(deal.partner_id, self.bob)
        self.assertFalse(deal.description)
        self.load("others", "crm.lead", {"1": {"name": "B", "partner_id": [
            self.ref("contacts", "1"), self.ref("companies", "2"),
        ]}})  # fmt: skip
        other = self.loaded("others", "1")
        self.assertIn(self.link_to(self.beta), other.description)
        self.assertEqual(self.verify("others", "crm.lead", ["1"]), [])

    def test_the_first_that_is_found_is_the_link(self):
        gone = self.ref("contacts", "404")
        deal = self.load_deal(
            gone, self.ref("contacts", "2"), self.ref("contacts", "3")
        )
        self.assertEqual(deal.partner_id, self.zoe)
        self.assertIn("404", self.messages("reference_missing").text)
        self.assertIn(self.link_to(self.twin), deal.description)

    def test_a_second_record_that_is_not_there_is_told(self):
        deal = self.load_deal(self.ref("contacts", "1"), self.ref("contacts", "404"))
        self.assertEqual(deal.partner_id, self.bob)
        self.assertIn("404", self.messages("reference_missing").text)

    def test_an_address_and_a_name_mean_the_same_person(self):
        """Whoever is found by the one is not missed by the other."""
        payload = {"9": {"id": "9", "name": "Ana", "email": "ana@x.example"}}
        self.load("people", "res.partner", {"9": {"name": "Ana"}}, payload=payload)
        for mail, name in (("ana@x.example", "Nobody"), ("gone@x.example", "Ana")):
            with self.subTest(mail=mail):
                references = self.ref("people", mail, "email"), self.ref("people", name, "name")  # fmt: skip
                values = {"name": mail, "partner_id": list(references)}
                self.load("deals", "crm.lead", {mail: values})
                deal = self.loaded("deals", mail)
                self.assertEqual(deal.partner_id, self.loaded("people", "9"))
                self.assertFalse(deal.description)
        self.assertFalse(self.messages())

    def test_a_further_name_of_several_is_kept_as_a_name(self):
        payload = {key: {"id": key, "name": "Twin"} for key in ("7", "8")}
        rows = {key: {"name": "Twin", "is_company": True} for key in ("7", "8")}
        self.load("firms", "res.partner", rows, payload=payload)
        deal = self.load_deal(
            self.ref("contacts", "1"),
            self.ref("firms", "Twin", "name"),
            self.ref("companies", "Gone Ltd", "name"),
        )
        self.assertEqual(deal.partner_id, self.bob)
        for name in ("Twin", "Gone Ltd"):
            self.assertIn(f"<b>Further Contact</b>: {name}", deal.description)
        self.assertIn("Twin", self.messages("further_unclear").text)
        self.assertIn("Gone Ltd", self.messages("further_missing").text)
        self.assertFalse(self.messages("reference_unclear"))

    def test_a_name_that_has_a_field_of_its_own_is_not_repeated(self):
        gone = self.ref("companies", "Gone Ltd", "name")
        deal = self.load_deal(self.ref("contacts", "1"), gone, partner_name="Gone Ltd")
        self.assertEqual(deal.partner_name, "Gone Ltd")
        self.assertFalse(deal.description)
        self.assertFalse(self.messages())

    def test_a_company_that_is_loaded_later_is_added(self):
        parents = [self.ref("companies", "1"), self.ref("companies", "9")]
        self.stage("companies", "res.partner", {"9": {"name": "Late", "is_company": True}})  # fmt: skip
        self.load("staff", "res.partner", {"1": {"name": "Eva", "parent_id": parents}})
        eva = self.loaded("staff", "1")
        self.assertEqual(eva.parent_id, self.firm)
        self.load("companies", "res.partner", {"9": {"name": "Late", "is_company": True}})  # fmt: skip
        loader = self.env["crm.migration.target"]._for("res.partner")
        loader._link(self.load_run, self.map_row("staff", "1"))
        self.env.invalidate_all()
        self.assertEqual(eva.parent_id, self.firm)
        late = self.loaded("companies", "9")
        self.assertEqual(eva.comment.count(self.link_to(late)), 1)
        self.assertEqual(self.verify("staff", "res.partner", ["1"]), [])

    def test_a_contact_that_leaves_the_deal_leaves_its_notes(self):
        references = [self.ref("contacts", key) for key in "12"]
        deal = self.load_deal(*references)
        deal = self.load_deal(*references[:1])
        self.assertFalse(deal.description)
        deal = self.load_deal(*references[::-1])
        self.assertEqual(deal.partner_id, self.zoe)
        self.assertIn(self.link_to(self.bob), deal.description)

    def test_a_rollback_takes_everything_back(self):
        before = self.counts("crm_lead", "mail_message")
        self.load_deal(self.ref("contacts", "1"), self.ref("contacts", "2"))
        self.unload("deals")
        self.assertEqual(self.counts("crm_lead", "mail_message"), before)

    def test_a_name_beside_an_id_is_kept_where_the_record_is_called_otherwise(self):
        for text, kept in (("Bob", False), ("Bob; Zoë <b>", False), ("Robert", True)):
            with self.subTest(text=text):
                first = {**self.ref("contacts", "1"), "named": [["Contact name", text]]}
                values = {"name": "D", "partner_id": [first, self.ref("contacts", "2")]}
                self.load("deals", "crm.lead", {text: values})
                notes = self.loaded("deals", text).description
                self.assertEqual("Contact name" in notes, kept, notes)

    def test_the_name_beside_an_id_waits_for_a_record_that_comes_later(self):
        for name, kept in (("Late Ltd", False), ("Former Ltd", True)):
            with self.subTest(name=name):
                key = f"late {kept}"
                firm = {key: {"name": "Late Ltd", "is_company": True}}
                self.stage("companies", "res.partner", firm)
                link = {**self.ref("companies", key), "named": [["Company", name]]}
                self.load(
                    "contacts", "res.partner", {key: {"name": "Ivo", "parent_id": link}}
                )
                ivo = self.loaded("contacts", key)
                self.assertFalse(ivo.comment)
                self.load("companies", "res.partner", firm)
                loader = (
                    self.env["crm.migration.target"]
                    ._for("res.partner")
                    ._without_side_effects(self.job)
                )
                loader._link(self.load_run, self.map_row("contacts", key))
                self.env.invalidate_all()
                self.assertEqual(ivo.parent_id.name, "Late Ltd")
                self.assertEqual("Former Ltd" in str(ivo.comment), kept)
                self.assertEqual(self.verify("contacts", "res.partner", [key]), [])

    def test_several_decided_values_of_one_field_are_all_kept(self):
        source = self.env["utm.source"].create({"name": "Fair"})
        other = self.env["utm.source"].create({"name": "Radio"})
        values = [
            self.decide("sources", "fair", source),
            self.decide("sources", "radio", other),
        ]
        self.load("deals", "crm.lead", {"1": {"name": "A", "source_id": values}})
        deal = self.loaded("deals", "1")
        self.assertEqual(deal.source_id, source)
        self.assertIn("Radio", deal.description)
