"""Files of a case run from the command line, and what they became."""

from ..test_cli.command_common import PLAN, CommandCase


class CaseLoading(CommandCase):
    def load_files(self, files):
        """Run a plan over files, name → text or bytes; return (status, printed text)."""
        names = [self.save(content, name) for name, content in files.items()]
        given = [part for name in names for part in ("--file", name)]
        plan = {**PLAN, "source": "spreadsheet"}
        status, text = self.run_plan(plan, "--quiet", *given)
        type(self).job = self.env["crm.migration.job"].search([], order="id desc")[:1]
        self.assertNotIn("Traceback", text)
        self.assertNotIn("unforeseen", text)
        self.assertNotRegex(text, r"\['|\{'|\bNone\b(?! of)")
        return status, text

    def arrive(self, files):
        """Load files of which everything arrives."""
        status, text = self.load_files(files)
        self.assertEqual(status, 0, text)

    def be_told(self, files, *words, status=3):
        found, text = self.load_files(files)
        self.assertEqual(found, status, text)
        for word in words:
            self.assertIn(word, text)
        return text

    def people(self, *names, stream="contacts"):
        """Return the values of fields of what a stream became: a list per record."""
        rows = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("stream", "=", stream)], order="id"
        )
        records = self.env[rows[:1].res_model or "res.partner"].browse(
            # By their ids, or as they stand in a file without ids.
            rows.sorted(
                lambda r: (r.source_id if len(r.source_id) < 16 else "", r.id)
            ).mapped("res_id")
        )
        return [tuple(record[name] for name in names) for record in records]
