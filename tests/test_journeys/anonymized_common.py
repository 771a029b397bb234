"""Migrate with anonymized people and without: what must hold between the two."""

import os
import re
from pathlib import Path

from odoo.tools import mute_logger

from ..scan import find_in_files, find_in_tables

KINDS = ("discover", "extract", "load", "verify")


class Scanned:
    """Migrates twice: with anonymized people, and once that is undone, without."""

    tokens = ()

    @classmethod
    def migrate(cls, **options):
        cls.job = cls.create_job(**options)
        uploads = cls.job.file_ids
        cls.paths = [uploads._full_path(file.store_fname) for file in uploads]
        with mute_logger("odoo.sql_db"):
            cls.run_kinds(*KINDS)
        cls.env.cr.postcommit.run()
        facts = cls.get_facts()
        if not cls.job.anonymize:
            cls.tokens = {*cls.tokens, *cls.find_addresses()}
        left = find_in_tables(cls.env, cls.tokens)
        files = find_in_files(cls.env, cls.tokens)
        return facts, left, files, list(filter(os.path.exists, cls.paths))

    @classmethod
    def find_addresses(cls):
        """Return the mail addresses and phones of the source, but for Odoo's own."""
        cls.env.cr.execute(
            "SELECT string_agg(payload::text, ' ') FROM crm_migration_record"
            " WHERE job_id = %s",
            [cls.job.id],
        )
        text = cls.env.cr.fetchone()[0]
        found = {
            each.lower() for each in re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]*\w", text)
        }
        found |= set(re.findall(r"\+\d[\d ]{8,16}\d", text))
        others = cls.env["res.users"].with_context(active_test=False).search([])
        return found - {str(user.login).lower() for user in others}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        point = cls.env.cr.savepoint()
        cls.plain_facts, cls.plain_left, *_files = cls.migrate()
        point.close(rollback=True)
        cls.env.invalidate_all()
        # Fields that it has made are no more.
        cls.registry._setup_models__(cls.env.cr)
        cls.addClassCleanup(lambda: cls.registry._setup_models__(cls.env.cr))
        for path in cls.env["ir.attachment"]._full_path("checklist"), *cls.paths:
            if os.path.isfile(path):
                os.unlink(path)
        cls.remove_new_files()
        cls.facts, cls.left, cls.files, cls.uploads = cls.migrate(anonymize=True)

    @classmethod
    def remove_new_files(cls):
        """Remove what the migration without the option has left: its rows are gone."""
        folder = cls.env["ir.attachment"]._filestore()
        for name in find_in_files(cls.env, cls.tokens):
            Path(folder, name[:2], name).unlink()

    @classmethod
    def get_facts(cls):
        """Return the sums, counts and links by the ids of the source."""
        maps = cls.env["crm.migration.id.map"].search([("job_id", "=", cls.job.id)])
        counts, files, links, amounts, keys = {}, {}, set(), {}, {}
        for each in maps:
            count = each.stream, each.part, each.res_model
            place = files if each.res_model == "ir.attachment" else counts
            place[count] = place.get(count, 0) + 1
            # Files that lie about are told apart by their names, which are invented.
            source_id = each.stream if each.stream == "files" else each.source_id
            keys.setdefault((each.res_model, each.res_id), (each.stream, source_id))
        for (model, res_id), key in keys.items():
            record = cls.env[model].browse(res_id)
            if model == "crm.lead":
                group = record.stage_id.name, record.company_currency.name
                amounts[group] = amounts.get(group, 0) + record.expected_revenue
            for name in ("parent_id", "partner_id", "res_id"):
                if name not in record._fields or not record[name]:
                    continue
                value = record[name]
                other = (
                    (
                        record["res_model"]
                        if "res_model" in record._fields
                        else record["model"],
                        value,
                    )
                    if name == "res_id"
                    else (value._name, value.id)
                )
                links.add((key, name, keys.get(other)))
        types = {}
        for name in ("mail.activity", "calendar.event"):
            for (model, res_id), key in keys.items():
                if model == name and name == "mail.activity":
                    types[key] = cls.env[model].browse(res_id).activity_type_id.name
                elif model == name:
                    types[key] = cls.env[model].browse(res_id).duration
        # A file that the source has lost is not missed here: see below.
        links = {each for each in links if each[0][0] not in ("media", "attachments")}
        return {
            "counts": counts,
            "links": links,
            "amounts": amounts,
            "files": files,
            "types": types,
        }

    def test_the_scan_finds_the_people_where_nobody_is_anonymized(self):
        self.assertIn("res_partner", self.plain_left)
        self.assertIn("crm_migration_record", self.plain_left)

    def test_nobody_stands_in_any_table(self):
        self.assertEqual(self.left, {})

    def test_nobody_stands_in_any_file(self):
        self.assertEqual(self.files, [])

    def test_the_files_of_the_source_are_gone_from_the_disk(self):
        self.assertEqual(self.uploads, [])
        self.assertFalse(self.job.file_ids)

    def test_sums_counts_and_links_are_those_of_the_real_people(self):
        self.assertTrue(self.facts["amounts"])
        for name in ("counts", "amounts", "links", "types"):
            self.assertEqual(self.facts[name], self.plain_facts[name], name)

    def test_each_file_has_something_in_its_place(self):
        """Also one that the source has lost: what is not asked for is never missing."""
        files = [count for key, count in self.facts["files"].items()]
        real = [count for key, count in self.plain_facts["files"].items()]
        self.assertTrue(real)
        self.assertGreaterEqual(sum(files), sum(real))

    def test_nothing_differs_and_every_value_is_accounted_for(self):
        differences = self.job.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(
            differences.mapped(lambda d: (d.stream, d.field, d.expected, d.found))
        )
        lost = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(lost.mapped(lambda v: (v.stream, v.path, v.value, v.reason)))

    def test_no_address_leads_anywhere(self):
        partners = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("res_model", "=", "res.partner")]
        )
        records = self.env["res.partner"].browse(partners.mapped("res_id"))
        emails = [email for email in records.mapped("email") if email and "." in email]
        self.assertTrue(emails)
        self.assertEqual(
            [e for e in emails if re.search(r"@\S+\.(?!example)\w+$", e)], []
        )
