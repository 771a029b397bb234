"""Owners whose records somebody else takes over, in the tests of it."""

from odoo.tests import new_test_user

from ..loader_common import LoaderCase

STAMPS = {
    "@created_at": "2019-03-04 05:06:07",
    "@updated_at": "2019-05-06 07:08:09",
    "@created_by": {"$owner": "ghost"},
}
GHOST, ANNA, TWIN = ({"$owner": key} for key in ("ghost", "anna", "twin"))
OWNERS = {"crm_migration_owner"}


class ReassignCase(LoaderCase):
    """Ghost has a placeholder; Anna and Twin are the same real user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.migration.owner"].create(
            [
                {
                    "job_id": cls.job.id,
                    "key": "ghost",
                    "name": "Ghost Ghostly",
                    "decision": "placeholder",
                },
                {
                    "job_id": cls.job.id,
                    "key": "twin",
                    "name": "Twin",
                    "user_id": cls.anna.id,
                },
            ]
        )
        cls.bea = new_test_user(
            cls.env,
            "bea@example.test",
            name="Bea Berg",
            groups="base.group_user,sales_team.group_sale_salesman_all_leads",
        )
        cls.load_run.state = "done"

    def owner(self, key):
        return self.job.owner_ids.search(
            [("job_id", "=", self.job.id), ("key", "=", key)]
        )

    def reassign(self, **users):
        done = self.job._reassign(
            {self.owner(key): user for key, user in users.items()}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return done

    def load_work(self, owner=GHOST):
        """Load a bit of everything that has an owner; return the records by name."""
        self.load(
            "contacts",
            "res.partner",
            {"1": {**STAMPS, "name": "Zoë", "user_id": owner}},
        )
        self.load(
            "deals",
            "crm.lead",
            {
                "1": {
                    **STAMPS,
                    "name": "Roof",
                    "user_id": owner,
                    "partner_id": self.ref("contacts", "1"),
                }
            },
        )
        self.load(
            "todos",
            "mail.activity",
            {
                "1": {
                    **STAMPS,
                    "summary": "Call",
                    "user_id": owner,
                    "date_deadline": "2031-01-02",
                    "@thread": [self.ref("deals", "1")],
                }
            },
        )
        self.load(
            "meetings",
            "calendar.event",
            {
                "1": {
                    **STAMPS,
                    "name": "Review",
                    "start": "2030-01-01 10:00:00",
                    "stop": "2030-01-01 11:00:00",
                    "user_id": owner,
                }
            },
        )
        return {
            name: self.loaded(name, "1")
            for name in ("contacts", "deals", "todos", "meetings")
        }

    def get_stamps(self, records):
        self.env.flush_all()
        return {
            name: (r.create_date, r.write_date, r.create_uid, r.write_uid)
            for name, r in records.items()
        }
