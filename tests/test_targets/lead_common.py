"""What the tests of leads share."""

from ..loader_common import LoaderCase


class LeadCase(LoaderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Stage = cls.env["crm.stage"]
        team = cls.job.team_id
        values = {"team_ids": [(4, team.id)]}
        cls.new = Stage.create({"name": "Neu", "sequence": 900, **values})
        cls.talk = Stage.create({"name": "Gespräch", "sequence": 901, **values})
        cls.won = Stage.create(
            {"name": "Ganado", "sequence": 902, "is_won": True, **values}
        )

    def load_lead(self, **values):
        self.load("deals", "crm.lead", {"1": {"name": "Pão & Cª 🥖", **values}})
        return self.loaded("deals", "1")

    def stages(self, *keys):
        for key in keys:
            self.decide("stages", key, getattr(self, key))

    # -- the customer -----------------------------------------------------------

    def load_customer(self, **values):
        self.load("people", "res.partner", {"9": {"name": "Kundin", **values}})
        return self.loaded("people", "9")

    # -- history ----------------------------------------------------------------

    def history(self, *keys):
        return [
            {"stage": {"$map": ["stages", key]}, "at": f"2020-0{n}-01 00:00:00"}
            for n, key in enumerate(keys, 1)
        ]
