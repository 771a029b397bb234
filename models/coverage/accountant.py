"""Put every filled value of a staging record in one of the four parts.

The order of the questions is the definition:

1. The member is the object's key: the id map holds it, in fields.
2. The record was not loaded: left out, by the record's own reason. Where no mapping
   took it, or none is there for its object, and nobody said why, it is unaccounted.
3. A line that was accepted takes the value, for a mapping that applied to the record:
   it must stand where that line puts it (``probe``).
4. It decided which mapping applied: in fields.
5. No line takes it, but it is the name of what the record became, or a part of it that
   is called a name.
6. It stands in the notes or the chatter (``notes``): behind its own label, however
   short; a longer text also in a line that is no other field's.
7. A rule or a person leaves this member out; a message tells of this very value; the
   decision about it was to leave it empty; it is a copy of what stands in a record of
   its own (an embedded object whose id was staged).
8. Else it is unaccounted; a difference as well where the one field that should hold it
   holds something else.
"""

import re

from ...connectors.mapping.apply import get_value
from ...connectors.mapping.values import is_not_given, stands_for_nothing
from .alike import fold, has_written_instant, read_flag
from .clocks import is_same_elsewhere
from .embedded import is_text, named_objects, object_of
from .leaves import is_derived, walk
from .owners import why_empty
from .parts import look_for_parts
from .probe import is_name, key_of, zone_named
from .verdicts import FIELD, LEFT_OUT, NOTES, UNACCOUNTED

_OF_NAME = re.compile(r"name|title|subject|salutation|prefix|suffix|initial", re.I)
PROMISES = {"value_undecided", "no_such_field", "bad_vat", "vat_of_company"}
PROMISES |= {"value_of_company", "attendees_unknown", "not_a_choice_kept"}
PROMISES |= {"value_left_out", "value_refused", "wrong_model", "reference_unclear"}
PROMISES |= {"further_unclear", "further_missing", "no_rate", "currency_unknown"}
PROMISES |= {"nobodys_website", "state_elsewhere", "text_cut", "value_replaced"}
"""Messages that say the value is kept in the notes: then it must be there."""


