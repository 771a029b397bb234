"""Every fault that was seen, planted into a finished migration: verification finds it."""

import os
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...connectors import available_sources
from ..common import MigrationCase
from .fault_source import FaultySource
from .fault_table import FAULTS, NOT_FOUND


def tell(table):
    """Add rows (case, sentence, found by) to the file that ``dev/faults`` asks for."""
    if path := os.environ.get("CRM_MIGRATION_FAULTS"):
        with Path(path).open("a", encoding="utf-8") as file:
            for case, text, by in table:
                file.write(f"{case:9} {text:58} {by or 'NOT FOUND'}\n")


class FaultCase(MigrationCase):
    """Gives a migration without a fault, and the ways to plant one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        available_sources()["faulty"] = FaultySource
        cls.addClassCleanup(available_sources().pop, "faulty")
        cls.env["res.users"].create(
            {
                "name": "Ana Ågren",
                "login": "ana@norte.example",
                "email": "ana@norte.example",
            }
        )
        cls.env["res.currency"].search([("name", "=", "EUR")]).active = True
        cls.env.company.currency_id = cls.env.ref("base.EUR")
        cls.job = cls.env["crm.migration.job"].create(
            {
                "name": "Faults",
                "source": "faulty",
                "tz": "Europe/Lisbon",
                "duplicate_policy": "keep",
            }
        )
        with mute_logger("odoo.sql_db"):
            for kind in ("discover", "extract"):
                cls.run_kind(kind)
            cls.decide()
            for kind in ("transform", "load"):
                cls.run_kind(kind)

    @classmethod
    def decide(cls):
        cls.job.value_map_ids.filtered(lambda v: not v.decision and v.model_name).write(
            {"decision": "create"}
        )
        signed = cls.job.value_map_ids.filtered(lambda v: v.key == "Signed")
        stage = cls.env["crm.stage"].create({"name": "Signed", "is_won": True})
        signed.write({"target_ref": f"crm.stage,{stage.id}", "decision": "map"})

    def get_target(self, stream, source_id):
        found = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
            ],
            limit=1,
        )
        return self.env[found.res_model].browse(found.res_id)

    def get_staged(self, stream, source_id):
        return self.env["crm.migration.record"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
            ]
        )

    def cover(self):
        """Run the half of the verification that starts from the payload."""
        run = self.env["crm.migration.run"].create(
            {"job_id": self.job.id, "kind": "verify", "phase": "cover"}
        )
        self.job.run_id = run
        run._enter("cover")
        while run.state == "running":
            run._advance()  # what is wrong shows as it is
        self.env.invalidate_all()

    def get_findings(self, stream, source_id):
        """Return the kinds by which a record was found, ``unaccounted`` among them."""
        domain = [
            ("job_id", "=", self.job.id),
            ("stream", "=", stream),
            ("source_id", "=", source_id),
        ]
        found = self.env["crm.migration.difference"].search(domain)
        lost = self.env["crm.migration.unaccounted"].search(domain)
        return set(found.mapped("kind")) | ({"unaccounted"} if lost else set())

    def plant(self, fault):
        """Give the source's value and the wrong result that it had."""
        record = self.get_staged(fault.stream, fault.source_id)
        target = self.get_target(fault.stream, fault.source_id)
        if fault.payload:
            record.payload = {**record.payload, **fault.payload}
        if isinstance(fault.odoo, str):
            getattr(self, f"plant_{fault.odoo}")(record, target)
        elif fault.odoo:
            self.put(target, **fault.odoo)
        self.env.flush_all()
        self.env.invalidate_all()

    def put(self, target, **values):
        """Write columns past Odoo's own opinions, and leave no trace of a person."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                f'UPDATE "{target._table}" SET "{name}" = %s WHERE id = %s',
                [
                    None
                    if value is False and target._fields[name].type != "boolean"
                    else value,
                    target.id,
                ],
            )
        self.env.invalidate_all()

    def relate(self, target, name, ids):
        field = target._fields[name]
        self.env.flush_all()
        self.env.cr.execute(
            f'DELETE FROM "{field.relation}" WHERE "{field.column1}" = %s', [target.id]
        )
        for res_id in ids:
            self.env.cr.execute(
                f'INSERT INTO "{field.relation}" ("{field.column1}", "{field.column2}")'
                " VALUES (%s, %s)",
                [target.id, res_id],
            )

    # -- wrong results -----------------------------------------------------------

    def plant_glue_tags(self, record, lead):
        tag = self.env["crm.tag"].create({"name": "VIP;Partner"})
        self.relate(lead, "tag_ids", tag.ids)

    def plant_prove_comma(self, record, lead):
        other = self.get_staged("deals", "d2")
        other.payload = {**other.payload, "amount": "12.500,75"}
        self.put(self.get_target("deals", "d2"), expected_revenue=12500.75)
        self.put(lead, expected_revenue=1.25)

    def plant_link_first_twin(self, record, lead):
        self.put(lead, partner_id=self.get_target("contacts", "p2").id)

    def plant_take_california(self, record, partner):
        self.put(partner, state_id=self.env.ref("base.state_us_5").id)

    def plant_follow_state(self, record, partner):
        record.payload = {k: v for k, v in record.payload.items() if k != "country"}
        michigan = self.env.ref("base.state_us_23")
        self.put(partner, state_id=michigan.id, country_id=michigan.country_id.id)

    def plant_lose_record(self, record, lead):
        self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("res_id", "=", lead.id),
                ("res_model", "=", "crm.lead"),
            ]
        ).unlink()
        record.write({"state": "skipped", "problem": "no_rule", "values": False})

    def plant_take_other_stage(self, record, lead):
        self.put(lead, stage_id=self.env["crm.stage"].create({"name": "Other"}).id)

    def plant_assign_root(self, record, activity):
        self.put(activity, user_id=self.env.ref("base.user_root").id)

    def plant_drop_tag(self, record, partner):
        self.relate(partner, "category_id", partner.category_id[:1].ids)

    def plant_make_today(self, record, partner):
        self.put(partner, create_date="2026-02-03 04:05:06")

    def plant_take_twin_user(self, record, lead):
        twin = self.env["res.users"].create({"name": "Ana Twin", "login": "twin"})
        self.put(lead, user_id=twin.id)

    def plant_drop_line(self, record, lead):
        line = {"id": "l1", "name": "Grout", "remark": "Delivered to dock 7"}
        stream = self.env["crm.migration.stream"].create(
            {"job_id": self.job.id, "name": "lines", "label": "Lines"}
        )
        self.env["crm.migration.record"].create(
            {
                "job_id": self.job.id,
                "stream_id": stream.id,
                "stream": "lines",
                "source_id": "l1",
                "payload": line,
                "state": "unmapped",
            }
        )
        record.payload = {**record.payload, "_lines": [line]}
        told = f"{lead.description or ''}<p>Lines: Grout</p>"
        self.put(lead, description=told)

    def plant_archive_tag(self, record, partner):
        self.put(partner.category_id[:1], active=False)


@tagged("post_install", "-at_install")
class TestFaults(FaultCase):
    def test_without_a_fault_every_value_is_accounted_for(self):
        self.cover()
        lost = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(
            lost.mapped(lambda u: (u.stream, u.source_id, u.field, u.value))
        )
        differences = self.job.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(
            differences.mapped(
                lambda d: (d.kind, d.stream, d.source_id, d.field, d.found)
            )
        )
        self.assertEqual(self.job._get_coverage_share(), 100.0)

    def test_what_stands_under_its_own_label_is_accounted_for(self):
        """Short, a number, a list, of several lines; and a long text under none."""
        record = self.get_staged("companies", "c1")
        partner = self.get_target("companies", "c1")
        record.payload = {
            **record.payload,
            "branch": "Berlin",
            "founded": "2024-03",
            "seats": 12,
            "vetted": True,
            "lines": ["Tiles", "Grout"],
            "terms": "Net 30\nNo discount",
            "motto": "Every tile has its own place in the wall",
            "second_mail": "office@zeta.example",
        }
        self.put(
            partner,
            comment="<p>Visited in March.</p><p><b>branch</b>: Berlin</p>"
            "<p><b>founded</b>: 2024-03</p><p><b>seats</b>: 12</p>"
            "<p><b>vetted</b>: true</p><p><b>lines</b>: Tiles, Grout</p>"
            "<p><b>terms</b>: Net 30<br>No discount</p>"
            "<p>They say: every tile has its own place in the wall.</p>"
            "<p>office@zeta.example</p>",
        )
        self.cover()
        self.assertEqual(self.get_findings("companies", "c1"), set())

    def test_every_fault_is_found(self):
        """At least nine in ten; what is not found is named here, so that none is lost."""
        missed, table = [], []
        for fault in FAULTS:
            savepoint = self.env.cr.savepoint(flush=True)
            self.plant(fault)
            self.cover()
            found = self.get_findings(fault.stream, fault.source_id)
            with self.subTest(fault.case, sentence=fault.sentence, found=found):
                there = found & set(fault.found_by)
                table.append((fault.case, fault.sentence, ", ".join(sorted(there))))
                if not there:
                    missed.append(f"{fault.case} {fault.sentence}: {sorted(found)}")
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()
        tell(table + [(*row, "") for row in NOT_FOUND])
        self.assertGreaterEqual(
            len(FAULTS) - len(missed), 0.9 * (len(FAULTS) + len(NOT_FOUND))
        )
        self.assertFalse(missed)
