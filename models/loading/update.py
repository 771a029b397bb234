"""Records that were loaded before: update what the source has changed since."""

from datetime import timedelta

from odoo import fields, models

from ..words.note_text import text_from_html
from .batch import UNUSABLE, Refused

SECOND = timedelta(seconds=1)
SHOWN = 80
"""Characters of each of two values that a sentence repeats."""


class CrmMigrationLoadingUpdate(models.AbstractModel):
    """Three kinds of records are changed, and each is left in another way.

    *Own* ones were created for this very row: they carry the source's dates, and a
    rollback deletes them, unless an earlier migration created them: then it takes back
    what this one changed. *Shared* ones were created for another row of this
    migration: that row says when they changed. All others belong to the company: what
    is written there leaves a before-image.
    """

    _name = "crm.migration.loading.update"
    _description = "Migration: Loading Update"

    # -- update ----------------------------------------------------------------

    def _update(self, batch, items):
        """Write what the source changed since the load, unless Odoo changed it too."""
        changes, left = [], self._left_by(batch.model, items)
        ids = [item.res_id for item in items]
        shared = self._created_here(batch, ids)
        before_us = self._created_before(batch, ids)
        ours = {item.res_id for item in items if item.rollback_action == "delete"}
        rows, decided = self._take_rows(batch.model, set(ids) - ours - shared), []
        for item in items:
            record = batch.model.browse(item.res_id).with_prefetch(ids)
            is_ours = item.rollback_action == "delete"
            item.conflicts, item.decided, item.returned = {}, {}, []
            item.is_own = is_ours or item.res_id in before_us
            item.is_touched = self._is_touched(item, left)
            wanted = self._changed_by_source(batch, item, record)
            wanted = self._with_notes_beside(batch, item, wanted)
            wanted = self._with_disputed(batch, item, wanted)
            after = dict(self._free_to_write(batch, item, record, wanted))
            before = {name: self._plain(record, name) for name in after}
            if after:
                self._write_record(batch, record, after)
                self._own_the_rows(batch, [item], after)
                shown = {name: self._plain(record, name) for name in after}
                if not is_ours and item.res_id not in shared:
                    changes.append((record.id, before, shown))
                    item.rollback_action = "restore"
                elif names := item.decided.keys() & after.keys():
                    # What a person had entered is never lost, whoever made the record.
                    pairs = ({n: of[n] for n in names} for of in (before, shown))
                    decided.append((record.id, *pairs))
            self._see_notes(batch, item, record)
            item.outcome = "unchanged" if self._is_as_it_was(item, after) else "updated"
            item.is_compared = True
        self._renew_notes(batch, items)
        records = batch.model.browse(ids)
        if batch.model._log_access and self._depends_on_creation(batch.model):
            records.fetch(["create_date"])
        self._preset_create_date(batch, [item for item in items if item.is_own])
        self.env.flush_all()
        self._stamp_changes(batch, items, left, shared)
        self._write_links(batch, items)
        self._write_journal(batch, changes, rows)
        self._write_journal(batch, decided)

    def _left_by(self, model, items):
        """Return id → (when, by whom) the records were changed last, before we do."""
        if not model._log_access:
            return {}
        self.env.cr.execute(
            f'SELECT id, write_date, write_uid FROM "{model._table}"'
            " WHERE id = ANY(%s)",
            [[item.res_id for item in items]],
        )
        return {res_id: (date, uid) for res_id, date, uid in self.env.cr.fetchall()}

    def _is_touched(self, item, left):
        """Tell whether a person has worked on the record since we left it."""
        date, _uid = left.get(item.res_id) or (None, None)
        if not item.watermark or not date:
            return False
        # Dated back it was by who worked on what the source says of days to come.
        return date > item.watermark or date < item.watermark - SECOND

    def _stamp_changes(self, batch, items, left, shared):
        """Date own records as the source does, and take our traces off shared ones.

        Where a person was the last to change a record, that stays written there.
        """
        own = [item for item in items if item.is_own and not item.is_touched]
        self._keep_audit_columns(batch, own, created=False)
        rows = []
        for item in items:
            date, uid = left.get(item.res_id) or (None, None)
            if item.is_own and item.is_touched:
                _made, changed, _author, editor = self._origin(batch, item)
                if changed and date < changed <= batch.env.cr.now():
                    date, uid = changed, editor or uid
                made, author = self._corrected_origin(batch, item)
                rows.append((item.res_id, made, date, author, uid))
            elif not item.is_own and item.res_id in shared:
                rows.append((item.res_id, None, date, None, uid))
        self._write_audit_columns(batch.model, rows)

    def _changed_by_source(self, batch, item, record):
        """Return the values that are not what they were when the row was loaded."""
        self._prepare(batch, item)
        if item.loaded is None:
            return item.vals
        then = item.loaded
        try:
            self._prepare(batch, then)
        except UNUSABLE:
            return item.vals
        gone = {
            name: self._when_gone(batch, item, name)
            for name in set(then.vals) - set(item.vals)
            if not self._is_unknown_now(batch, item, name)
            # What was there before us has a name and a time of its own.
            and (item.is_own or name not in self._needed)
        }
        chosen = (
            self._chosen_by_load(batch, item) if False in item.vals.values() else {}
        )
        gone |= {
            name: chosen[name]
            for name, value in item.vals.items()
            # Something is said that stands for nothing: a type that nobody decided.
            if value is False and chosen.get(name) and then.vals.get(name) is not False
        }
        return {
            name: value
            for name, value in {**item.vals, **gone}.items()
            if (name not in then.vals or then.vals[name] != value)
            # Of which no time is told any more, that has not happened today.
            and not (name in gone and value == batch.env.cr.now())
        }

    def _is_unknown_now(self, batch, item, name):
        """Tell whether this migration has no source at all for what an earlier one wrote.

        A newer export without the column says nothing of what stood in it.
        """
        if not item.mapped.get("is_known") or name not in item.loaded.targets:
            return False
        return name not in batch.once("sources", lambda: self._get_sourced(batch))

    def _get_sourced(self, batch):
        """Return the targets that a line fills whose column the source has."""
        lines = batch.mapping.line_ids.filtered(lambda line: line.state == "accepted")
        present = {path.split(".")[0] for path in batch.mapping.stream_id.sample or {}}
        return {
            line.target
            for line in lines
            if not (paths := line._get_paths())
            or present & {path.split(".")[0] for path in paths}
        }

    def _when_gone(self, batch, item, name):
        """Return what a field holds of which the source no longer says anything.

        :raises Refused: the record is nothing without it
        """
        if name in self._needed:
            raise Refused("required", name)
        chosen = {}
        if batch.model._fields[name].type not in ("one2many", "many2many"):
            chosen = self._chosen_by_load(batch, item)
        return chosen[name] if name in chosen else self._without_source(batch, name)

    def _chosen_by_load(self, batch, item):
        """Return all values that a record of ours would have if it were loaded now."""
        if item.chosen is None and item.is_own:
            vals, told = item.vals, len(item.problems)
            try:
                item.chosen = self._values_by_load(batch, item)
            except UNUSABLE:
                item.chosen = {}  # Odoo's own default will do
            item.vals = vals
            # Nothing of it is written but what the source has emptied.
            del item.problems[told:]
        return item.chosen or {}

    def _without_source(self, batch, name):
        """Return what a field holds of which the source says nothing."""
        field = batch.model._fields[name]
        if field.type == "one2many":
            return []
        if field.type == "many2many":
            # Not ``clear``: a meeting would keep its attendees (``_attendees_values``).
            return [fields.Command.set([])]
        if not self._has_default(field):
            return False
        given = batch.once(
            ("default", name), lambda: batch.model.default_get([name]).get(name)
        )
        return given or False

    def _has_default(self, field):
        """Tell whether a field of which nothing is said holds Odoo's default.

        It is no user's who loads, and no day of the load.
        """
        if field.type == "boolean" or field.required:
            return True
        is_chosen = field.type in ("selection", "many2one") and field.default
        return bool(is_chosen) and field.comodel_name != "res.users"

    def _free_to_write(self, batch, item, record, wanted):
        """Yield (field, value) of what no person has changed since; report the others.

        Of several records (tags, attendees) each counts for itself: what the source adds
        and takes away is added and taken away, what a person did with others stays.
        """
        guarded = item.is_touched or not item.is_own
        for name, value in wanted.items():
            if record._fields[name].type == "one2many":
                if self._can_replace_rows(batch, item, record, name, value, guarded):
                    yield name, self._replace_rows(record, name, value)
                continue
            now, new = self._plain(record, name), self._plain(record, name, value)
            if now == new:
                continue
            if record._fields[name].type == "many2many":
                # An empty list alone would change nothing.
                put = self._put_by_others(batch, item.res_id, name) & {*now}
                value = [fields.Command.set(sorted({*new, *put}))]
            left = self._left_as(batch, item, record, name)
            # Whoever changes a list that is no column leaves no trace on the record.
            is_free = not guarded and record._fields[name].store
            if name in item.disputed:
                settled = self._settle_dispute(
                    batch, item, record, name, now, new, value
                )
                if settled is not None:
                    yield from ((name, each) for each in settled)
                    continue
                is_free = False
            if is_free and record._fields[name].type == "many2many":
                added = {*now} - {*(left[0] or ())}
                yield name, [fields.Command.set(sorted({*new, *put, *added}))]
            elif is_free or now in left:
                yield name, value
            elif record._fields[name].type == "many2many":
                merged = self._merge_entries(now, left[0] or [], new)
                if merged != now:
                    yield name, [fields.Command.set(merged)]
            else:
                self._report_both(item, record, name, new, left[:1])

    def _merge_entries(self, now, then, new):
        """Return the ids of what a person left, with what the source changed since.

        :param now: ids that are there; ``then`` and ``new`` those of the source
        """
        taken, added = set(then) - set(new), set(new) - set(then)
        return sorted(set(now) - taken | added)

    def _left_as(self, batch, item, record, name):
        """Return the values of a field that show that nobody has changed it."""
        if item.loaded is not None and name in item.loaded.vals:
            return [self._plain(record, name, item.loaded.vals[name])]
        nothing = [self._without_source(batch, name)]
        # Of a box that nobody ticked, its default says that; of any other, nothing.
        if record._fields[name].type != "boolean":
            nothing.append(False)
        return [self._plain(record, name, value) for value in nothing]

    def _report_both(self, item, record, name, theirs, then=None):
        """Say that a field was changed on both sides, with both values.

        :param theirs: what the source says now, as ``_plain`` returns it
        :param then: what it said when it was loaded, in a list; None: no load can write it
        """
        show = self.env["crm.migration.display"]._show_field
        mine = show(record, name)
        source = self._format_plain(record, name, theirs)
        before = self._format_plain(record, name, then[0]) if then else ""
        values = self._plain(record, name), theirs
        self._note_dispute(item, record, name, values, (before, source, mine), then)
        item.report(
            "changed_by_both",
            field=name,
            value=mine,
            **self._format_both(mine, source),
        )

    def _format_both(self, mine, theirs):
        """Return the two values for the sentence, an empty one by a word."""
        empty = self.env._("empty")
        texts = (str(text or "")[:SHOWN] or empty for text in (mine, theirs))
        return dict(zip(("mine", "theirs"), texts, strict=True))

    def _format_plain(self, record, name, value):
        """Return what a field would show that held a value."""
        field = record._fields[name]
        if field.relational:
            ids = value if isinstance(value, list) else [value] if value else []
            named = self.env[field.comodel_name].browse(ids)
            return ", ".join(each.display_name or "" for each in named)
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type == "selection":
            return self.env["crm.migration.display"]._show_choice(field, value)
        if field.type == "html":
            return text_from_html(value or "").strip()
        return "" if value is False or value is None else str(value)

    def _write_record(self, batch, record, vals):
        self._write_in_languages(record, vals)

    # -- comparable values -----------------------------------------------------

    def _plain(self, record, name, *value):
        """Return a value of a record, or one to be written, as JSON would hold it."""
        field = record._fields[name]
        given = value[0] if value else record[name]
        if field.type == "many2many" and value and _are_ids(given):
            # To Odoo they would come in addition to those that are there.
            return sorted(given)
        cached = field.convert_to_cache(given, record, validate=bool(value))
        if field.type == "many2one":
            return cached or False
        if field.type in ("many2many", "one2many"):
            return sorted(cached)
        if cached is None or cached == "":
            return False
        if field.type == "date":
            return fields.Date.to_string(cached)
        if field.type == "datetime":
            return fields.Datetime.to_string(cached)
        return str(cached) if field.type in ("char", "text", "html") else cached


def _are_ids(value):
    """Tell whether a value for a list is one of ids, not of commands.

    >>> _are_ids([]), _are_ids([7, 8]), _are_ids([(6, 0, [7])]), _are_ids(False)
    (True, True, False, False)
    """
    return isinstance(value, list) and all(isinstance(each, int) for each in value)