class Accountant:
    """Account for the values of one object's records, a stretch at a time."""

    def __init__(self, look, tally):
        self.look, self.plan, self.tally = look, look.plan, tally
        self.words = look.words

    def account(self, rows, settled=None):
        """Count the values of the rows; return the cases, for the auditors.

        :param settled: record id → paths of the values that are counted already
        """
        cases = self.look.fetch(rows)
        settled = settled or {}
        leaves = [self._leaves(case) for case in cases]
        # Also of what is settled: an auditor asks by which of them a link was found.
        wanted = {
            pair
            for case, values in zip(cases, leaves, strict=True)
            for plan, path, value in values
            for mapping_id, probe in plan.links
            if mapping_id in case.parts
            for pair in (
                *probe.wanted_links(value, path, case.payload),
                *probe.wanted_pieces(value, path),
            )
        }
        self.look.resolve(wanted, cases)
        missing = []
        for case, values in zip(cases, leaves, strict=True):
            reason = self._whole_reason(case)
            known = settled.get(case.row["id"], ())
            for plan, path, value in values:
                if path in known:
                    continue
                kind, why = reason or self._judge(case, plan, path, value)
                if kind == UNACCOUNTED and not reason:
                    missing.append((case, plan, path, value, why))
                else:
                    self.tally.count(case, plan, kind, why, path, value)
        self._classify(missing)
        return cases

    def _leaves(self, case):
        return [
            (plan, path, value)
            for path, value in walk(case.payload)
            if not (plan := self.plan.of(path)).is_derived
        ]

    def _whole_reason(self, case):
        """Return (part, reason) where the record as a whole was not loaded."""
        if case.parts:
            return None
        row = case.row
        if row["state"] == "skipped":
            if row["skip_reason"]:
                return LEFT_OUT, row["skip_reason"]
            if row["problem"] == "no_rule":
                return UNACCOUNTED, self.words("no_rule")
            return LEFT_OUT, row["message"] or self.words("skipped")
        if row["state"] in ("failed", "problem"):
            told = (row["message"] or "").split("\n")[0]
            return LEFT_OUT, self.words("failed", told)
        if row["state"] == "unmapped":
            kind = LEFT_OUT if self.plan.is_chosen else UNACCOUNTED
            return kind, row["message"] or self.words("stream_unmapped")
        return UNACCOUNTED, self.words(
            "gone" if row["state"] == "loaded" else "waiting"
        )

    def _judge(self, case, plan, path, value):
        """Return (part, why) of one value."""
        if plan.is_key or self._is_own_key(case, path, value):
            return FIELD, None
        if plan.reason and not plan.is_taken and not plan.conditions:
            return LEFT_OUT, plan.reason
        left = None
        for mapping_id, probe in plan.probes:
            part = case.parts.get(mapping_id)
            if part is None:
                continue
            found = probe.look(value, path, case, part)
            if found in (FIELD, NOTES):
                return found, None
            left = left or found
        if left := left or look_for_parts(plan.probes, value, path, case):
            return left if isinstance(left, tuple) else (left, None)
        if self._is_edited(case, plan):
            return LEFT_OUT, self.words("edited")
        if self._decided(case, plan, value):
            return FIELD, None
        if not plan.is_taken and self._is_named(case, path, value):
            return FIELD, None
        if case.has_noted(value, self.plan.labels.of(path)):
            return NOTES, None
        if self._is_gone(case, plan):
            return UNACCOUNTED, self.words("gone")
        return self._left_out(case, plan, path, value) or (UNACCOUNTED, None)

    def _is_gone(self, case, plan):
        """Tell whether the one record that a value led to is not there any more."""
        led = {mapping for mapping, when in plan.conditions if not when["negate"]}
        led |= {mapping for mapping, _probe in plan.probes}
        return bool(led & case.gone) and not led & case.parts.keys()

    def _is_own_key(self, case, path, value):
        """Tell whether a member is the key under another name: ``AcctID``."""
        if "." in path or path[0] == "_" or not path.lower().endswith("id"):
            return False
        return key_of(value) == case.row["source_id"]

    def _is_edited(self, case, plan):
        edits = case.row["edits"] or {}
        return any(plan.targets & set(of_part) for of_part in edits.values())

    def _decided(self, case, plan, value):
        key = key_of(value)
        for mapping_id, condition in plan.conditions:
            if mapping_id not in case.parts or condition["negate"]:
                continue
            wanted = [key_of(each) for each in condition["values"]]
            if condition.get("list"):
                key = self.look.decisions.get((condition["list"], key_of(value)))
            # Without values it asks but whether there is one.
            if key in wanted or not wanted:
                return True
        # What no other mapping asked for became what is left.
        return any(
            condition["negate"] and mapping_id in case.parts
            for mapping_id, condition in plan.conditions
        )

    def _is_named(self, case, path, value):
        """Tell whether a text is the name of a record it became.

        Or a part of it, where the member is called so: a first name, not a city.
        """
        if not isinstance(value, str) or len(value) > 120:
            return False
        wanted, is_part = fold(value), _OF_NAME.search(path) is not None
        for part in case.parts.values():
            for name in ("name", "contact_name", "partner_name", "subject", "summary"):
                if name in part.record._fields and part.record[name]:
                    there = part.folded(name)
                    if wanted == there or (is_part and is_name(wanted, there)):
                        return True
        return False

    def _left_out(self, case, plan, path, value):
        if plan.own_reason or (plan.reason and not plan.is_taken):
            return LEFT_OUT, plan.own_reason or plan.reason
        if plan.is_taken and (stands_for_nothing(value) or is_not_given(value)):
            return LEFT_OUT, self.words("nothing")
        applied = [probe for mapping, probe in plan.probes if mapping in case.parts]
        for probe in applied:
            if reason := why_empty(probe.declared, value, self.look):
                return LEFT_OUT, self.words(reason)
        for field, code, text, told in self.look.told.get(case.row["id"], ()):
            is_promise = code in PROMISES and case.has_notes()
            if not is_promise and self._tells_of(plan, field, value, told):
                return LEFT_OUT, self.words("told", code, text)
        if plan.is_taken and not applied:
            if self._failed_part(case, plan):
                told = (case.row["message"] or "").split("\n")[0]
                return LEFT_OUT, self.words("failed", told)
        people = [p for p in case.parts.values() if p.record._name == "res.users"]
        if people and not any(part.record.active for part in people):
            return LEFT_OUT, self.words("placeholder")
        merged = [case.parts[m] for m, _p in plan.probes if m in case.parts]
        if merged and all(part.outcome != "created" for part in merged):
            return LEFT_OUT, self.words("was_there")
        if merged and all(part.is_worked_on() for part in merged if part.watermark):
            if all(part.watermark for part in merged):
                return LEFT_OUT, self.words("worked_on")
        return None

    def _tells_of(self, plan, field, value, told):
        """Tell whether a message is about this field, and about this value of it.

        What is said of one of several values of a cell accounts for none of the others.
        """
        if told and fold(told) != fold(value):
            if any(probe.declared.pieces(value) for _mapping, probe in plan.probes):
                return False
        if (
            told
            and fold(told)[:150] not in fold(value)
            and fold(value) not in fold(told)
            and not has_written_instant(value, fold(told), self._zone())
        ):
            return False
        return (
            field in plan.targets
            or field in (plan.path, plan.field)
            or ("," in field and plan.path in field.split(", "))
        )

    def _zone(self):
        return zone_named(self.look.job.tz)

    def _failed_part(self, case, plan):
        """Tell whether a mapping took the value whose record Odoo then refused."""
        made = set((case.row["parts"] or {}).values())
        return any(
            mapping_id in made and mapping_id not in case.parts
            for mapping_id, _probe in plan.probes
        )

    # -- what is left ----------------------------------------------------------

    def _classify(self, missing):
        """Account for copies of other records; the rest is unaccounted."""
        copies = self._find_copies(missing)
        for case, plan, path, value, why in missing:
            reason = self._says_the_same(case, path, value)
            if not reason and copies and self._is_copy(copies, case, path, value):
                reason = "copy"
            if reason:
                self.tally.count(case, plan, LEFT_OUT, self.words(reason), path, value)
                continue
            self.tally.count(case, plan, UNACCOUNTED, why, path, value)
            self._differ(case, plan, path, value)

    def _says_the_same(self, case, path, value):
        """Return the reason why a member says nothing that others do not say."""
        parts = path.split(".")
        if len(parts) > 1 and key_of(value) in parts[:-1]:
            return "place"  # {"to": [{"address_type": "to"}]}
        if len(parts) > 1 and key_of(value) == case.row["source_id"]:
            return "itself"
        if path[0] == "_" and self._has_origin(case, value):
            return "origin"
        if path[0] != "_" and self._is_derived_accounted(case, path, value):
            return "derived"
        if not parts[-1].endswith("id"):
            return None
        for above, name in named_objects(case.payload, path, value):
            plan = self.plan.of(f"{above}.{name}")
            text = get_value(case.payload, f"{above}.{name}")
            if self._judge(case, plan, plan.path, text)[0] != UNACCOUNTED:
                return "own_id"
        return None

    def _is_derived_accounted(self, case, path, value):
        """Tell whether a member that the connector made of this one is accounted for.

        It bears the same name (``_labels.statuscode``: the word for a code), or is a
        reference with the same value (``_parent.id``), or the same longer text.
        """
        last, key = path.rsplit(".", 1)[-1], key_of(value)
        for own, text in self._derived(case):
            plan = self.plan.of(own)
            if not plan.is_taken:
                continue
            same = key_of(text) == key and (
                len(key) >= 6 or any(p.declared.is_link for _m, p in plan.probes)
            )
            if same or own.rsplit(".", 1)[-1] == last:
                if self._judge(case, plan, own, text)[0] != UNACCOUNTED:
                    return True
        return False

    def _has_origin(self, case, value):
        """Tell whether a member of the source itself has the same longer text, in Odoo.

        Or the same moment, as the clocks of the source show it.
        """
        key, own = key_of(value), {k: v for k, v in case.payload.items() if k[0] != "_"}
        return len(key) >= 6 and any(
            (key_of(text) == key or is_same_elsewhere(value, text))
            and (
                self._judge(case, self.plan.of(path), path, text)[0] in (FIELD, NOTES)
                or case.note_lines().has_under(text, self.plan.labels.of(path))
            )
            for path, text in walk(own)
        )

    def _derived(self, case):
        if case.derived is None:
            made = {k: v for k, v in case.payload.items() if k[:1] == "_"}
            case.derived = list(walk(made))
        return case.derived

    def _find_copies(self, missing):
        """Return id → (payload, None if wiped; is it in Odoo) of records with such ids."""
        ids = {
            key_of(above["id"])
            for case, _plan, path, _value, _why in missing
            if (above := object_of(case.payload, path))
        }
        if not ids:
            return {}
        self.look.env.cr.execute(
            """
            SELECT source_id, CASE WHEN is_wiped IS NOT TRUE THEN payload END, res_id > 0
              FROM crm_migration_record WHERE stream_id = ANY(%s) AND source_id = ANY(%s)
            """,
            [list(self.look.streams.values()), list(ids)],
        )
        found = {}
        for source_id, payload, is_there in self.look.env.cr.fetchall():
            found.setdefault(source_id, []).append((payload, is_there))
        return found

    def _is_copy(self, copies, case, path, value):
        """Tell whether a record of its own says the same.

        What the connector has put into this one is how that other one is told, unless
        it is in Odoo itself: lines of a deal, which are no records there.
        """
        above = object_of(case.payload, path)
        if not above:
            return False
        member = path.rsplit(".", 1)[1]
        told = [name for name, text in above.items() if name != "id" and is_text(text)]
        for payload, is_there in copies.get(key_of(above["id"]), ()):
            if is_derived(path) and not is_there:
                continue
            if payload is None:  # it was accounted for before it was wiped
                return True
            if payload is case.payload or fold(payload.get(member)) != fold(value):
                continue
            # That the ids are alike says nothing: many objects have a number 7.
            if member != "id" or not told:
                return True
            if any(fold(payload.get(name)) == fold(above[name]) for name in told):
                return True
        return False

    def _differ(self, case, plan, path, value):
        """Report a field that holds something else than the one value it is meant for."""
        for mapping_id, probe in plan.probes:
            part = case.parts.get(mapping_id)
            if not probe.is_exact or part is None or path != plan.field:
                continue
            paths = self.plan.paths_of[probe.line_id]
            name = getattr(probe, "name", None)
            if len(paths) > 1 or not name or part.outcome != "created":
                continue
            found = part.record[name]
            if self._is_undecided(probe, value):
                continue
            if found or read_flag(value):
                self.tally.differ(case, part, name, "payload", value, found)

    def _is_undecided(self, probe, value):
        """Tell whether the value waits in a list for a decision: nothing is wrong yet."""
        declared = probe.declared
        return bool(declared.lists) and not any(
            (name, key) in self.look.decisions or (name, key) in self.look.within
            for name in declared.lists
            for key in declared.keys(value)
        )
