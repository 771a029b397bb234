"""Turn what was read into values for Odoo, by the mapping that was reviewed."""

from odoo import models

from ...connectors.mapping.apply import applies, apply, get_value
from ..mapping.unmapped import as_words
from ..staging.crm_migration_record_stage import name_record
from ..staging.crm_migration_stream_filter import FILTERED, PARENT_FILTERED
from ..staging.references import complete_references
from ..words.messages import format_message, format_value
from .going_along import is_lost, leave_out
from .shared import LEVEL
from .slices import cut
from .transform_once import TO_DO

CHUNK = 1000

COLUMNS = "id, stream, source_id, payload, edits, state"

ASKED_AGAIN = ("no_rule", "left_out", "left_behind", FILTERED, PARENT_FILTERED)
"""Why records were left out by the migration, not by a person."""


def is_named_by_address(mapping, problem, outcome):
    """Tell whether it is but a name that is missing, which an address takes the place of."""
    return (problem.target, problem.code) == ("name", "required") and any(
        map(outcome.values.get, mapping["named_by"])
    )


class CrmMigrationPhaseTransform(models.AbstractModel):
    """Recompute ``values`` of every staging record; the payload is never touched."""

    _name = "crm.migration.phase.transform"
    _description = "Migration Phase: Transform"
    _inherit = [
        "crm.migration.phase.shared",
        "crm.migration.phase.transform.once",
        "crm.migration.phase.transform.write",
    ]

    def _start(self, run):
        job = run.job_id
        self.env.flush_all()
        if run._get_chosen() is not None:
            self.env["crm.migration.sample.draw"]._choose(run)
        self._take_in_again(run)
        self._set_aside(run)
        self._get_mapped_streams(job)._leave_out_filtered(run)
        run.total = self._begin_plan(run)

    def _take_in_again(self, run):
        """Ask mapping and filters anew about what had no place, or did not pass."""
        self.env.cr.execute(
            "UPDATE crm_migration_record AS record SET state = 'extracted', problem = NULL"
            " WHERE job_id = %s AND state = 'skipped' AND skip_reason IS NULL"
            " AND is_wiped IS NOT TRUE"
            f" AND problem = ANY(%s) {self._get_only(run)}",
            [run.job_id.id, list(ASKED_AGAIN)],
        )

    def _get_mapped_streams(self, job):
        return job.mapping_ids.filtered("selected").stream_id

    def _set_aside(self, run):
        """Mark what no mapping is meant for; bring back what one is meant for now."""
        job = run.job_id
        mapped = self._get_mapped_streams(job)
        streams = tuple(mapped.ids or [0])
        why = format_message(self.env, "stream_unmapped")[0]
        for operator, old, new in (
            ("NOT IN", ("extracted", "ready", "problem"), "unmapped"),
            ("IN", ("unmapped",), "extracted"),
        ):
            self.env.cr.execute(
                "UPDATE crm_migration_record AS record"
                " SET state = %s, problem = NULL, message = %s"
                f" WHERE job_id = %s AND state IN %s AND stream_id {operator} %s"
                f" AND is_wiped IS NOT TRUE {self._get_only(run)}",
                [new, why if new == "unmapped" else None, job.id, old, streams],
            )
        if run._get_chosen() is None:
            self._give_reasons(job.stream_ids - mapped)
            self._report_unmapped(run, job.stream_ids - mapped)

    def _give_reasons(self, streams):
        """Say on the records of objects that nothing takes what the profile says of them."""
        for stream in streams:
            if not (reason := self._get_reason_of(stream)):
                continue
            self.env.cr.execute(
                "UPDATE crm_migration_record SET message = %s"
                " WHERE stream_id = %s AND state = 'unmapped'",
                [
                    format_message(self.env, "left_out", {"reason": reason})[0],
                    stream.id,
                ],
            )

    def _get_reason_of(self, stream):
        """Return why the profile leaves out all records of an object, None without one.

        What only an app that is missing takes has a reason for each of its mappings.
        """
        items = stream.left_out or []
        found = [i["reason"] for i in items if not i.get("when")]
        found += dict.fromkeys(i["reason"] for i in items)
        return found[0] if found else None

    def _report_unmapped(self, run, streams):
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": "stream_unmapped",
                    # What nobody gave a reason for is lost, not left out.
                    "severity": "info" if self._get_reason_of(stream) else "warning",
                    "stream": stream.name,
                    "value": ": ".join(
                        filter(
                            None,
                            (
                                f"{stream.label}: {stream.staged_count}",
                                self._get_reason_of(stream),
                            ),
                        )
                    ),
                }
                for stream in streams
                if stream.staged_count
            ],
        )

    def _work_stretch(self, run, plan):
        rows = self._find_rows(
            run, plan, "id > %(after)s", after=run.checkpoint or 0, limit=CHUNK
        )
        if not rows:
            return True
        self._transform(run, plan, rows)
        run.write({"checkpoint": rows[-1]["id"], "done": run.done + len(rows)})
        return None

    def _find_rows(self, run, plan, which, names=COLUMNS, **parameters):
        """Return records that are still to be turned into values, in their order."""
        return self._fetch(
            f"SELECT {names} FROM crm_migration_record AS record"
            f" WHERE {TO_DO} {self._get_only(run)} AND {which}"
            " ORDER BY id LIMIT %(limit)s",
            {**self._get_to_do(run.job_id, plan), **parameters},
        )

    def _give_out(self, run, plan, workers):
        if run.total - run.done <= self._share_size:
            return False
        after = run.checkpoint or 0
        rows = self._find_rows(
            run, plan, "id > %(after)s", "id", after=after, limit=LEVEL
        )
        if not self._cut(run, [row["id"] for row in rows], workers):
            return False
        run.checkpoint = rows[-1]["id"]
        return True

    def _work_slice(self, run, piece):
        plan, done = self._get_plan(run), 0
        for ids in cut(piece["record_ids"], CHUNK):
            rows = self._find_rows(run, plan, "id = ANY(%(ids)s)", ids=ids, limit=CHUNK)
            if rows:
                self._transform(run, plan, rows)
            done += len(rows)
        return {"done": done}, None

    def _transform(self, run, plan, rows):
        updates, messages = [], []
        for row in rows:
            values, problems = self._convert(plan, row)
            state, first = self._judge(plan, row, values, problems)
            updates.append(
                {
                    "id": row["id"],
                    "values": values,
                    "name": name_record(row["payload"], values),
                    "state": state,
                    "problem": first,
                }
            )
            if problems:
                kept = state != "problem" and self._has_notes(plan, values)
                messages += [self._as_message(row, each, kept) for each in problems]
            if state == "skipped":
                messages.append(self._explain_skipped(plan, row, first))
        self._write(updates)
        self.env["crm.migration.message"]._report(run, messages)

    def _has_notes(self, plan, values):
        """Tell whether what found no field goes to notes, in each part that has any."""
        return all(
            part["@mapping"] in plan["with_notes"]
            for part in values.values()
            if "@leftovers" in part
        )

    def _convert(self, plan, row):
        """Return part → values, and the problems that no edit has solved.

        Besides the targets a part holds ``@mapping``, the id of the mapping that made
        it, and ``@leftovers``, what had no place: pairs (source field, text).
        """
        values, problems, lost, made = {}, [], [], []
        for mapping in plan["streams"].get(row["stream"], ()):
            if mapping["model"] in plan["left_behind"] or mapping["part"] in values:
                continue  # of mappings of the same part, the first that applies counts
            if not applies(mapping, row["payload"], plan["decisions"]):
                continue
            fields = plan["prepared"][mapping["id"]]
            outcome = apply(fields, row["payload"], zone=plan["zone"])
            found = self._get_unsolved(row, mapping, outcome)
            if found and is_lost(mapping, found):
                lost.append((mapping, outcome, found))
                continue
            values[mapping["part"]] = self._make_part(plan, mapping, outcome, found)
            problems += found
            made.append(mapping["id"])
        alone = not values
        for mapping, outcome, found in lost:
            if alone:
                values[mapping["part"]] = self._make_part(plan, mapping, outcome, found)
            else:
                taken = self._get_taken(plan, made)
                left, found = leave_out(mapping, row["payload"], found, taken)
                self._add_leftovers(values, left)
            problems += [problem for problem in found if problem not in problems]
        self._add_undecided(plan, row, values, made)
        return values, problems

    def _get_unsolved(self, row, mapping, outcome):
        """Return the problems that neither an edit nor an address has solved."""
        if not outcome.problems:
            return []
        edits = (row["edits"] or {}).get(mapping["part"]) or {}
        return [
            problem
            for problem in outcome.problems
            if problem.target not in edits
            and not is_named_by_address(mapping, problem, outcome)
        ]

    def _get_taken(self, plan, made):
        """Return the members of the record that these mappings read."""
        return frozenset().union(*(plan["paths"][each] for each in made))

    def _make_part(self, plan, mapping, outcome, problems):
        made = complete_references(outcome.values, plan["models"])
        left = [
            [problem.source, text]
            for problem in problems
            if (text := format_value(problem.value))
        ]
        if left:
            made["@leftovers"] = left
        made["@mapping"] = mapping["id"]
        return made

    def _add_leftovers(self, values, left):
        """Keep something in the notes of what the record becomes first of all."""
        if left:
            part = values[""] if "" in values else next(iter(values.values()))
            part["@leftovers"] = [*part.get("@leftovers", ()), *left]

    def _add_undecided(self, plan, row, values, made):
        """Keep what nobody decided about in the notes of what the record becomes.

        :param made: ids of the mappings that made the values
        """
        undecided = plan["undecided"].get(row["stream"])
        if not values or not undecided:
            return
        taken = self._get_taken(plan, made)
        left = [
            [label, text]
            for path, label in undecided.items()
            if path not in taken and (text := as_words(get_value(row["payload"], path)))
        ]
        self._add_leftovers(values, left)

    def _judge(self, plan, row, values, problems):
        """Return the state that follows, and the code of the first problem."""
        error = next((each for each in problems if each.level == "error"), None)
        if error:
            return "problem", error.code
        if not values:
            return "skipped", self._get_skip_code(plan, row)
        first = problems[0].code if problems else None
        return ("loaded" if row["state"] == "loaded" else "ready"), first

    def _get_skip_code(self, plan, row):
        """Say why no mapping took a record: a policy, a person, the profile, or nobody."""
        by_policy = any(
            mapping["model"] in plan["left_behind"]
            and applies(mapping, row["payload"], plan["decisions"])
            for mapping in plan["streams"].get(row["stream"], ())
        )
        if by_policy:
            return "left_behind"
        return "left_out" if self._get_left_out_reason(plan, row) else "no_rule"

    def _get_left_out_reason(self, plan, row):
        return next(
            (
                item["reason"]
                for item in plan["left_out"].get(row["stream"], ())
                if applies(item, row["payload"], plan["decisions"])
            ),
            None,
        )

    def _explain_skipped(self, plan, row, code):
        # A record that nobody says anything about is lost, not left out.
        return {
            **self._about(row),
            "code": code,
            "severity": "error" if code == "no_rule" else "info",
            "data": {"reason": self._get_left_out_reason(plan, row) or ""},
        }

    def _about(self, row):
        return {
            "record_id": row["id"],
            "stream": row["stream"],
            "source_id": row["source_id"],
        }

    def _as_message(self, row, problem, kept):
        """Return the message; ``kept``: the record is loaded, with the value in its notes."""
        return {
            **self._about(row),
            "code": problem.code,
            "severity": problem.level,
            "field": problem.target,
            "value": problem.value,
            "data": {"field": self._name_field(problem), "kept": kept, **problem.data},
        }

    def _name_field(self, problem):
        """Return the field as the source shows it, else what it should have filled.

        Members that begin with an underscore were put there by the connector.
        """
        path = problem.source or ""
        hidden = any(part.startswith("_") for part in path.split("."))
        return problem.target if hidden or not path else path

    def _finish(self, run):
        self._end_plan(run)
        if run.job_id._is_loaded_before():
            self._recognize_loaded(run)
        self._format_problems(run)
        chosen, job = run._get_chosen(), run._in_language(run.job_id)
        if chosen is None or job._names_unknown(chosen):
            job._collect_values()
            job._collect_owners()
            self.env["crm.migration.target"]._rank_values(job)
            job._apply_plan()
        if chosen is None:
            job._renew_amounts_check()
            job._renew_target_checks()
            job._report_undecided_fields(run)
        self.env["crm.migration.message"]._close_solved(run, ["transform"])
        self.env["crm.migration.record"].invalidate_model()
