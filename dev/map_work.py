"""One migration for the table, within Odoo's shell: load, prove, take back, count.

Called with the environment of the shell and what is to be done as JSON::

    {"source", "label", "settings", "secrets", "files": [path], "plan", "split"}
"""

import importlib.util
import json
import sys
from pathlib import Path

from databases import ENV

from odoo.tools import SQL

KINDS = ("discover", "extract", "load", "verify")
COUNTS = (
    *("source", "rejected", "staged", "loaded", "aside", "failed", "pending"),
    *("compared", "difference", "accounted", "unaccounted", "rolled_back", "kept"),
)
REACHES_PEOPLE = ("mail_mail", "mail_notification", "sms_sms", "mail_push")
"""Tables in which what reaches a person leaves a row first."""
OUTSIDE = "model NOT LIKE 'crm.migration%'"


def load_digests():
    """Return ``tests/digests.py`` without the tests around it."""
    path = ENV.parent / "tests" / "digests.py"
    spec = importlib.util.spec_from_file_location("digests", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Work:
    """A migration from the first look to the rollback, and what was there before."""

    def __init__(self, env, told):
        self.env, self.told = env, told
        self.digests = load_digests()
        from odoo.addons.crm_migration.models.odoo.registry import at_present

        self.at_present = at_present

    def do(self):
        """Return what came of it, as JSON."""
        before = self.digests.get_digest(self.env)
        columns = self.get_columns()
        images = self.get_images(columns)
        people = self.count_people()
        self.job = self.create_job()
        for kind in KINDS:
            # Of objects that are all out of reach nothing can be verified.
            if kind != "verify" or self.job.loaded_count:
                self.run(kind)
        found = {
            "streams": self.get_streams(),
            "split": self.get_split(),
            "fields": self.get_fields(),
            "left": self.get_left(),
            "told": self.count_people(people),
            "foreign": self.get_foreign(columns, images),
        }
        fields = found["fields"]
        if self.job.loaded_count:
            self.run("rollback")
        lines = self.get_lines()
        for name, stream in found["streams"].items():
            stream |= lines[name]
        for key, part in self.get_split().items():
            for value, counts in part.items():
                found["split"][key][value]["kept"] = counts["loaded"]
        fields["kept"] = self.count_fields(fields["names"])
        after = self.digests.get_digest(self.env)
        found["digest"] = {
            "tables": len(after),
            "differ": sorted(
                name
                for name in {*before, *after}
                if before.get(name) != after.get(name)
            ),
        }
        return found

    def run(self, kind):
        run = self.at_present(self.job)._start_run(kind)
        run._work_and_wait()
        self.job = self.at_present(self.job)
        self.env = self.job.env
        run = self.job.run_id
        if run.state != "done":
            sys.exit(f"{self.told['label']}, {kind}: {run.blocked_reason or run.state}")
        self.env.invalidate_all()

    def create_job(self):
        """Return the migration with every object that the source has."""
        files = self.env["ir.attachment"].create(
            [
                {"name": Path(path).name, "raw": Path(path).read_bytes()}
                for path in self.told["files"]
            ]
        )
        job = self.env["crm.migration.job"]._import_plan(
            self.told["plan"], self.told["secrets"], files
        )
        if not job.action_check_connection():
            sys.exit("\n".join(job.check_ids.mapped("text")))
        job._ensure_streams()
        job.stream_ids.selected = True
        self.env.cr.commit()
        return job

    def get_source_class(self):
        from odoo.addons.crm_migration.connectors import get_source_class

        return get_source_class(self.job.source)

    def query(self, query, **more):
        self.env.flush_all()
        self.env.cr.execute(query, {"job": self.job.id, **more})
        return self.env.cr.fetchall()

    # -- what came of it -----------------------------------------------------------

    def get_lines(self):
        self.env.invalidate_all()
        lines = self.env["crm.migration.overview"].search(
            [("job_id", "=", self.job.id)]
        )
        return {
            line.stream_id.name: {name: line[f"{name}_count"] for name in COUNTS}
            for line in lines
        }

    def get_streams(self):
        """Return stream → its sums, what its records became, and why others did not."""
        found = self.get_lines()
        target = self.env["crm.migration.target"]
        source = {stream.name for stream in self.get_source_class().streams}
        for stream in self.job.stream_ids:
            needs = [
                {"app": target._name_app(each["needs"]), "reason": each["reason"]}
                for each in stream.left_out or ()
                if each.get("needs") and not each.get("is_optional")
            ]
            found[stream.name] |= {
                "label": stream.label,
                "shipped": stream.name in source,
                "needs": [each for each in needs if each["app"]],
                "models": {},
                "reasons": [],
            }
        for stream, model, count in self.query(
            "SELECT stream, res_model, count(*) FROM crm_migration_id_map"
            " WHERE job_id = %(job)s GROUP BY 1, 2 ORDER BY 3 DESC, 2"
        ):
            if stream in found:
                found[stream]["models"][model] = count
        for stream, reason, count in self.query(
            "SELECT stream, COALESCE(skip_reason, message), count(*)"
            " FROM crm_migration_record WHERE job_id = %(job)s"
            " AND state IN ('skipped', 'unmapped') GROUP BY 1, 2 ORDER BY 3 DESC, 2"
        ):
            found[stream]["reasons"].append([count, reason])
        return found

    def get_split(self):
        """Return "stream path" → value of that member → its records and their models."""
        split = {}
        for stream, path in self.told["split"]:
            part = split.setdefault(f"{stream} {path}", {})
            for value, staged, loaded, models in self.query(
                """
                SELECT record.payload #>> %(path)s, count(DISTINCT record.id),
                       count(DISTINCT map.source_id),
                       array_agg(DISTINCT map.res_model)
                           FILTER (WHERE map.id IS NOT NULL)
                  FROM crm_migration_record AS record
                  LEFT JOIN crm_migration_id_map AS map
                    ON map.job_id = record.job_id AND map.stream = record.stream
                   AND map.source_id = record.source_id
                 WHERE record.job_id = %(job)s AND record.stream = %(stream)s
                 GROUP BY 1
                """,
                stream=stream,
                path=path.split("."),
            ):
                part[value or ""] = {
                    "staged": staged,
                    "loaded": loaded,
                    "models": models or [],
                }
        return split

    def get_fields(self):
        """Return what became of the fields that the customer has made."""
        lines = self.job.mapping_ids.line_ids.filtered("is_custom")
        created = lines.filtered("is_field_created")
        names = sorted({(line.model_name, line.custom_field) for line in created})
        pairs = [
            [line.mapping_id.stream_id.id, name.strip()]
            for line in lines
            for name in (line.source or "").split(",")
        ]
        kinds = dict(
            self.query(
                """
                SELECT kind, sum(count)::int FROM crm_migration_coverage
                 WHERE job_id = %(job)s AND (stream_id, split_part(field, '.', 1)) IN (
                       SELECT (pair ->> 0)::int, split_part(pair ->> 1, '.', 1)
                         FROM jsonb_array_elements(%(pairs)s::jsonb) AS pair)
                 GROUP BY kind
                """,
                pairs=json.dumps(pairs),
            )
        )
        differ = self.query(
            "SELECT count(*) FROM crm_migration_difference WHERE job_id = %(job)s"
            " AND state = 'open' AND field = ANY(%(names)s)",
            names=[field for _model, field in names],
        )[0][0]
        return {
            "read": len(
                {(line.mapping_id.stream_id.id, line.source) for line in lines}
            ),
            "names": names,
            "created": self.count_fields(names),
            "kinds": kinds,
            "differ": differ,
        }

    def count_fields(self, names):
        return sum(
            bool(self.env["ir.model.fields"]._get(model, name)) for model, name in names
        )

    def get_left(self):
        """Return what differs, and what is unaccounted for, to be looked after."""
        differences = self.query(
            "SELECT stream, field, expected, found, count(*)"
            " FROM crm_migration_difference WHERE job_id = %(job)s AND state = 'open'"
            " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 LIMIT 40"
        )
        unaccounted = self.query(
            "SELECT stream, field, min(value), count(*) FROM crm_migration_unaccounted"
            " WHERE job_id = %(job)s GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 40"
        )
        return {"differences": differences, "unaccounted": unaccounted}

    # -- what must not have happened -------------------------------------------------

    def get_columns(self):
        """Return table → its columns, of tables of which a row is told by its id."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)"
            "  FROM information_schema.columns"
            "  JOIN pg_class ON relname = table_name AND relkind = 'r'"
            " WHERE table_schema = current_schema()"
            "   AND table_name NOT LIKE 'crm_migration_%'"
            " GROUP BY 1 HAVING bool_or(column_name = 'id') ORDER BY 1"
        )
        logs = self.digests.LOGS
        return {name: c for name, c in self.env.cr.fetchall() if name not in logs}

    def get_images(self, columns):
        """Return table → id → hash of each row, of these columns only.

        A column that is made for the migration changes no row.
        """
        images = {}
        for name, names in columns.items():
            row = SQL(", ").join(map(SQL.identifier, names))
            self.env.cr.execute(
                SQL(
                    "SELECT id, hashtextextended(ROW(%s)::text, 0) FROM %s",
                    row,
                    SQL.identifier(name),
                )
            )
            images[name] = dict(self.env.cr.fetchall())
        return images

    def get_foreign(self, columns, images):
        """Return table → how many rows changed or went that the migration has no part in.

        What was matched, merged or updated on purpose stands in the id map.
        """
        ours = {}
        for model, res_id in self.query(
            "SELECT res_model, res_id FROM crm_migration_id_map WHERE job_id = %(job)s"
        ):
            ours.setdefault(self.env[model]._table, set()).add(res_id)
        now, foreign = self.get_images(columns), {}
        for name, rows in images.items():
            mine, current = ours.get(name, ()), now.get(name, {})
            changed = [
                key
                for key, image in rows.items()
                if key not in mine and current.get(key) != image
            ]
            if changed:
                foreign[name] = len(changed)
        return foreign

    def count_people(self, before=None):
        """Return table → rows by which somebody hears of something, less those before."""
        counts = {}
        for name in REACHES_PEOPLE:
            self.env.cr.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
            if self.env.cr.fetchone()[0]:
                self.env.cr.execute(
                    SQL("SELECT count(*) FROM %s", SQL.identifier(name))
                )
                counts[name] = self.env.cr.fetchone()[0]
        # Invitations and whatever else Odoo itself says to somebody on a record.
        self.env.cr.execute(
            "SELECT count(*) FROM mail_message WHERE message_type IN"
            f" ('user_notification', 'auto_comment', 'email_outgoing') AND {OUTSIDE}"
            " AND NOT EXISTS (SELECT FROM crm_migration_id_map AS map WHERE"
            " map.res_model = 'mail.message' AND map.res_id = mail_message.id)"
        )
        counts["mail_message"] = self.env.cr.fetchone()[0]
        before = before or {}
        return {name: count - before.get(name, 0) for name, count in counts.items()}


def main(env, told):
    Path(told["result"]).write_text(json.dumps(Work(env, told).do()))
