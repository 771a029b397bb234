"""The score of deals, asked once for all that are alike, is what Odoo gives each of them."""

import random

from odoo.fields import Command
from odoo.tests import tagged

from .lane_common import AddonCase

TEAMS = {"North": (30, 12), "South": (0, 7), "West": (9, 0), "Unknown": None}
"""Team → how many were won and lost; with none of either Odoo scores by the one before."""


@tagged("post_install", "-at_install")
class TestLaneScores(AddonCase):
    def setUp(self):
        super().setUp()
        set_param = self.env["ir.config_parameter"].set_param
        set_param("crm.pls_fields", "phone_state,email_state,source_id,city,tag_ids")
        self.stages = self.env["crm.stage"].search([])
        self.won = self.stages.filtered("is_won")
        self.sources = self.env["utm.source"].create([{"name": n} for n in "ab"])
        self.tags = self.env["crm.tag"].create([{"name": n} for n in "xyz"])
        self.teams = self.env["crm.team"].create([{"name": name} for name in TEAMS])
        frequency = self.env["crm.lead.scoring.frequency"]
        frequency.search([]).unlink()
        for team in self.teams:
            if counts := TEAMS[team.name]:
                self.count(team, *counts)

    def count(self, team, won, lost):
        values = [
            *(("stage_id", s.id, won, lost * n) for n, s in enumerate(self.stages, 1)),
            *(
                ("source_id", s.id, won * n, lost * 2)
                for n, s in enumerate(self.sources)
            ),
            *(("tag_id", t.id, won * 3, lost * n) for n, t in enumerate(self.tags, 1)),
            *(("city", "Porto", won * 2, lost), ("city", "Faro", won, lost * 2)),
            ("email_state", "correct", won, lost * 3),
            ("email_state", "incorrect", won * 2, lost),
        ]
        self.env["crm.lead.scoring.frequency"].create(
            [
                {
                    "team_id": team.id,
                    "variable": variable,
                    "value": str(value),
                    "won_count": won,
                    "lost_count": lost,
                }
                for variable, value, won, lost in values
            ]
        )

    def make_rows(self, number, seed):
        chance = random.Random(seed)
        rows = []
        while len(rows) < number:
            team = chance.choice([*self.teams.ids, False])
            for _each in range(chance.randint(1, 7)):
                row = {
                    "name": f"Deal {len(rows)}",
                    "team_id": team,
                    "stage_id": chance.choice([*self.stages.ids, False]),
                    "source_id": chance.choice([False, *self.sources.ids]),
                    "city": chance.choice([False, "Porto", "Faro"]),
                    "email_from": chance.choice([False, "rui@firma.example", "none"]),
                    "active": chance.random() > 0.1,
                    "tag_ids": [Command.set(chance.sample(self.tags.ids, 1))],
                }
                # What is won can be neither lost nor uncertain.
                if row["stage_id"] in self.won.ids:
                    row["active"] = True
                elif chance.random() < 0.3:
                    row["probability"] = chance.choice([0, 35.5])
                if not row["stage_id"] and chance.random() < 0.5:
                    del row["stage_id"]
                rows.append(row)
        return rows[:number]

    def test_scores_of_several_teams(self):
        for seed in range(4):
            with self.subTest(seed=seed):
                rows = self.make_rows(120, seed)
                found = self.assert_same_both_ways("crm.lead", rows)
                self.assertFalse(found["error"])
                scores = [
                    row["automated_probability"] for row in found["rows"]["crm_lead"]
                ]
                self.assertGreater(len(set(scores)), 10, scores)

    def test_odoo_begins_anew_behind_a_thousand(self):
        south, north = self.teams[1], self.teams[0]
        rows = [
            {"name": f"Deal {n}", "team_id": (north if n < 997 else south).id}
            for n in range(1010)
        ]
        self.assert_same_both_ways("crm.lead", rows)

    def test_a_setting_that_names_something_else_is_left_to_odoo(self):
        """Properties, and a field that is no column: nobody chooses them in a screen."""
        north = self.teams[0]
        north.lead_properties_definition = [
            {"name": "roof", "type": "char", "string": "Roof"}
        ]
        own = {"team_id": north.id, "lead_properties": {"roof": "slate"}}
        rows = [{**row, **own} for row in self.make_rows(12, 9)]
        for name in ("lead_properties", "lang_code"):
            with self.subTest(name=name):
                set_param = self.env["ir.config_parameter"].set_param
                set_param("crm.pls_fields", f"email_state,{name}")
                found = self.assert_same_both_ways("crm.lead", rows)
                self.assertFalse(found["error"])
