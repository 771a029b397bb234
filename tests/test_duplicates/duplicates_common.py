"""What the tests of duplicates share."""

from ..loader_common import LoaderCase


class DuplicatesCase(LoaderCase):
    def match(self):
        run = self.job.run_ids.create({"job_id": self.job.id, "kind": "transform"})
        run._enter("match")
        while not run._work():
            pass
        self.env.invalidate_all()
        return self.env["crm.migration.duplicate"].search(
            [("job_id", "=", self.job.id)]
        )

    def compare(self, one, other, model="res.partner"):
        """Return what is found of one who is in Odoo already, and another one staged."""
        there = self.env[model].create(one)
        self.stage("people", model, {"1": other})
        found = self.match().filtered(lambda pair: pair.kind == "odoo")
        self.assertIn(found.res_id, (False, there.id))
        return found
