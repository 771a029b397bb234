"""Meetings: time, attendees with their answers, what they are about. No invitation."""

from datetime import datetime, time

from markupsafe import Markup, escape

from odoo import models
from odoo.fields import Command

from ..loading.batch import Refused, as_reference
from ..loading.verify_columns import DAY
from .calendar_verify_sql import ANSWERS, UNANSWERED

SERIES = ("recurrence_id", "recurrency", "follow_recurrence")
ATTENDING = ("to", "cc", "bcc", "attendee", "required", "optional", "organizer", "from")


def _as_written(party):
    """Return who attends as an address; a name alone stays one."""
    name, address = party.get("name") or "", party.get("email") or ""
    return f"{name} <{address}>".strip() if "@" in address else name or address


class CrmMigrationTargetCalendarEvent(models.AbstractModel):
    """An attendee or ``@partners`` entry may carry ``state``: what they answered."""

    _name = "crm.migration.target.calendar.event"
    _description = "Migration Target: Meetings"
    _inherit = [
        "crm.migration.target.calendar.times",
        "crm.migration.target.calendar.users",
        "crm.migration.target.calendar.verify.sql",
        "crm.migration.target",
    ]
    _model, _kept_together = "calendar.event", ("recurrence_id",)
    _lane = ("calendar.event", "calendar.attendee")
    _chunk = 2000
    _places = ("@thread", "@partners", "@addresses", "@duration", "@done_at")
    _hangs_on, _stands_alone = ("res_model", "res_id"), True
    _own_relations = (("res.partner", "meeting_ids"),)
    _own_lists = frozenset({"partner_ids"})
    _times = frozenset({"start", "stop", "allday", "@duration"})
    _needed, _essentials = frozenset({"start"}), ("start",)

    def _collect(self, batch):
        super()._collect(batch)
        messages = self.env["crm.migration.target.mail.message"]
        batch.cache["partners"] = messages._partners_by_email(
            batch, messages._list_addresses(batch)
        )

    def _note_field(self, batch):
        return "description"

    def _default_name(self, batch, item):
        return self.env._("Meeting")

    def _convert_many2one(self, batch, item, target, field, value):
        """A series that Odoo cannot express is told of once, not at each meeting."""
        reference = target == "recurrence_id" and as_reference(value)
        if reference and not {reference[1]} & (batch.links.keys() | batch.later):
            return False
        return super()._convert_many2one(batch, item, target, field, value)

    def _derive(self, batch, item):
        self._derive_series(item)
        self._derive_time(batch, item)
        for name, value in self._thread_values(batch, item).items():
            item.vals.setdefault(name, value)
        attendees = self._attendees(batch, item)
        item.attendees = attendees
        if attendees or "@partners" in item.targets or "@addresses" in item.targets:
            item.vals["partner_ids"] = [Command.set(list(attendees))]
        if done := self._moment(batch, item, "@done_at"):
            # Odoo's meetings are over when their time is: that one was held is a note.
            text = self._as_local(batch, done)
            label = self.env._("Done")
            item.notes.append(Markup("<p><b>%s</b>: %s</p>") % (label, text))

    def _derive_series(self, item):
        """Put a meeting into its series; one that was moved or changed does not follow."""
        vals = item.vals
        if vals.get("recurrence_id"):
            vals["recurrency"] = True
            vals["follow_recurrence"] = bool(vals.get("follow_recurrence", True))

    def _create_records(self, batch, items):
        """Say afterwards which series a meeting is of.

        Odoo takes one that is created as of a series for the beginning of another.
        """
        series, whole = {}, [item.vals for item in items]
        for item in items:
            of = tuple(item.vals.get(name, False) for name in SERIES)
            series.setdefault(of, []).append(item)
            item.vals = {n: v for n, v in item.vals.items() if n not in SERIES}
        try:
            ids = super()._create_records(batch, items)
        finally:
            # Also where one is refused: that costs no other one its series.
            for item, vals in zip(items, whole, strict=True):
                item.vals = vals
        made = dict(zip(items, ids, strict=True))
        for of, members in series.items():
            if any(of):
                records = batch.model.browse([made[item] for item in members])
                models.BaseModel.write(records, dict(zip(SERIES, of, strict=True)))
        self._replace_planned(items)
        return ids

    def _replace_planned(self, items):
        """Let what was planned for a series give way to what the source has planned."""
        until = {}
        for item in items:
            series, day = item.vals.get("recurrence_id"), item.vals.get("start_date")
            start = item.vals.get("start") or (day and datetime.combine(day, time(8)))
            if series and start and item.vals.get("follow_recurrence"):
                until[series] = max(until.get(series, start), start)
        if until:
            target = self.env["crm.migration.target"]
            target._for("calendar.recurrence")._give_way(until)

    def _attendees(self, batch, item):
        """Return partner id → answer; who is no contact is named in the description."""
        attendees = {}
        entries = item.targets.get("@partners") or []
        for entry in entries if isinstance(entries, list) else [entries]:
            if not as_reference(entry):
                continue
            found = self._look_up(batch, item, "@partners", entry)
            if isinstance(found, tuple):
                attendees[self._partner_id(batch, *found)] = self._answer(entry)
        user = self.env["res.users"].browse(item.vals.get("user_id") or 0)
        if user and user.active:
            # Odoo's calendar shows somebody what they attend, not what is theirs (19.0).
            attendees.setdefault(user.partner_id.id, "accepted")
        for partner_id in self._persons(batch, item.threads):
            attendees.setdefault(partner_id, UNANSWERED)
        attendees.pop(False, None)
        unknown = []
        for party in item.targets.get("@addresses") or []:
            if (party.get("role") or "to") not in ATTENDING:
                continue
            messages = self.env["crm.migration.target.mail.message"]
            partner_id = messages._partner_at(
                batch, item, party.get("email"), party.get("name")
            )
            if partner_id:
                attendees.setdefault(partner_id, self._answer(party))
            else:
                unknown.append(_as_written(party))
        if unknown:
            names, count = ", ".join(unknown), len(unknown)
            item.report("attendees_unknown", "info", "@addresses", names, count=count)
            label = self.env._("Attendees")
            item.notes.append(
                Markup("<p><b>%s</b>: %s</p>") % (label, escape(", ".join(unknown)))
            )
        return attendees

    def _persons(self, batch, threads):
        """Return the contacts of the people among the records that it belongs to."""
        users = [res_id for model, res_id in threads if model == "res.users"]
        partners = [res_id for model, res_id in threads if model == "res.partner"]
        people = [self._browse_linked(batch, "res.partner", each) for each in partners]
        persons = [each.id for each in people if not each.is_company]
        return [*persons, *self.env["res.users"].browse(users).partner_id.ids]

    def _others(self, batch, item):
        """Leave out who attends, and the deal that shows its meetings itself."""
        persons = {("res.partner", each) for each in self._persons(batch, item.threads)}
        home, item.home = item.home, None
        others = [each for each in super()._others(batch, item) if each not in persons]
        item.home = home
        return [each for each in others if each != home or each[0] != "crm.lead"]

    def _shown_at(self, item):
        return "calendar.event", item.res_id

    def _after_create(self, batch, items):
        self._tell_others(batch, items)
        for item in items:
            if item.vals.get("allday"):
                # Odoo works out the hours of whole days, and asks everybody anew (19.0).
                self._keep_answers(batch.model.browse(item.res_id), item.attendees)

    def _keep_answers(self, event, answers):
        for attendee in event.attendee_ids:
            state = answers.get(attendee.partner_id.id)
            if state and attendee.state != state:
                attendee.state = state

    def _partner_id(self, batch, model, res_id):
        # Who goes on as a note on a record is the customer of that record.
        model, res_id = self._get_bearer(batch, model, res_id)
        if model == "res.partner":
            return res_id
        if model == "res.users":
            return self.env["res.users"].browse(res_id).partner_id.id
        if model == "crm.lead":
            return self.env["crm.lead"].browse(res_id).partner_id.id
        return False

    def _answer(self, entry):
        state = str(entry.get("state") or "").strip().lower()
        return ANSWERS.get(state, UNANSWERED)

    def _complete(self, batch, item):
        vals = item.vals
        if not (vals.get("start") or vals.get("start_date")):
            raise Refused("required", "start")  # Odoo would let it begin now
        attendees = getattr(item, "attendees", {})
        self._go_with_filtered(batch, item, attendees)
        # Given explicitly even where empty: else the current user would attend.
        vals["partner_ids"] = [Command.set(list(attendees))]
        vals["attendee_ids"] = [
            Command.create({"partner_id": partner_id, "state": state})
            for partner_id, state in attendees.items()
        ]
        for name, value in {
            "user_id": False,
            "res_id": False,
            "res_model_id": False,
            "opportunity_id": False,
            "allday": False,
            "description": False,
            "alarm_ids": [Command.clear()],
            "activity_ids": [],
            "need_sync": False,
            "need_sync_m": False,
        }.items():
            if name in batch.model._fields:
                vals.setdefault(name, value)

    def _values_by_load(self, batch, item):
        """Whole days that are given as such begin and end as Odoo's form has them."""
        values = super()._values_by_load(batch, item)
        if values.get("allday") and (first := values.get("start_date")):
            last = values.get("stop_date") or first
            values.setdefault("start", datetime.combine(first, time(8)))
            values.setdefault("stop", datetime.combine(last, time(18)))
        return values

    def _thread_values(self, batch, item):
        threads = self._look_up_bearers(batch, item)
        threads = item.threads = self._with_present(batch, item, threads)
        if not threads:
            return {}
        model, res_id = item.home = threads[0]
        values = {
            "res_id": res_id,
            "res_model_id": batch.once(
                ("model", model), lambda: self.env["ir.model"]._get_id(model)
            ),
        }
        lead = next((r for m, r in threads if m == "crm.lead"), False)
        return {"opportunity_id": lead, **values} if lead else values

    def _compare_more(self, batch, item, record):
        yield from super()._compare_more(batch, item, record)
        states = {a.partner_id.id: a.state for a in record.attendee_ids}
        for partner_id, answer in getattr(item, "attendees", {}).items():
            yield "attendee_ids", answer, states.get(partner_id, False)
        if self._is_untouched(batch, item):
            yield from self._compare_attendees(batch, item, record)
        yield from self._compare_others(batch, item)

    def _compare_attendees(self, batch, item, record):
        """Nobody attends whom the source does not name; who does, does so for us only."""
        invited = getattr(item, "attendees", {})
        for attendee in record.attendee_ids:
            person = attendee.partner_id
            if person.id not in invited:
                yield "attendee_ids", False, person.display_name or attendee.id
                continue
            made, changed = attendee.create_date, attendee.write_date
            if changed and changed > item.row["loaded_at"]:
                continue  # they have answered, or were linked later
            named = {person.name, person.email, attendee.email}
            name = attendee.common_name
            yield "attendee_ids", name if name in named else person.name, name
            yield "attendee_ids", False, attendee.availability
            for user in (attendee.create_uid, attendee.write_uid):
                yield "attendee_ids", self.env.uid, user.id
            for date in (made, changed):
                loaded = item.row["loaded_at"]
                there = date and batch.job.create_date - DAY <= date <= loaded
                yield "attendee_ids", loaded, loaded if there else date

    def _changed_by_source(self, batch, item, record):
        """Who has an address by now need not have had it then."""
        changed = super()._changed_by_source(batch, item, record)
        if item.is_own and not item.is_touched:
            people = ("partner_ids", "description")
            changed |= {name: item.vals[name] for name in people if name in item.vals}
        return changed

    def _update(self, batch, items):
        super()._update(batch, items)
        self._tell_new_others(batch, items)
        for item in items:
            self._update_answers(batch, item)

    def _update_answers(self, batch, item):
        """Take over the answers that the source has changed, and nobody in Odoo."""
        then = getattr(item.loaded, "attendees", {})
        wanted = getattr(item, "attendees", {})
        for attendee in batch.model.browse(item.res_id).attendee_ids:
            partner_id = attendee.partner_id.id
            before = then.get(partner_id, attendee.state)
            answer = wanted.get(partner_id, before)
            if answer != before and attendee.state not in (before, answer):
                self._report_both(item, attendee, "state", answer)
            elif answer != attendee.state and (
                partner_id not in then or answer != before
            ):
                attendee.state = answer

    def _write_record(self, batch, record, vals):
        """Keep the answers of who attended before; Odoo would ask everybody again.

        And the series: a new time would take the meeting out of it, or change them all.
        """
        answers = {a.partner_id.id: a.state for a in record.attendee_ids}
        series = {n: vals.get(n, record[n]) for n in SERIES[1:]}
        series["recurrence_id"] = vals.get("recurrence_id", record.recurrence_id.id)
        vals = {name: value for name, value in vals.items() if name not in SERIES}
        if vals.get("start") and "stop" not in vals:
            # Odoo would move it along, by hours of two digits (19.0). An end that is not
            # changed was said by the source, or by whoever worked on the meeting.
            vals["stop"] = record.stop
        super()._write_record(batch, record, vals)
        if any(self._plain(record, n) != value for n, value in series.items()):
            models.BaseModel.write(record, series)
        if {"partner_ids", "start", "stop"} & set(vals):
            self._keep_answers(record, answers)

    def _unlink(self, records):
        """Odoo would write another first meeting into the series, which goes next."""
        series = self.env["calendar.recurrence"].search(
            [("base_event_id", "in", records.ids)]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE calendar_recurrence SET base_event_id = NULL WHERE id = ANY(%s)",
            [series.ids],
        )
        series.invalidate_recordset(["base_event_id"])
        super()._unlink(records)

    def _link_target(self, batch, item, target):
        """Add attendees whose contact came later."""
        if target not in ("@partners", "@thread"):
            return super()._link_target(batch, item, target)
        if target == "@thread":
            super()._link_target(batch, item, target)
        event = batch.model.browse(item.res_id)
        attendees = self._attendees(batch, item)
        new = [each for each in attendees if each not in event.partner_ids.ids]
        event.write({"partner_ids": [Command.link(each) for each in new]})
        for attendee in event.attendee_ids:
            if attendee.partner_id.id in new:
                attendee.state = attendees[attendee.partner_id.id]
