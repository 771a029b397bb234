"""Each target in a company that is not the first: nothing it makes is of another one."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import give_chart
from ..companies import Since
from ..loader_common import LoaderCase
from ..target_conformance import TargetConformance
from ..target_data import get_all

DATA = get_all()
SOLD = ("account.", "product.template", "sale.")
"""Models that have to do with taxes: it takes seconds to give a company some."""


class CompanyConformance(TargetConformance):
    """The first company has a record of everything; the migration is into the second."""

    @classmethod
    def _prepare_world(cls):
        cls.first = cls.env.company
        cls.company = cls.env["res.company"].create(
            {
                "name": "Bermuda Boats Inc.",
                "currency_id": cls.env.ref("base.USD").id,
                "country_id": cls.env.ref("base.us").id,
            }
        )
        if "account.move" in cls.env and cls.data.model.startswith(SOLD):
            for company in (cls.first, cls.company):
                give_chart(company)
        cls.anna.write(
            {"company_ids": [(6, 0, cls.company.ids)], "company_id": cls.company.id}
        )
        cls.job.team_id = False
        cls.job.company_id = cls.company
        cls.job.team_id = cls.env["crm.team"].create(
            {"name": "Moved", "company_id": cls.company.id}
        )
        super()._prepare_world()
        cls.since = Since(cls.env)

    def test_nothing_is_of_another_company(self):
        for part in self.parts:
            counter = self.load_part(part)
            failed = counter["failed"]
            self.assertFalse(failed, self.messages().mapped("text"))
            self.assertEqual(self.since.find_strays(self.company), {})
            self.since.check_companies()
            if self.created(part):
                self.assertEqual(self.verify(part.stream, part.model, part.rows), [])
            self.unload_part(part)
            self.assertEqual(self.changes(), {})


for _name in dir(TargetConformance):
    if _name.startswith("test_"):
        # Of the contract only what is of companies: the rest holds in the first as well.
        setattr(CompanyConformance, _name, None)


def _make_class(data):
    name = "".join(part.title() for part in data.model.replace("_", ".").split("."))
    members = {"data": data, "described": DATA, "__module__": __name__}
    made = type(f"TestCompany{name}", (CompanyConformance, LoaderCase), members)
    made.allow_inherited_tests_method = True  # else Odoo runs none of them
    return tagged("post_install", "-at_install")(made)


for _data in DATA.values():
    _made = _make_class(_data)
    globals()[_made.__name__] = _made
del _data, _made, _name


@tagged("post_install", "-at_install")
class TestChoicesOfCompanies(LoaderCase):
    """What a person may choose for a migration is what its company may use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.team = cls.env["crm.team"].create(
            {"name": "Elsewhere", "company_id": cls.other.id}
        )
        cls.stage = cls.env["crm.stage"].create(
            {"name": "Far away", "team_ids": cls.team.ids}
        )
        cls.bob = cls.env["res.users"].create(
            {
                "name": "Bob Ó Briain",
                "login": "bob@elsewhere.example",
                "email": "bob@elsewhere.example",
                "company_id": cls.other.id,
                "company_ids": [(6, 0, cls.other.ids)],
            }
        )

    def test_a_record_of_another_company_is_no_choice(self):
        partner = self.env["res.partner"].create(
            {"name": "Far", "company_id": self.other.id}
        )
        for record in (self.team, self.stage, partner):
            with self.assertRaises(ValidationError) as caught:
                self.decide("list", record._name, record)
            self.assertIn(self.company.name, str(caught.exception))

    def test_a_plan_means_the_team_of_its_company(self):
        own = self.env["crm.team"].create(
            {"name": "Elsewhere", "company_id": self.company.id}
        )
        find = self.env["crm.migration.job"]._find_planned
        self.assertEqual(find("crm.team", "name", "Elsewhere", self.company), own)
        self.assertEqual(find("crm.team", "name", "Elsewhere", self.other), self.team)

    def test_a_team_of_another_company_is_none_for_the_migration(self):
        with self.assertRaises(UserError):
            self.job.team_id = self.team

    def test_stages_of_another_companys_team_are_not_proposed(self):
        from ...models.mapping.propose_values import get_index

        self.job.team_id = False
        index = get_index(self.env, "crm.stage", self.job)
        self.assertEqual(
            (index.find("Far away").found, index.find("far AWAY").why), (None, None)
        )

    def test_who_may_not_enter_the_company_owns_nothing(self):
        owner = {"email": "bob@elsewhere.example", "name": "Bob"}
        found = self.job._match_owner(owner, self.job._get_user_index())
        self.assertNotIn("user_id", found)
        self.assertIn(self.company.name, found["reason"])
        row = self.env["crm.migration.owner"].create(
            {"job_id": self.job.id, "key": "bob", **owner, "decision": "create"}
        )
        self.env["crm.migration.owner"]._resolve(self.job, ["bob"])
        self.assertFalse(row.user_id)
        self.assertIn(self.company.name, row.reason)
        with self.assertRaises(UserError):
            row.user_id = self.bob
