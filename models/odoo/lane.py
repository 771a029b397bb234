"""The fast lane: ``create`` of a batch, each row of it written once.

Odoo's ``create`` (19.0) inserts a row, puts it into the cache value by value, computes what
depends on it, and updates the row. The lane does the same in another order and for all
rows at once: it fills the cache with what is given and what is the default, lets Odoo's own
methods compute the rest there, and hands over finished rows by COPY. All that addons do
around ``create`` is done around the lane as well: it stands where ``BaseModel.create``
stands. Dates and authors of origin are columns like any other.
"""

from collections import Counter, defaultdict

from odoo.tools import OrderedSet

from .lane_amounts import Amounts
from .lane_columns import Columns
from .lane_given import Given
from .lane_memo import ABSENT, Memo, get_usual, is_one
from .lane_plan import make_plan
from .lane_rows import write_rows
from .sanitize import sanitize_at_once

LANE = "crm_migration_lane"


class Lane:
    """A batch's ticket for the lane; in the context, where nobody else can put one.

    :param models: names of the models that may take it
    """

    def __init__(self, models):
        self.models = frozenset(models)
        self.taken, self.refused = Counter(), Counter()
        self._plans, self._made = {}, {}

    @staticmethod
    def of(model):
        """Return the lane on which records of a model are to be created, None for none."""
        lane = model.env.context.get(LANE)
        if isinstance(lane, Lane) and model._name in lane.models and model.env.su:
            return lane
        return None

    def may_take(self, model, vals_list, own_class):
        """Tell whether the lane can create these records; else Odoo does."""
        plan = self._plans.get(model._name)
        if plan is None:
            plan = self._plans[model._name] = make_plan(model, own_class)
        reason = plan.reason or _why_not(model, vals_list)
        if reason:
            self.refused[model._name, reason] += len(vals_list)
        return not reason

    def make(self, model, vals_list):
        """Return the new records, in the order of the values, as ``create`` does."""
        plan = self._plans[model._name]
        records = _Creation(model.browse(), plan, vals_list).make()
        self.note(model._name, records.ids)
        return records

    def note(self, model_name, ids):
        """Remember records whose rows were written at once."""
        self.taken[model_name] += len(ids)
        self._made.setdefault(model_name, set()).update(ids)

    def has_made(self, model_name, res_id):
        return res_id in self._made.get(model_name, ())

    def why(self, model_name):
        """Return why Odoo had to create records of a model, None where nothing speaks."""
        reasons = (reason for name, reason in self.refused if name == model_name)
        return next(reasons, None)


def _why_not(model, vals_list):
    if model.env.context.get("_import_current_module"):
        return "external_ids"
    if set().union(*vals_list) - model._fields.keys():
        return "no_such_field"
    return None


