"""Who is on which list, who has left it, and who must not be mailed at all."""

from odoo.tests import tagged

from ...connectors.mapping.vocabulary import field, lookup, mapping
from ..digests import get_digest
from ..loader_common import LoaderCase

NOBODY = {"res_users", "res_users_settings", "mail_presence"}
MEMBERS = mapping(
    "members",
    "mailing.subscription",
    field("list_id", "list", lookup("lists"), required=True),
    field("@thread", "person", lookup("people"), required=True),
    field("opt_out", "left"),
    field("opt_out_datetime", "left_at"),
    after=("lists", "people"),
)


class MailingCase(LoaderCase):
    def setUp(self):
        super().setUp()
        self.targets = self.env["crm.migration.target"]
        self.has_app = "mailing.list" in self.env
        [mapping], left_out = self.targets._resolve_mappings([MEMBERS])
        self.assertEqual(left_out, [])
        self.members = mapping
        self.list_model = "mailing.list" if self.has_app else "res.partner.category"

    def load_people(self):
        self.load(
            "people",
            "res.partner",
            {
                "1": {"name": "Ana Sá", "email": "ana@firm.example"},
                "2": {"name": "Bob", "email": "bob@firm.example"},
                "3": {"name": "Zoë without an address"},
                "4": {"name": "Ana at home", "email": "Ana <ANA@firm.example>"},
            },
        )

    def load_lists(self):
        self.load(
            "lists", self.list_model, {"7": {"name": "News"}, "8": {"name": "Fair"}}
        )

    def join(self, rows):
        """Load rows (list, person, left?, when) as the mapping of this world has them."""
        names = [item.target for item in self.members.fields]
        staged = {}
        for key, (list_, person, *left) in rows.items():
            values = [self.ref("lists", list_), self.ref("people", person), *left]
            staged[key] = dict(zip(names, values, strict=False))
        return self.load("members", self.members.model, staged)

    def check(self, *ids):
        return self.verify("members", self.members.model, ids)

    def state_of(self, person):
        """Return list → has left?, of a person; absent: not on it."""
        partner = self.loaded("people", person)
        if not self.has_app:
            return {tag.name: False for tag in partner.category_id}
        contacts = self.env["mailing.contact"].search(
            [("email_normalized", "=", partner.email_normalized)]
        )
        return {sub.list_id.name: sub.opt_out for sub in contacts.subscription_ids}


