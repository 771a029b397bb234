"""Load but a part of an object: what its filter does not let pass is left out."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...connectors.mapping.transforms import TRANSFORMS, BadValue
from .filter_sql import (
    COMPARISONS,
    EMPTY,
    JOINS,
    LISTS,
    PLAIN,
    as_condition,
    find_mistake,
    get_values,
    get_wanted,
    is_condition,
)

FILTERED, PARENT_FILTERED = "filtered", "parent_filtered"
"""Problems of records that a filter left out, itself or what they belong to alone."""

MAX_ODD = 50_000
"""Different values of a column that are read one by one, as no plain number or day."""

OPEN_STATES = ("extracted", "ready", "problem", "failed")
"""What a filter still decides about; what is loaded stays, and is kept up to date."""


TELLING = ("name", "title", "label", "email", "code", "status", "value", "id")
"""Members of an object within a record that people know it by."""


def get_members(samples):
    """Return the members by which objects within a record are told apart.

    >>> get_members(['{"id": 1, "name": "New", "place": 2}', "null"])
    ['name', 'id']
    >>> get_members(['[{"id": 1}]', '["a"]']), get_members(['"a"', "{broken"])
    (['id'], [])
    """
    found = set()
    for text in samples:
        try:
            value = json.loads(text)
        except ValueError:  # cut where it was long
            value = None
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                found |= {k for k, v in each.items() if not isinstance(v, dict | list)}
    return [name for name in TELLING if name in found]


class CrmMigrationStreamFilter(models.AbstractModel):
    """The filter is a domain over the columns of the source; SQL asks it of all at once."""

    _name = "crm.migration.stream.filter"
    _description = "Migration: Stream Filter"

    filter_domain = fields.Json(
        readonly=True, help="Domain over the columns of what is loaded; empty: all."
    )
    filter_text = fields.Char(compute="_compute_filter_text", string="Filter")

    @api.depends("filter_domain")
    def _compute_filter_text(self):
        for stream in self:
            stream.filter_text = stream._format_filter(stream.filter_domain or [])

    def _format_filter(self, domain):
        """Return a filter in words, an empty text for none."""
        words = self._get_filter_words()
        stack = []
        for part in reversed(domain):
            if is_condition(part):
                path, operator, value = part
                value = ", ".join(map(str, value)) if operator in LISTS else value
                told = [self._label_column(path), words[operator]]
                told += [] if operator in EMPTY else [self._format_given(value)]
                stack.append(" ".join(told))
            elif part == "!":
                stack.append(self.env._("not (%(what)s)", what=stack.pop()))
            else:
                one, other = stack.pop(), stack.pop()
                either = self.env._("%(one)s or %(other)s", one=one, other=other)
                both = self.env._("%(one)s and %(other)s", one=one, other=other)
                stack.append(either if part == "|" else both)
        return "; ".join(reversed(stack))

    def _format_given(self, value):
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        return str(value)

    @api.model
    def _get_filter_words(self):
        """Return operator → words, in the order in which they are offered."""
        return {
            "=": self.env._("is"),
            "!=": self.env._("is not"),
            "in": self.env._("is one of"),
            "not in": self.env._("is none of"),
            ">=": self.env._("is at least / since"),
            ">": self.env._("is more than / after"),
            "<=": self.env._("is at most / until"),
            "<": self.env._("is less than / before"),
            "ilike": self.env._("contains"),
            "not ilike": self.env._("does not contain"),
            "not empty": self.env._("is filled"),
            "empty": self.env._("is empty"),
        }

    def _label_column(self, path):
        sample = self.sample or {}
        top, _dot, member = path.partition(".")
        if path not in sample and member and top in sample:
            return f"{sample[top].get('label') or top}: {member}"
        return (sample.get(path) or {}).get("label") or path

    # -- the condition -----------------------------------------------------------

    def _get_condition(self, domain):
        """Return the condition in SQL that holds for what passes a filter.

        :raises UserError: the filter cannot be meant
        """
        self.ensure_one()
        if mistake := find_mistake(domain):
            raise UserError(self._say_mistake(*mistake))
        self.env.flush_all()
        odd = {pair: self._read_odd(*pair)[0] for pair in sorted(get_wanted(domain))}
        return as_condition(domain, odd)

    @api.model
    def _say_mistake(self, code, part):
        """Say what a filter cannot mean."""
        if code == "operator":
            known = ", ".join(self._get_filter_words())
            return self.env._(
                "The filter has “%(operator)s”, which it does not know. It knows: %(known)s.",
                operator=part[1],
                known=known,
            )
        if code == "value":
            return self.env._(
                "“%(value)s” is no value for “%(path)s %(operator)s”. Compare with a "
                "number or a day like 2024-12-31, and a list with one value at least.",
                path=part[0],
                operator=part[1],
                value=part[2],
            )
        return self.env._(
            "“%(part)s” is not part of a filter: write a list of conditions, each a list "
            "of column, operator and value, with “|”, “&” or “!” before what they join.",
            part=part,
        )

    def _get_steps_of(self, path, kind):
        """Return how the mapping reads a column as a number or as a day."""
        for line in self.mapping_ids.line_ids:
            if path not in line._get_paths():
                continue
            for name, *arguments in line.steps or []:
                if kind == "number" and name == "decimal_as":
                    return name, arguments[:1]
                if kind == "day" and name in ("date_as", "datetime_as", "moment"):
                    return "date_as", arguments[:1] or ["ymd"]
        return ("decimal", []) if kind == "number" else ("date", [])

    def _read_odd(self, path, kind):
        """Return text → number or day of what is not plainly written, and what is none.

        The mapping knows how a column writes them: ``31.12.2024``, ``1.234,50 €``.
        """
        name, arguments = self._get_steps_of(path, kind)
        is_odd = SQL("one.text !~ %s", PLAIN[kind])
        if name == "decimal_as" and arguments == [","]:
            is_odd = SQL("(%s OR strpos(one.text, '.') > 0)", is_odd)
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT one.text"
                " FROM crm_migration_record AS record, LATERAL %s AS one"
                " WHERE record.stream_id = %s AND one.text <> '' AND %s LIMIT %s",
                get_values(path),
                self.id,
                is_odd,
                MAX_ODD,
            )
        )
        known, unread = {}, []
        for (text,) in rows:
            try:
                known[text] = TRANSFORMS[name](text, *arguments)
            except BadValue:
                unread.append(text)
        return known, unread

    # -- counts ------------------------------------------------------------------

    def _count_filter(self, domain):
        """Return how many records there are, pass, and are loaded without passing."""
        self.ensure_one()
        condition = self._get_condition(domain)
        [counts] = self.env.execute_query(
            SQL(
                """
                SELECT count(*), count(*) FILTER (WHERE passes),
                       count(*) FILTER (WHERE NOT passes AND state = 'loaded')
                  FROM (SELECT state, COALESCE(%s, FALSE) AS passes
                          FROM crm_migration_record AS record
                         WHERE record.stream_id = %s AND record.vanished_at IS NULL
                       ) AS asked
                """,
                condition,
                self.id,
            )
        )
        return counts

    def _get_unread(self, domain):
        """Return values that are compared as a number or a day and are none."""
        found = []
        compared = [p for p in domain if is_condition(p) and p[1] in COMPARISONS]
        for path, kind in sorted(get_wanted(compared)):
            found += self._read_odd(path, kind)[1]
        return found

    def _get_columns(self):
        """Return (path, label) of the columns that a filter may ask for.

        Of an object within the record, and of a list of them, what tells it apart.
        """
        sample = self.sample or {}
        columns = {self.primary_key: self.primary_key} if self.primary_key else {}
        last = len(sample)
        for name in sorted(sample, key=lambda n: sample[n].get("position", last)):
            label = self._label_column(name)
            members = get_members(sample[name].get("samples") or ())
            for member in members:
                columns[f"{name}.{member}"] = f"{label}: {member}"
            if not members:
                columns[name] = label
        return list(columns.items())

    def _get_frequent(self, path, limit=8):
        """Return (text, count) of the values of a column that occur most."""
        return self.env.execute_query(
            SQL(
                "SELECT left(one.text, 60), count(*)"
                " FROM crm_migration_record AS record, LATERAL %s AS one"
                " WHERE record.stream_id = %s AND btrim(one.text) <> ''"
                " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %s",
                get_values(path),
                self.id,
                limit,
            )
        )

    # -- what it leaves out ------------------------------------------------------

    def _leave_out_filtered(self, run):
        """Leave out what does not pass, with its reason; tell how many per object."""
        if run._get_chosen() is not None:
            for stream in self.filtered("filter_domain"):
                stream._leave_out(SQL("record.is_sampled"))
            return
        told = []
        for stream in self.filtered("filter_domain"):
            about = {"stream": stream.label, "filter": stream.filter_text}
            if gone := stream._find_gone(stream.filter_domain):
                row = {"code": "filter_column_gone", "severity": "warning"}
                about["columns"] = ", ".join(gone)
                told.append({**row, "stream": stream.name, "data": about})
            if count := stream._leave_out():
                data = {
                    "stream": stream.label,
                    "count": count,
                    "total": stream.staged_count,
                    "filter": stream.filter_text,
                }
                row = {"code": FILTERED, "severity": "info", "stream": stream.name}
                told.append({**row, "data": data})
        self.env["crm.migration.message"]._report(run, told)

    def _find_gone(self, domain):
        """Return the columns of a filter that no record has, though some were read."""
        paths = dict.fromkeys(part[0] for part in domain if is_condition(part))
        sample, gone = self.sample or {}, []
        for path in paths:
            known = {path, path.partition(".")[0]} & {*sample, self.primary_key}
            if known or not self.staged_count:
                continue
            [(is_there,)] = self.env.execute_query(
                SQL(
                    "SELECT EXISTS (SELECT FROM crm_migration_record AS record,"
                    " LATERAL %s AS one WHERE record.stream_id = %s)",
                    get_values(path),
                    self.id,
                )
            )
            if not is_there:
                gone.append(path)
        return gone

    def _leave_out(self, which=None):
        """Leave out what does not pass the filter; return how many records.

        :param which: condition on the records that are asked about; None: all
        """
        self.ensure_one()
        condition = self._get_condition(self.filter_domain)
        why = self.env._("Left out by the filter: %(filter)s", filter=self.filter_text)
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_migration_record AS record
                   SET state = 'skipped', problem = %s, message = %s,
                       name = COALESCE(name, %s), values = NULL
                 WHERE record.stream_id = %s AND record.state = ANY(%s)
                   AND NOT COALESCE(%s, FALSE) AND %s
                """,
                FILTERED,
                why,
                self._get_name_sql(),
                self.id,
                list(OPEN_STATES),
                condition,
                which or SQL("TRUE"),
            )
        )
        count = self.env.cr.rowcount
        self.env["crm.migration.record"].invalidate_model()
        return count

    def _get_name_sql(self):
        """Return what the mapping calls a record that it never was applied to."""
        for line in self.mapping_ids.line_ids:
            if line.target in ("name", "subject", "summary"):
                parts = [
                    SQL("NULLIF(btrim(record.payload ->> %s), '')", path)
                    for path in line._get_paths()
                ]
                if parts:
                    return SQL(
                        "left(NULLIF(concat_ws(' ', %s), ''), 120)",
                        SQL(", ").join(parts),
                    )
        return SQL("NULL")

    def action_open_filter(self):
        """Open the dialog that says which records of this object are loaded."""
        self.ensure_one()
        self._check_manager()
        return self._open_dialog(
            self.env._("Filter: %(object)s", object=self.label),
            "crm.migration.filter",
            default_stream_id=self.id,
        )

    def _set_filter(self, domain):
        """Put another filter in the place of the present one.

        :raises UserError: it cannot be meant
        """
        self.ensure_one()
        if domain and (mistake := find_mistake(domain)):
            raise UserError(self._say_mistake(*mistake))
        self.filter_domain = domain or False

    @api.model
    def _is_flat(self, domain):
        """Return "all" or "any" where a filter is but a list of conditions, else None."""
        joins = [part for part in domain if isinstance(part, str) and part in JOINS]
        conditions = [part for part in domain if is_condition(part)]
        if not joins or joins == ["&"] * (len(conditions) - 1):
            return "all"
        return "any" if joins == ["|"] * (len(conditions) - 1) else None