class _Creation(Given, Columns, Amounts):
    """Records of one model on their way."""

    def __init__(self, model, plan, vals_list):
        self.model, self.env, self.plan = model, model.env, plan
        self.vals_list = vals_list
        self._currencies, self.computed = {}, {}

    def make(self):
        self.given = self._with_defaults(self.vals_list)
        self.records = self.model.browse(self._take_ids(len(self.given)))
        self.protected = self._get_protected()
        self.links, self.rest = self._sort_lists()
        self._fill_cache()
        with self.env.protecting(self.protected):
            self.records.modified(self.model._fields, create=True)
            awaited = self._list_awaited()
            self._compute()
            write_rows(self)
            self._write_lists()
            self._await_again(awaited)
            self._call_inverses()
        self._validate()
        return self.records

    # -- cache -----------------------------------------------------------------

    def _fill_cache(self):
        for name, field in self.plan.lists.items():
            cache = field._get_cache(self.env)
            if field.type in ("one2many", "many2many"):
                ids = self.links.get(name, {})
                cache.update((each, ids.get(each, ())) for each in self.records._ids)
            else:
                field._update_cache(self.records, None)
        last = []
        for name, field in self.plan.columns.items():
            # Amounts are rounded by the currency of their record.
            if field.type == "monetary":
                last.append((name, field))
            else:
                self._fill(name, field)
        for name, field in last:
            self._fill(name, field)
        self._forget_inverses()

    def _fill(self, name, field):
        if name not in self.given_names:
            self._fill_all(field, None)
            return
        values = [vals.get(name, ABSENT) for vals in self.given]
        is_usual = not (field.translate or field.company_dependent)
        if is_one(values) and (values[0] is ABSENT or (is_usual and _is_plain(field))):
            value = values[0]
            if value is not ABSENT:
                value = field.convert_to_cache(value, self.model)
            self._fill_all(field, None if value is ABSENT else value)
            return
        ids = self.records._ids
        given = [
            (i, value)
            for i, value in zip(ids, values, strict=True)
            if value is not ABSENT
        ]
        if len(given) < len(values):
            self._fill_all(field, None)
        if field.type == "html":
            if not field.translate:
                kept = Memo(lambda value: self._sanitize(field, value))
                field._get_cache(self.env).update(
                    (i, kept[value]) for i, value in given
                )
        elif field.type == "monetary":
            ids = [res_id for res_id, _value in given]
            values = [value or 0.0 for _id, value in given]
            rounded = self.round_amounts(name, ids, values)
            field._get_cache(self.env).update(zip(ids, rounded, strict=True))
        elif field.translate or field.company_dependent:
            for res_id, value in given:
                record = self.model.browse(res_id)
                field._update_cache(record, field.convert_to_cache(value, record))
        else:
            convert = Memo(lambda value: field.convert_to_cache(value, self.model))
            usual = get_usual(field)
            field._get_cache(self.env).update(
                [
                    (res_id, value if value.__class__ is usual else convert[value])
                    for res_id, value in given
                ]
            )

    def _fill_all(self, field, value):
        field._get_cache(self.env).update(dict.fromkeys(self.records._ids, value))

    def _sanitize(self, field, value):
        """Return a text of HTML as the column and the cache have it."""
        usual = field.sanitize is True and field.sanitize_tags
        if usual and not field.sanitize_overridable and isinstance(value, str):
            text = value and sanitize_at_once(str(value))
            if text and field.sanitize_output_method == "html":
                return text
        return field.convert_to_column_insert(value, self.model, {})

    def _forget_inverses(self):
        """Let the other side of each link be read anew."""
        for field in self.plan.columns.values():
            if field.type not in ("many2one", "many2one_reference"):
                continue
            for inverse in self.model.pool.field_inverses[field]:
                inverse._invalidate_cache(self.env)
        for name in self.links:
            for inverse in self.model.pool.field_inverses[self.plan.lists[name]]:
                inverse._invalidate_cache(self.env)

    # -- computed columns ------------------------------------------------------

    def _list_awaited(self):
        """Return (field, ids) of what is to be computed once the rows are there."""
        ids, early = set(self.records._ids), set(self.plan.early)
        awaited = []
        for field, pending in self.env.transaction.tocompute.items():
            # Mostly all of them are ours.
            others = set(pending).difference(ids) if field in early else pending
            if others:
                awaited.append((field, list(others)))
        return awaited

    def _await_again(self, awaited):
        """Let it be computed again: whoever searched meanwhile did so without the rows."""
        for field, ids in awaited:
            self.env.add_to_compute(field, self.env[field.model_name].browse(ids))
        self._forget_pictures()
        self._forget_inverses()

    def _compute(self):
        for field in (*self.plan.early, *self.plan.late):
            if field.precompute:
                lacking = [
                    res_id
                    for res_id, vals in zip(self.records._ids, self.given, strict=True)
                    if field.name not in vals
                ]
                self.env.add_to_compute(field, self.model.browse(lacking))
        ids, pending = set(self.records._ids), self.env.transaction.tocompute
        # Whatever searches meanwhile writes what is computed, where no row is yet.
        self.computed = {
            field.name: ids.intersection(pending.get(field) or ())
            for field in self.plan.early
        }
        for field in self.plan.early:
            self.compute_column(field.name)
        self._forget_pictures()

    def _forget_pictures(self):
        """Leave out the sizes of pictures that nobody gave; Odoo looks for each."""
        for field in self.plan.lists.values():
            if field.type in ("binary", "image") and field.related:
                source = self.model._fields[field.related.split(".")[0]]
                if source.name in self.plan.lists and source.type == field.type:
                    without = [
                        res_id
                        for res_id, vals in zip(
                            self.records._ids, self.given, strict=True
                        )
                        if not vals.get(source.name)
                    ]
                    self._let_go(field, without)

    # -- after the rows are there ----------------------------------------------

    def _write_lists(self):
        for name, ids in self.links.items():
            field = self.plan.lists[name]
            pairs = [(i, other) for i, others in ids.items() for other in others]
            if pairs:
                self.env.cr.execute(
                    f'INSERT INTO "{field.relation}" ("{field.column1}",'
                    f' "{field.column2}") SELECT * FROM unnest(%s::int[], %s::int[])'
                    " ON CONFLICT DO NOTHING",
                    [*map(list, zip(*pairs, strict=True))],
                )
                self._tell_other_side(field, {other for _id, other in pairs})
        if not self.rest:
            return
        by_id = {record.id: record for record in self.records}
        for name in sorted(self.rest, key=lambda n: self.plan.lists[n]._sequence):
            self.plan.lists[name].create(
                [(by_id[res_id], value) for res_id, value in self.rest[name]]
            )
        self.records.modified(list(self.rest), create=True)

    def _tell_other_side(self, field, ids):
        """Let be computed what depends on the links as the other side sees them."""
        others = self.env[field.comodel_name].browse(ids)
        inverses = self.model.pool.field_inverses[field]
        names = [i.name for i in inverses if i.model_name == field.comodel_name]
        for inverse in inverses:
            inverse._invalidate_cache(self.env)
        others.modified(names)

    def _call_inverses(self):
        """Let fields that write elsewhere do so, as ``create`` does."""
        inverses = defaultdict(OrderedSet)
        for name in self.given_names:
            field = self.model._fields[name]
            if field.inverse and not field.inherited:
                inverses[field.inverse].add(field)
        for fields in inverses.values():
            names = {field.name for field in fields}
            ids = []
            for record, vals in zip(self.records, self.given, strict=True):
                if names.isdisjoint(vals):
                    continue
                ids.append(record.id)
                record._update_cache(
                    {
                        name: vals[name]
                        for name in names & vals.keys()
                        if not self.model._fields[name].store
                    }
                )
            records = self.model.browse(ids)
            next(iter(fields)).determine_inverse(records)
            listed = [
                field.name
                for field in fields
                if field.type in ("one2many", "many2many") and not field.store
            ]
            records.invalidate_recordset(listed)

    def _validate(self):
        names = OrderedSet(self.given_names)
        # Whatever was computed without a rule was asked once, when no row was there yet.
        names.update(name for name, ids in self.computed.items() if ids)
        self.records._validate_fields(names)
        if self.model._check_company_auto:
            self.records._check_company()


def _is_plain(field):
    """Tell whether a value of a field is the same to every record."""
    return field.type not in ("html", "monetary")
