"""What the records of a creation are given, completed as Odoo completes it."""

from collections import defaultdict
from copy import deepcopy

from odoo.fields import Command
from odoo.tools import SQL, OrderedSet


class Given:
    """Values, defaults and ids of new records; see ``lane``."""

    def _with_defaults(self, vals_list):
        """Return the values of each record, completed as Odoo completes them."""
        dropped = {"id", "parent_path"} | {
            name
            for name, field in self.model._fields.items()
            if field.precompute and field.readonly
        }
        known, completed = {}, []
        for vals in vals_list:
            names = frozenset(vals)
            if names not in known:
                known[names] = self._get_defaults(names)
            # In the order of the records: a number of a sequence goes by it.
            whole = {**next(known[names]), **vals}
            if not dropped.isdisjoint(whole):
                for name in dropped & whole.keys():
                    del whole[name]
            completed.append(whole)
        self._add_origin(completed)
        self._add_properties(completed)
        return completed

    def _get_defaults(self, names):
        """Yield the defaults of one record after the other that are given some fields.

        What two records in a row do not share, a token or a number, is asked for each of
        them; asking more often than needed would use numbers up.
        """
        missing = [name for name in self.model._fields if name not in names]
        first = self._ask_defaults(missing)
        yield first
        second = self._ask_defaults(missing)
        yield second
        own = [name for name in first if first[name] != second.get(name)]
        while True:
            yield {**second, **self._ask_defaults(own)} if own else second

    def _ask_defaults(self, names):
        defaults = self.model.default_get(names)
        for name, value in defaults.items():
            kind = self.model._fields[name].type
            if kind == "many2many" and value and isinstance(value[0], int):
                defaults[name] = [Command.set(value)]
            elif kind == "one2many" and value and isinstance(value[0], dict):
                defaults[name] = [Command.create(each) for each in value]
        return defaults

    def _add_origin(self, completed):
        now, uid = self.env.cr.now(), self.env.uid
        usual = {
            "create_date": now,
            "write_date": now,
            "create_uid": uid,
            "write_uid": uid,
        }
        for vals in completed:
            own = {name: vals[name] for name in usual.keys() & vals if vals[name]}
            vals |= {**usual, **own}

    def _add_properties(self, completed):
        for field in self.model._fields.values():
            if field.type != "properties":
                continue
            usual = {}
            for vals in completed:
                container = vals.get(field.definition_record)
                if field.name in vals or not isinstance(container, int):
                    vals[field.name] = field._add_default_values(self.env, vals)
                    continue
                if container not in usual:
                    usual[container] = field._add_default_values(self.env, vals)
                vals[field.name] = usual[container] and deepcopy(usual[container])

    def _take_ids(self, count):
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
                " FROM generate_series(1, %s)",
                self.model._table,
                count,
            )
        )
        return [res_id for (res_id,) in rows]

    def _get_protected(self):
        """Return (fields, records) of what is given and may be: nothing computes it."""
        computed = self.model.pool.field_computed
        groups, names = defaultdict(list), {}
        for res_id, vals in zip(self.records._ids, self.given, strict=True):
            ids = groups[frozenset(vals)]
            if not ids:
                names |= vals
            ids.append(res_id)
        # In the order in which ``create`` meets them first.
        self.given_names = dict.fromkeys(names)
        protected = []
        for names, ids in groups.items():
            fields = OrderedSet()
            for field in map(self.model._fields.get, names):
                if field.compute and (not field.readonly or field.precompute):
                    fields.update(computed.get(field, [field]))
            protected.append((fields, self.model.browse(ids)))
        return protected

    def _sort_lists(self):
        """Return name → ids by record of plain links, and name → what else is given."""
        links, rest = {}, {}
        for name, field in self.plan.lists.items():
            pairs = [
                (res_id, vals[name])
                for res_id, vals in zip(self.records._ids, self.given, strict=True)
                if name in vals
            ]
            plain = [(res_id, _plain_links(value)) for res_id, value in pairs]
            if field.type == "many2many" and None not in (ids for _id, ids in plain):
                links[name] = dict(plain)
            elif pairs:
                rest[name] = pairs
        return links, rest


def _plain_links(commands):
    """Return the ids that commands of a new record link, None if they do more."""
    ids = []
    for command in commands or ():
        if not isinstance(command, (list, tuple)):
            return None
        if command[0] == Command.SET:
            ids = list(command[2])
        elif command[0] == Command.CLEAR:
            ids = []
        elif command[0] == Command.LINK:
            ids.append(command[1])
        else:
            return None
    return tuple(dict.fromkeys(ids))
