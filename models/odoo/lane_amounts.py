"""Amounts of new records, in the currency that each of them has."""

from .lane_memo import Memo


class Amounts:
    """Amounts of a creation; see ``lane``."""

    def round_amounts(self, name, ids, values):
        """Round amounts by the currency of their records."""
        field = self.plan.columns[name]
        if field.type != "monetary":
            return [field.convert_to_cache(value, self.model) for value in values]
        currencies = self.get_currencies(field)
        known = {each._ids: each for each in currencies.values()}
        rounded = {
            key: Memo(currency.round if currency else float)
            for key, currency in known.items()
        }
        return [
            value and rounded[currencies[res_id]._ids][value]
            for res_id, value in zip(ids, map(float, values), strict=True)
        ]

    def get_currencies(self, field):
        """Return id → the currency in which a record has an amount."""
        name = field.get_currency_field(self.model)
        if name not in self._currencies:
            self._currencies[name] = self._find_currencies(name)
        return self._currencies[name]

    def _find_currencies(self, name):
        """Ask one record of all that have in common what the currency depends on."""
        depends = self.model.pool.field_depends[self.model._fields[name]]
        heads = {path.split(".")[0] for path in depends} or {name}
        ids = self.records._ids
        keys = ids
        if all(h in self.plan.columns and not self.list_pending(h) for h in heads):
            keys = zip(*(self.get_cached(head, ids) for head in heads), strict=True)
        keys, model = list(keys), self.model.with_context(prefetch_fields=False)
        asked = model.browse(dict(zip(keys, ids, strict=True)).values())
        found = {each.id: each[name].with_env(self.env) for each in asked}
        of = {
            key: found[each]
            for key, each in zip(keys, ids, strict=True)
            if each in found
        }
        return {res_id: of[key] for res_id, key in zip(ids, keys, strict=True)}