@tagged("post_install", "-at_install")
class TestMemberships(MailingCase):
    def test_what_stands_for_what(self):
        if self.has_app:
            self.assertEqual(self.members, MEMBERS)
            return
        self.assertEqual(self.members.model, "res.partner")
        self.assertEqual(
            [item.target for item in self.members.fields],
            ["category_id", "@onto", "@opt_out", "@opt_out_at"],
        )

    def test_they_are_on_their_lists_with_the_day_they_left(self):
        self.load_people()
        self.load_lists()
        before = get_digest(self.env, NOBODY)
        stamps = self.table_digest("res_partner")
        counter = self.join(
            {
                "1": ("7", "1"),
                "2": ("8", "1"),
                "3": ("7", "2", True, "2021-03-02T09:11:40+00:00"),
            }
        )
        self.assertEqual(counter.total(), 3)
        self.assertFalse(counter["failed"], self.messages().mapped("code"))
        self.assertEqual(self.check("1", "2", "3"), [])
        self.assertEqual(self.state_of("1"), {"News": False, "Fair": False})
        self.assertEqual(self.table_digest("res_partner"), stamps)
        if self.has_app:
            self.assertEqual(self.state_of("2"), {"News": True})
            day = str(self.loaded("members", "3").opt_out_datetime)
            self.assertEqual(day, "2021-03-02 09:11:40")
        else:
            self.assertEqual(self.state_of("2"), {})
            note = self.loaded("people", "2").message_ids[0]
            self.assertIn("Left News on 2021-03-02", note.body)
            self.assertEqual(str(note.date), "2021-03-02 09:11:40")
        # A second load changes nothing.
        loaded = get_digest(self.env, NOBODY)
        again = self.join(
            {
                "1": ("7", "1"),
                "2": ("8", "1"),
                "3": ("7", "2", True, "2021-03-02T09:11:40+00:00"),
            }
        )
        self.assertEqual(again["unchanged"], 3)
        self.assertEqual(get_digest(self.env, NOBODY), loaded)
        self.unload("members")
        self.assertEqual(get_digest(self.env, NOBODY), before)

    def test_a_person_who_was_on_a_list_before_stays_on_it(self):
        self.load_people()
        self.load_lists()
        if self.has_app:
            contact = self.env["mailing.contact"].create(
                {"name": "Ana of old", "email": "ana@firm.example"}
            )
            there = self.env["mailing.subscription"].create(
                {
                    "contact_id": contact.id,
                    "list_id": self.loaded("lists", "7").id,
                    "opt_out": True,
                }
            )
        else:
            self.loaded("people", "1").category_id = self.loaded("lists", "7")
        before = get_digest(self.env, NOBODY)
        self.join({"1": ("7", "1"), "2": ("8", "1")})
        self.assertEqual(self.check("1", "2"), [])
        if self.has_app:
            # Never un-blocked: whoever has left stays away.
            self.assertTrue(there.opt_out)
            self.assertTrue(self.messages("opt_out_kept"))
            self.assertEqual(contact.name, "Ana of old")
        self.unload("members")
        self.assertEqual(get_digest(self.env, NOBODY), before)

    def test_one_address_twice_on_a_list_once_left_has_left(self):
        self.load_people()
        self.load_lists()
        before = get_digest(self.env, NOBODY)
        self.join({"1": ("7", "1"), "2": ("7", "4", True, "2020-01-01T00:00:00")})
        if self.has_app:
            self.assertEqual(self.state_of("1"), {"News": True})
            self.assertEqual(self.check("2"), [])
        self.unload("members")
        self.assertEqual(get_digest(self.env, NOBODY), before)

    def test_who_has_no_address_is_left_out_with_a_reason(self):
        self.load_people()
        self.load_lists()
        counter = self.join({"1": ("7", "3"), "2": ("7", "1")})
        if self.has_app:
            self.assertEqual(counter["skipped"], 1)
            self.assertTrue(self.messages("no_address"))
        else:
            self.assertEqual(self.state_of("3"), {"News": False})
        self.assertEqual(self.state_of("1"), {"News": False})

    def test_a_planted_difference_is_found(self):
        self.load_people()
        self.load_lists()
        self.join({"1": ("7", "1")})
        if self.has_app:
            self.loaded("members", "1").opt_out = True
        else:
            self.loaded("people", "1").category_id = False
        (difference,) = self.check("1")
        name = "opt_out" if self.has_app else "category_id"
        self.assertEqual(difference["field"], name)

    def test_who_leaves_later_leaves_and_a_persons_edit_survives(self):
        self.load_people()
        self.load_lists()
        self.join({"1": ("7", "1"), "2": ("8", "1"), "3": ("7", "2")})
        if not self.has_app:
            mine = self.env["res.partner.category"].create({"name": "Mine"})
            self.loaded("people", "1").category_id |= mine
        self.join(
            {
                "1": ("7", "1", True, "2024-05-06T07:08:09"),
                "2": ("8", "1"),
                "3": ("7", "2"),
            }
        )
        if self.has_app:
            self.assertEqual(self.state_of("1"), {"News": True, "Fair": False})
        else:
            self.assertEqual(self.state_of("1"), {"Fair": False, "Mine": False})
        self.assertEqual(self.check("1", "2", "3"), [])

    def test_the_contact_itself_is_not_wrong_for_its_lists(self):
        self.load("tags", "res.partner.category", {"1": {"name": "VIP"}})
        tagged_person = {"name": "Ana", "category_id": [self.ref("tags", "1")]}
        tagged_person["email"] = "ana@firm.example"
        self.load("people", "res.partner", {"1": tagged_person})
        self.load_lists()
        self.join({"1": ("7", "1")})
        self.assertEqual(self.verify("people", "res.partner", ["1"]), [])
        # What the source says of it later takes nobody off a list.
        self.load("tags", "res.partner.category", {"2": {"name": "Old"}})
        tagged_person = {**tagged_person, "category_id": [self.ref("tags", "2")]}
        self.load("people", "res.partner", {"1": tagged_person})
        names = set(self.loaded("people", "1").category_id.mapped("name"))
        self.assertEqual(names, {"Old"} if self.has_app else {"Old", "News"})
        self.assertEqual(self.verify("people", "res.partner", ["1"]), [])

    def test_by_address_alone(self):
        self.load_lists()
        if not self.has_app:
            return
        party = [{"email": "Cy <cy@there.example>", "name": "Cy"}]
        values = {"list_id": self.ref("lists", "7"), "@addresses": party}
        self.load("members", "mailing.subscription", {"1": values, "2": {**values}})
        contact = self.loaded("members", "1").contact_id
        self.assertEqual(
            (contact.name, contact.email_normalized), ("Cy", "cy@there.example")
        )
        self.assertEqual(self.loaded("members", "2"), self.loaded("members", "1"))

    def test_an_address_of_another_company_is_nobody_of_ours(self):
        self.load_lists()
        if self.has_app:
            return
        other = self.env["res.company"].create({"name": "Elsewhere"})
        Partner = self.env["res.partner"]
        theirs, ours = (
            Partner.create({"name": name, "email": email, "company_id": company})
            for name, email, company in (
                ("Theirs", "cy@there.example", other.id),
                ("Ours", "dy@there.example", self.company.id),
            )
        )
        Partner.create({"name": "All", "email": "cy@there.example", "active": False})
        members = {
            key: {
                "category_id": [self.ref("lists", "7")],
                "@addresses": [{"email": f"{name}@there.example"}],
                "@onto": None,
            }
            for key, name in (("1", "cy"), ("2", "dy"))
        }
        counter = self.load("members", "res.partner", members)
        self.assertEqual(counter, {"failed": 1, "merged": 1})
        self.assertEqual(self.messages("not_onto").source_id, "1")
        self.assertFalse(theirs.category_id)
        self.assertEqual(ours.category_id, self.loaded("lists", "7"))

    def test_a_contact_stays_with_its_last_subscription(self):
        self.load_people()
        self.load_lists()
        if not self.has_app:
            return
        self.join({"1": ("7", "1")})
        self.join({"2": ("8", "1")})
        contact = self.loaded("members", "1").contact_id
        self.assertEqual(self.loaded("members", "2").contact_id, contact)
        for key in ("1", "2"):
            self.targets._for("mailing.subscription")._roll_back(
                self.load_run, self.map_row("members", key)
            )
            self.assertEqual(bool(contact.exists()), key == "1")


@tagged("post_install", "-at_install")
class TestMailingContacts(MailingCase):
    def test_one_for_each_address(self):
        model = "mailing.contact" if self.has_app else "res.partner"
        if self.has_app:
            old = self.env["mailing.contact"].create({"email": "bob@firm.example"})
        before = get_digest(self.env, NOBODY)
        counter = self.load(
            "audience",
            model,
            {
                "1": {"name": "Ana", "email": "ana@firm.example"},
                "2": {"name": "Bob", "email": "BOB@firm.example"},
                "3": {"name": "Ana again", "email": "Ana <ana@firm.example>"},
            },
        )
        if self.has_app:
            self.assertEqual((counter["created"], counter["merged"]), (1, 2))
            self.assertEqual(self.loaded("audience", "2"), old)
            self.assertEqual(self.loaded("audience", "1"), self.loaded("audience", "3"))
        self.unload("audience")
        self.assertEqual(get_digest(self.env, NOBODY), before)
