"""The stages a deal went through, as Odoo itself writes them down."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ...loading.batch import REF, as_reference
from ...loading.chatter_order import name_message

_AT_ONCE = timedelta(minutes=1)
"""A deal came so soon into its first stage that it was made there."""
_UNTOLD = "?"
"""In which stage a deal was before its history begins, in every language."""


class CrmMigrationTargetCrmLeadHistory(models.AbstractModel):
    _name = "crm.migration.target.crm.lead.history"
    _description = "Migration: Target Crm Lead History"

    def _after_create(self, batch, items):
        self._leave_undated(batch, items)
        self._write_history(batch, items)

    def _update(self, batch, items):
        """A deal that has moved on since gets the moves that are new."""
        super()._update(batch, items)
        self._name_decided(batch, items)
        self._write_history(batch, items)
        self._write_links(batch, [item for item in items if item.extras])

    def _stage_steps(self, batch, item):
        """Return (stage id, since when) in order of time.

        Where Odoo has no such stage its name stands for the id, as Odoo itself keeps the
        name of a stage that was deleted: the days in it are those of no other one.
        """
        steps = []
        for step in item.targets.get("@stage_history") or []:
            found = self._look_up_step(batch, item, step.get("stage"))
            found = found or self._called(batch, step.get("stage"))
            at = self._instant(step.get("at"))
            if found and at:
                steps.append((found, at))
        steps.sort(key=lambda step: step[1])
        began = self._instant(item.targets.get("@created_at"))
        if steps and began and steps[0][1] - began > _AT_ONCE:
            # Else Odoo would count the days before to the first stage that is told.
            steps.insert(0, (_UNTOLD, began))
        return steps

    def _look_up_step(self, batch, item, reference):
        if not as_reference(reference):
            return None
        problems, unmapped_values = len(item.problems), len(item.unmapped_values)
        found = self._look_up(batch, item, "@stage_history", reference)
        # Steps without a stage are reported together, see below.
        del item.problems[problems:], item.unmapped_values[unmapped_values:]
        item.deferred.pop("@stage_history", None)
        fits = isinstance(found, tuple) and found[0] == "crm.stage"
        return found[1] if fits else None

    def _called(self, batch, reference):
        """Return what the source calls a stage that Odoo does not have."""
        kind, key = as_reference(reference) or (None, None)
        if kind is None:
            return None
        if kind != REF or len(key) > 2:
            return str(key[1])
        names = batch.once(
            ("names of", key[0]), lambda: self._fetch_names(batch, key[0])
        )
        return names.get(key[1]) or str(key[1])

    def _fetch_names(self, batch, stream):
        self.env.cr.execute(
            "SELECT source_id, name FROM crm_migration_record"
            " WHERE job_id = %s AND stream = %s AND name IS NOT NULL",
            [batch.job.id, stream],
        )
        return dict(self.env.cr.fetchall())

    def _report_lost_steps(self, batch, item):
        """Name the stages of the history that Odoo has none for, in one message."""
        named, lost = [], []
        for step in item.targets.get("@stage_history") or []:
            name = self._called(batch, step.get("stage"))
            if not self._instant(step.get("at")):
                lost.append(name or "?")
            elif not self._look_up_step(batch, item, step.get("stage")):
                (named if name else lost).append(name or "?")
        for code, names in (("steps_named", named), ("steps_lost", lost)):
            if names:
                text = ", ".join(dict.fromkeys(names))
                item.report(code, field="@stage_history", value=text)

    def _moves(self, steps):
        """Return (from, to, when) of each change of stage."""
        return [
            (old, new, at)
            for (old, _since), (new, at) in zip(steps, steps[1:], strict=False)
            if old != new
        ]

    def _write_history(self, batch, items):
        """Leave what Odoo itself leaves when a stage changes: it counts the days from it."""
        told = {}
        for item in items:
            moves = self._moves(self._stage_steps(batch, item))
            loaded = self._stage_steps(batch, item.loaded) if item.loaded else ()
            if moves and moves != self._moves(loaded):
                told[item] = moves
        there = self._fetch_told(batch, [item for item in told if item.loaded])
        specs = []
        for item, moves in told.items():
            moves = self._go_on(moves, there.get(item, ()))
            author = self._origin(batch, item)[3]
            specs += [(item, *move, author) for move in moves]
        if not specs:
            return
        messages = self.env["crm.migration.target.mail.message"]
        ids = messages._insert(
            batch,
            [self._history_message(batch, *spec) for spec in specs],
        )
        self._insert_tracking(batch, specs, ids)
        for (item, *_rest), message_id in zip(specs, ids, strict=True):
            item.add_extra("mail.message", message_id)

    def _fetch_told(self, batch, items):
        """Return item → [(tracking id, from, to, when)] of what its source told before."""
        if not items:
            return {}
        self.env.cr.execute(
            """
            SELECT message.res_id, message.message_id, value.id,
                   value.old_value_integer, value.old_value_char,
                   value.new_value_integer, value.new_value_char, message.date
              FROM mail_tracking_value AS value
              JOIN mail_message AS message ON message.id = value.mail_message_id
             WHERE value.field_id = %s AND message.model = 'crm.lead'
               AND message.res_id = ANY(%s)
             ORDER BY value.id
            """,
            [
                self.env["ir.model.fields"]._get("crm.lead", "stage_id").id,
                [item.res_id for item in items],
            ],
        )
        rows, found = self.env.cr.fetchall(), {}
        for item in items:
            # Not those of people, nor of another deal that became the same one.
            begin = name_message(batch, *item.key).partition("@")[0] + "-"
            found[item] = [
                (tracking_id, old or was, new or now, at)
                for res_id, name, tracking_id, old, was, new, now, at in rows
                if res_id == item.res_id and (name or "").startswith(begin)
            ]
        return found

    def _go_on(self, moves, there):
        """Return the moves that are new, each from where the one before led.

        What was told before stays, also where a newer file tells only of what came
        since; a move that one now stands before begins where that led.
        """
        if not there:
            return moves
        known = {(new, at): (number, old) for number, old, new, at in there}
        steps = [(new, at) for _old, new, at in moves]
        steps += [step for step in known if step not in steps]
        steps.sort(key=lambda step: step[1])
        before = next((old for old, *step in moves if tuple(step) == steps[0]), _UNTOLD)
        if before == _UNTOLD and steps[0] in known:
            before = known[steps[0]][1]
        fresh, changed = [], []
        for step in steps:
            number, old = known.get(step, (None, None))
            if number is None:
                fresh.append((before, *step))
            elif old != before:
                changed.append((number, before))
            before = step[0]
        self._begin_elsewhere(changed)
        return fresh

    def _begin_elsewhere(self, changed):
        """Let moves begin in another stage.

        :param changed: pairs (tracking id, stage)
        """
        names = self.env["crm.stage"].browse(
            [stage for _number, stage in changed if not isinstance(stage, str)]
        )
        names = {stage.id: stage.name for stage in names}
        for number, stage in changed:
            self.env.cr.execute(
                "UPDATE mail_tracking_value"
                " SET old_value_integer = %s, old_value_char = %s WHERE id = %s",
                [*_as_tracked(stage, names), number],
            )

    def _compare_more(self, batch, item, record):
        yield from super()._compare_more(batch, item, record)
        found = batch.once("moves", lambda: self._fetch_moves(batch))
        found = found.get(item.res_id, set())
        moves = self._moves(self._stage_steps(batch, item))
        # Behind moves that an earlier file told of, one begins where these led.
        more = len(found) > len(moves)
        into = {move[1:] for move in found}
        for move in moves:
            goes_on = more or move[0] == _UNTOLD
            there = move in found or (goes_on and move[1:] in into)
            yield "@stage_history", str(move[2]), str(move[2]) if there else False

    def _fetch_moves(self, batch):
        """Return lead → {(from, to, when)} as Odoo keeps it."""
        self.env.cr.execute(
            """
            SELECT message.res_id, value.old_value_integer, value.old_value_char,
                   value.new_value_integer, value.new_value_char, message.date
              FROM mail_tracking_value AS value
              JOIN mail_message AS message ON message.id = value.mail_message_id
             WHERE value.field_id = %s AND message.model = 'crm.lead'
               AND message.res_id = ANY(%s)
            """,
            [
                self.env["ir.model.fields"]._get("crm.lead", "stage_id").id,
                [item.res_id for item in batch.items],
            ],
        )
        moves = {}
        for res_id, old, was, new, now, at in self.env.cr.fetchall():
            moves.setdefault(res_id, set()).add((old or was, new or now, at))
        return moves

    def _history_message(self, batch, item, old, new, at, author):
        user = self.env["res.users"].browse(author or self.env.uid)
        return {
            "model": "crm.lead",
            "res_id": item.res_id,
            "date": at,
            "message_type": "notification",
            "subtype_id": batch.once(
                "moved",
                lambda: self.env["ir.model.data"]._xmlid_to_res_id("crm.mt_lead_stage"),
            ),
            "author_id": user.partner_id.id,
            "email_from": user.partner_id.email_formatted or False,
            "message_id": name_message(batch, *item.key, new, int(at.timestamp())),
            "create_uid": user.id,
        }

    def _insert_tracking(self, batch, specs, message_ids):
        names = batch.once("names", lambda: {s.id: s.name for s in self._stages(batch)})
        field = self.env["ir.model.fields"]._get("crm.lead", "stage_id")
        ids = self.env["crm.migration.chatter.ids"]._free_ids(
            "mail_tracking_value", [spec[3] for spec in specs]
        )
        rows = [
            (
                tracking_id,
                field.id,
                message_id,
                *_as_tracked(old, names),
                *_as_tracked(new, names),
                at,
                at,
                author or self.env.uid,
                author or self.env.uid,
            )
            for tracking_id, message_id, (_item, old, new, at, author) in zip(
                ids, message_ids, specs, strict=True
            )
        ]
        self.env.cr.execute_values(
            "INSERT INTO mail_tracking_value (id, field_id, mail_message_id,"
            " old_value_integer, old_value_char, new_value_integer, new_value_char,"
            " create_date, write_date, create_uid, write_uid) VALUES %s",
            rows,
            page_size=1000,
        )
        self.env["mail.tracking.value"].invalidate_model()

    def _name_decided(self, batch, items):
        """Give moves that named a stage only the stage that was decided on since."""
        decided = {}
        for item in items:
            for step in item.targets.get("@stage_history") or []:
                found = self._look_up_step(batch, item, step.get("stage"))
                if found and (name := self._called(batch, step.get("stage"))):
                    decided.setdefault((found, name), []).append(item.res_id)
        field = self.env["ir.model.fields"]._get("crm.lead", "stage_id")
        names = batch.once("names", lambda: {s.id: s.name for s in self._stages(batch)})
        for (stage_id, name), ids in decided.items():
            for side in ("old", "new"):
                self.env.cr.execute(
                    SQL(
                        "UPDATE mail_tracking_value AS value"
                        " SET %(number)s = %(stage)s, %(text)s = %(label)s"
                        " FROM mail_message AS message"
                        " WHERE message.id = value.mail_message_id"
                        " AND message.model = 'crm.lead' AND message.res_id = ANY(%(ids)s)"
                        " AND value.field_id = %(field)s"
                        " AND value.%(number)s = 0 AND value.%(text)s = %(name)s",
                        number=SQL.identifier(f"{side}_value_integer"),
                        text=SQL.identifier(f"{side}_value_char"),
                        stage=stage_id,
                        label=names.get(stage_id),
                        ids=ids,
                        field=field.id,
                        name=name,
                    )
                )
        self.env["mail.tracking.value"].invalidate_model()


def _as_tracked(stage, names):
    """Return the id and the name under which a move is kept: 0 where there is no stage."""
    return (0, stage) if isinstance(stage, str) else (stage, names.get(stage))
