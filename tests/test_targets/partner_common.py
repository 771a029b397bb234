"""What the tests of contacts share."""

from ..loader_common import LoaderCase

ADDRESS = {
    "street": "Rua do Século 79",
    "zip": "1200-433",
    "city": "Lisboa",
}


class PartnerCase(LoaderCase):
    def _load_company(self, **more):
        values = {
            "name": "Padaria São João, Lda.",
            "is_company": True,
            **ADDRESS,
            **more,
        }
        self.load("companies", "res.partner", {"1": values})
        return self.loaded("companies", "1")

    def _patch_new(self, owner, name, value):
        setattr(owner, name, value)
        self.addCleanup(delattr, owner, name)

    # -- matching ---------------------------------------------------------------

    def match(self, job=None):
        job = job or self.job
        run = job.run_ids.create({"job_id": job.id, "kind": "transform"})
        run._enter("match")
        while not run._work():
            pass
        self.env.invalidate_all()
        return self.env["crm.migration.duplicate"].search([("job_id", "=", job.id)])
