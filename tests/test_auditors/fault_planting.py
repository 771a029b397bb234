"""A migration without a fault, and the ways to plant one."""

import json

from odoo.tools import mute_logger

from ...connectors import available_sources
from ..common import MigrationCase
from ..test_coverage.both_ways import BothWays
from .fault_kinds import tell
from .fault_source import FaultySource


class FaultCase(BothWays, MigrationCase):
    """Gives a migration without a fault, and the ways to plant one."""

    source = FaultySource

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.is_here():
            return
        name = cls.source.name
        available_sources()[name] = cls.source
        cls.addClassCleanup(available_sources().pop, name)
        cls.env["res.users"].create(
            {
                "name": "Ana Ågren",
                "login": "ana@norte.example",
                "email": "ana@norte.example",
            }
        )
        cls.env.ref("base.EUR").active = True
        cls.job = cls.env["crm.migration.job"].create(
            {
                "name": "Faults",
                "source": name,
                "tz": "Europe/Lisbon",
                "duplicate_policy": "keep",
                "payment_policy": "register",
                "company_id": cls.get_company().id,
            }
        )
        with mute_logger("odoo.sql_db"):
            for kind in ("discover", "extract"):
                cls.run_kind(kind)
            cls.decide()
            for kind in ("transform", "load"):
                cls.run_kind(kind)

    @classmethod
    def is_here(cls):
        """Tell whether Odoo has what the records become."""
        return True

    @classmethod
    def get_company(cls):
        cls.env.company.currency_id = cls.env.ref("base.EUR")
        return cls.env.company

    @classmethod
    def decide(cls):
        cls.job.mapping_ids.line_ids.filtered("is_custom")._accept_custom()
        cls.job.value_map_ids.filtered(lambda v: not v.decision and v.model_name).write(
            {"decision": "create"}
        )
        signed = cls.job.value_map_ids.filtered(lambda v: v.key == "Signed")
        if not signed:
            return
        stage = cls.env["crm.stage"].create({"name": "Signed", "is_won": True})
        signed.write({"target_ref": f"crm.stage,{stage.id}", "decision": "map"})

    def get_target(self, stream, source_id):
        found = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
                ("part", "=", ""),
            ],
            limit=1,
        )
        return self.env[found.res_model or "res.partner"].browse(found.res_id)

    def get_staged(self, stream, source_id):
        return self.env["crm.migration.record"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
            ]
        )

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

    def assert_nothing_is_found(self):
        self.cover()
        domain = [("job_id", "=", self.job.id)]
        lost = self.env["crm.migration.unaccounted"].search(domain)
        self.assertFalse(
            lost.mapped(lambda u: (u.stream, u.source_id, u.field, u.value))
        )
        differences = self.env["crm.migration.difference"].search(domain)
        self.assertFalse(
            differences.mapped(
                lambda d: (d.kind, d.stream, d.source_id, d.field, d.found)
            )
        )
        self.assertEqual(self.job._get_coverage_share(), 100.0)

    def plant_each(self, faults):
        """Plant one after the other and verify; return those that were not found."""
        missed, table = [], []
        for fault in faults:
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
        tell(table)
        return missed

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
            if target._fields[name].translate and value:
                value = json.dumps({"en_US": value})
            self.env.cr.execute(
                f'UPDATE "{target._table}" SET "{name}" = %s WHERE id = ANY(%s)',
                [
                    None
                    if value is False and target._fields[name].type != "boolean"
                    else value,
                    target.ids,
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

    def lose_map(self, target):
        self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("res_id", "=", target.id),
                ("res_model", "=", target._name),
            ]
        ).unlink()

    def stage_alone(self, name, source_id, payload):
        """Stage a record of an object that nobody has mapped."""
        stream = self.env["crm.migration.stream"].create(
            {"job_id": self.job.id, "name": name, "label": name.title()}
        )
        self.env["crm.migration.record"].create(
            {
                "job_id": self.job.id,
                "stream_id": stream.id,
                "stream": name,
                "source_id": source_id,
                "payload": payload,
                "state": "unmapped",
            }
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
        self.lose_map(lead)
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
        self.stage_alone("lines", "l1", line)
        record.payload = {**record.payload, "_lines": [line]}
        told = f"{lead.description or ''}<p>Lines: Grout</p>"
        self.put(lead, description=told)

    def plant_archive_tag(self, record, partner):
        self.put(partner.category_id[:1], active=False)

    def plant_drop_all_tags(self, record, partner):
        self.relate(partner, "category_id", [])

    def plant_unblock(self, record, partner):
        self.env["mail.blacklist"].search([("email", "=", partner.email)]).unlink()

    def plant_forget_table(self, record, nothing):
        self.stage_alone("lists", "l1", {"id": "l1", "name": "Fair of 2019"})

    def plant_close_today(self, record, lead):
        self.put(lead, date_closed=self.env.cr.now())

    def plant_drop_series(self, record, series):
        self.lose_map(series)
        self.put(series.calendar_event_ids, recurrence_id=False)
        series.unlink()

    def plant_unfollow(self, record, lead):
        lead.message_follower_ids.unlink()

    def plant_drop_partner(self, record, company):
        name = "x_company_partners"
        self.relate(company, name, company[name][:1].ids)

    def plant_name_by_id(self, record, partner):
        key = "recPKTGm6EPiDoS6g"
        self.stage_alone("firms", key, {"id": key, "fields": {"Name": "Casa 1"}})
        self.put(partner, company_name=key, parent_id=False)
