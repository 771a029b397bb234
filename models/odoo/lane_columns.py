"""Columns of new records that Odoo computes: what waits, and what was worked out."""

from .lane_rule import UNKNOWN, find_rule


class Columns:
    """Computed columns of a creation; see ``lane``."""

    def compute_column(self, name):
        """Work out a computed column of those records that still wait for it."""
        field = self.plan.columns[name]
        ids = self.list_pending(name)
        if not ids:
            return
        records = self.model.browse(ids)
        if work_out := find_rule(self.model, field):
            known = [
                (res_id, value)
                for res_id, value in zip(ids, work_out(self, ids), strict=True)
                if value is not UNKNOWN
            ]
            self.put_column(name, [res_id for res_id, _value in known], dict(known))
            if len(known) == len(ids):
                return
        if alone := self._list_alone(field):
            field.compute_value(self.model.browse(alone))
        field.recompute(records)

    def _list_alone(self, field):
        """Return those who lead to no other record of the model; none of a usual field.

        What depends on itself in another record is computed record by record (19.0).
        """
        if not field.recursive:
            return []
        heads = set()
        for path in self.model.pool.field_depends[field]:
            head = path.split(".")[0]
            is_own = self.model._fields[head].comodel_name == self.model._name
            if is_own or f".{field.name}" in path:
                heads.add(head)
        if any(
            head not in self.plan.columns or self.list_pending(head) for head in heads
        ):
            return []
        ids = self.list_pending(field.name)
        leading = [self.get_cached(head, ids) for head in heads]
        return [
            res_id
            for res_id, *others in zip(ids, *leading, strict=True)
            if not any(others)
        ]

    def list_pending(self, name):
        """Return the ids of the records for which a column is still to be worked out."""
        pending = self.env.transaction.tocompute.get(self.plan.columns[name]) or ()
        if not pending:
            return []
        pending = set(pending)
        return [each for each in self.records._ids if each in pending]

    def put_column(self, name, ids, values):
        """Take what was worked out of a column into the cache; these wait no more.

        :param values: id → value; who has none keeps what there is
        """
        field = self.plan.columns[name]
        self._let_go(field, ids)
        # Not to be written by anybody else: no row is there yet.
        field._get_cache(self.env).update(values)

    def get_cached(self, name, ids):
        """Return what the cache has of a column, record by record."""
        cache = self.plan.columns[name]._get_cache(self.env)
        return [cache[res_id] for res_id in ids]

    def _let_go(self, field, ids):
        """Let a field no longer wait to be computed of some records."""
        waiting = self.env.transaction.tocompute.get(field) or ()
        if waiting and set(ids).issuperset(waiting):
            del self.env.transaction.tocompute[field]  # nobody else waits for it
        else:
            self.env.remove_to_compute(field, self.model.browse(ids))
