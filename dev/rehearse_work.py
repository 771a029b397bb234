"""One rehearsal and the load behind it, within Odoo's shell; see ``rehearse.py``."""

import json
import time
from pathlib import Path

from map_work import Work

COUNTS = ("created", "updated", "merged", "unchanged", "skipped", "failed", "unmapped")
COUNTS += ("pending",)


class Rehearsal(Work):
    """Read, rehearse, load; keep the sums of both."""

    def do(self):
        self.job = self.create_job()
        for kind in ("discover", "extract", "dry_run"):
            self.run(kind)
        foretold, run = self.get_sums(), self.job.run_id
        expected = self.job._get_estimate(run)
        said = self.get_messages("dry_run")
        self.env.cr.commit()
        begun = time.monotonic()
        self.run("load")
        took = time.monotonic() - begun
        came = self.get_sums()
        told = self.get_messages("load")
        return {
            "sums": {
                place: {
                    word: (
                        foretold.get(place, {}).get(word, 0),
                        came.get(place, {}).get(word, 0),
                    )
                    for word in {**foretold.get(place, {}), **came.get(place, {})}
                }
                for place in {**foretold, **came}
            },
            "told": [
                f"{text}: {said.get(text, 0)} foretold, {told.get(text, 0)} came"
                for text in sorted({*said, *told})
                if said.get(text, 0) != told.get(text, 0)
            ],
            "foretold": expected,
            "took": took,
        }

    def get_sums(self):
        """Return object or model → word → count, of the last pass."""
        run = self.job.run_id
        sums = {
            row.stream_id.name: {name: row[f"{name}_count"] for name in COUNTS}
            for row in run.result_ids
        }
        for model, counts in (run.model_sums or {}).items():
            sums[f"({model})"] = counts
        return sums

    def get_messages(self, phase):
        rows = self.query(
            "SELECT stream || ' ' || code, count(*) FROM crm_migration_message"
            " WHERE job_id = %(job)s AND phase = ANY(%(phases)s) GROUP BY 1",
            phases=[phase]
            if phase == "dry_run"
            else ["load", "link", "settle", "archive"],
        )
        return dict(rows)


def main(env, told):
    found = Rehearsal(env, told).do()
    Path(told["result"]).write_text(json.dumps(found))
