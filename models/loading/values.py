"""From staged values to what Odoo's ``create`` takes: references, then fields."""

from odoo import fields, models

from ..evidence.crm_migration_id_map_same_name import NAMED_AT_MOST
from .batch import MAP, OWNER, REF, Refused, as_reference
from .quick_values import SLOW, find_plain

CUSTOM = "@custom."

TAGS = {"crm.tag": "tag_ids", "res.partner.category": "category_id"}
"""Tags → the field of the models that bear them."""


class CrmMigrationLoadingValues(models.AbstractModel):
    _name = "crm.migration.loading.values"
    _description = "Migration: Loading Values"

    # -- references ------------------------------------------------------------

    def _collect(self, batch):
        """Look up whatever the rows refer to, in a handful of queries."""
        refs, maps, owners = set(), set(), set()
        kinds = {REF: refs, MAP: maps, OWNER: owners}
        for item in batch.items:
            for each in filter(None, (item, item.loaded)):
                for kind, key in each.references:
                    kinds[kind].add(key)
            if item.row.get("merge_source"):
                refs.add(tuple(map(str, item.row["merge_source"])))
        job = batch.job
        self._collect_links(batch, refs)
        batch.decided = self.env["crm.migration.value.map"]._resolve(job, maps)
        batch.users = self.env["crm.migration.owner"]._resolve(job, owners)
        batch.former = self.env["crm.migration.owner"]._get_authors(job, owners)

    def _collect_links(self, batch, refs):
        """Find what is loaded already, what comes later, and which names are unclear."""
        id_map, by_name = self.env["crm.migration.id.map"], {}
        if named := {ref for ref in refs if len(ref) > 2}:
            by_name = self._find_names(batch, named)
        keys = (refs - named) | set(by_name.values())
        links = self._only_existing({**id_map._resolve(batch.job, keys), **batch.links})
        later = id_map._find_later(batch.job, keys - set(links))
        for ref, key in by_name.items():
            if key in links:
                links[ref] = links[key]
            elif key in later:
                later.add(ref)
        batch.links, batch.later = links, later
        batch.left_out = id_map._find_left_out(batch.job, keys - set(links) - later)
        for ref, key in by_name.items():
            if key in batch.left_out:
                batch.left_out.add(ref)

    def _only_existing(self, links):
        """Leave out what somebody has deleted in Odoo since it was loaded."""
        ids = {}
        for model, res_id in links.values():
            ids.setdefault(model, set()).add(res_id)
        there = {
            model: self._existing(self.env[model], found)
            for model, found in ids.items()
            if model in self.env
        }
        return {
            key: (model, res_id)
            for key, (model, res_id) in links.items()
            if res_id in there.get(model, ())
        }

    def _look_up(self, batch, item, target, value):
        """Return (model, id) of a reference, a chosen text, or None where there is none.

        What cannot be found is reported; what only comes later is deferred.
        """
        kind, key = as_reference(value)
        if kind == OWNER:
            if key not in batch.users:
                item.report("owner_undecided", field=target, value=key)
            user_id = batch.get_user(key, target)
            return ("res.users", user_id) if user_id else None
        if kind == MAP:
            if key not in batch.decided:
                item.report("value_undecided", field=target, value=key[1])
                item.unmapped_values.append([self._label(batch, target), key[1]])
            return batch.decided.get(key) or None
        if key in batch.links:
            return batch.links[key]
        if key in batch.later:
            item.deferred[target] = item.targets[target]
        elif key in batch.left_out:
            self._report_left_out(batch, item, target, key)
        elif key in batch.unclear:
            self._report_unclear(batch, item, target, key)
        elif len(key) > 2:
            self._report_nameless(batch, item, target, key)
        else:
            item.report("reference_missing", field=target, value=key[1], stream=key[0])
        return None

    def _report_left_out(self, batch, item, target, key):
        """Say that a filter left out what is meant; the link is set once it is lifted."""
        item.filtered.add(target)
        item.deferred[target] = item.targets[target]
        if batch.tells_left_out:
            item.report("reference_filtered", "info", target, key[1], stream=key[0])

    def _report_nameless(self, batch, item, target, key):
        """Say that nobody is called so; nothing is lost where the name stands besides.

        A lead names the company of somebody who is no customer yet: Odoo has a field for
        just that.
        """
        name = " ".join(key[1].split()).casefold()
        for other, value in item.targets.items():
            if isinstance(value, str) and not other.startswith("@"):
                if " ".join(value.split()).casefold() == name:
                    label = self._label(batch, other)
                    item.report("name_kept", "info", target, key[1], other=label)
                    return
        item.report("reference_missing", field=target, value=key[1], stream=key[0])
        self._keep_name(batch, item, target, key[1])

    def _report_unclear(self, batch, item, target, key):
        """Name who may be meant; the link is for a person to make."""
        names = batch.unclear[key]
        item.report(
            "reference_unclear",
            field=target,
            value=key[1],
            stream=key[0],
            count=len(names),
            names="; ".join(names[:NAMED_AT_MOST]),
        )
        self._keep_name(batch, item, target, key[1])

    def _keep_name(self, batch, item, target, name):
        """Put a name that led nowhere into the notes."""
        left = [self._label(batch, target), name]
        if left not in item.unmapped_values:
            item.unmapped_values.append(left)

    def _look_up_all(self, batch, item, target):
        """Return (model, id) of every reference of a target that was found."""
        return self._look_up_each(batch, item, target, item.targets.get(target))

    def _look_up_each(self, batch, item, target, value):
        """Return (model, id) of every reference in a value that was found."""
        if found := find_plain(batch.links, value):
            return [found]
        values = value if isinstance(value, list) else [value]
        references = filter(as_reference, self._without_other_objects(batch, values))
        found = [
            self._look_up(batch, item, target, each)
            for each in self._without_further_names(batch, item, target, references)
        ]
        return [each for each in dict.fromkeys(found) if isinstance(each, tuple)]

    def _without_other_objects(self, batch, values):
        """Return the references, of a name of whatever object only where it is known.

        Where no object has it, the first one stands for all.
        """
        known, missing = [], {}
        for value in values:
            _kind, key = as_reference(value) or (None, None)
            if not key or not value.get("any"):
                known.append(value)
            elif key in batch.links or key in batch.later or key in batch.unclear:
                known.append(value)
                missing[key[1]] = None
            else:
                missing.setdefault(key[1], value)
        return [*known, *filter(None, missing.values())]

    def _look_up_id(self, batch, item, target, model):
        """Return the id of the first reference of a target that is such a record."""
        for found, res_id in self._look_up_all(batch, item, target):
            if found == model:
                return res_id
        return False

    # -- values ----------------------------------------------------------------

    def _prepare(self, batch, item):
        """Fill ``item.vals`` from its targets; raise ``Refused`` if that is no use."""
        item.vals, item.notes, item.further, item.deferred = {}, [], [], {}
        item.tags, item.filtered = {}, set()
        item.unmapped_values = list(item.unplaced)
        ways, withheld, kept = self._get_ways(batch), item.withheld, False
        for target, given in item.targets.items():
            name, field, quick, is_kept = ways[target]
            if name is None:
                kept = kept or is_kept
                continue
            if quick and target not in withheld:
                value = quick(batch, given)
                if value is not SLOW:
                    item.vals[name] = value
                    continue
            if field is None:
                text = self._name_value(batch, item, item.targets[target])
                item.unmapped_values.append([self._label(batch, target), text])
                item.report("no_such_field", field=target, value=text)
                continue
            filled, value = self._take(batch, item, target, field)
            if target in item.deferred and self._is_needed(field) and not value:
                raise Refused("reference_later", target)
            if filled:
                item.vals[name] = value
        self._add_tags(item)
        if kept:
            self._keep_values(batch, item)
        self._check_origin(batch, item)
        self._derive_place(batch, item)
        self._derive_website(batch, item)
        self._derive_amounts(batch, item)
        self._derive(batch, item)
        self._give_name(batch, item)
        self._keep_other_names(batch, item)
        self._add_notes(batch, item)
        self._check_required(batch, item)

    def _field_name(self, batch, target):
        """Return the field behind a target, None for what the loader itself places."""
        if target.startswith(CUSTOM):
            return batch.once("custom", lambda: self._custom_fields(batch)).get(target)
        return None if target.startswith("@") else target

    def _custom_fields(self, batch):
        return {
            line.target: line.custom_field
            for line in batch.mapping.line_ids
            if line.custom_field and (line.target or "").startswith(CUSTOM)
        }

    def _derive(self, batch, item):
        """Turn the targets that are no field into values; for updates as well."""

    def _complete(self, batch, item):
        """Give every default explicitly: Odoo would look it up record by record.

        Whoever loads is nobody's salesperson or assignee.
        """
        for name, nobody in batch.once("people", lambda: self._get_people(batch)):
            item.vals.setdefault(name, nobody)

    def _get_people(self, batch):
        """Return (field, nobody) of those users whom Odoo would fill in by itself."""
        return [
            (name, [] if field.type == "many2many" else False)
            for name, field in batch.model._fields.items()
            if field.comodel_name == "res.users"
            and field.store
            and field.default
            and not field.required
            and field.type in ("many2one", "many2many")
        ]

    def _convert(self, batch, item, target, field):
        """Return a value as ``create`` takes it.

        :raises Refused: the field cannot hold it
        """
        value = item.targets[target]
        if field.type == "one2many":
            return self._convert_rows(batch, item, target, field, value)
        return self._convert_one(batch, item, target, field, value)

    def _convert_one(self, batch, item, target, field, value):
        """Return the same of a value of the record, or of a row within it."""
        if field.type == "many2one":
            return self._convert_many2one(batch, item, target, field, value)
        if field.type == "many2many":
            return self._convert_many2many(batch, item, target, field, value)
        if as_reference(value):
            value = self._look_up(batch, item, target, value)
            if isinstance(value, tuple):
                value = self.env[value[0]].browse(value[1]).display_name
        if isinstance(value, list):
            value = ", ".join(
                self._as_text(self._look_up(batch, item, target, each))
                if as_reference(each)
                else self._as_text(each)
                for each in value
            )
        return self._check_value(batch, target, field, value)

    def _convert_many2one(self, batch, item, target, field, value):
        if isinstance(value, list) and len(value) > 1:
            return self._convert_several(batch, item, target, field, value)
        value = value[0] if isinstance(value, list) and value else value
        if value in (None, False, "", []):
            return False
        if isinstance(value, int):  # chosen by a person in the review
            return value
        if not as_reference(value):
            raise Refused("not_a_reference", target, value)
        found = self._look_up(batch, item, target, value)
        if not isinstance(found, tuple):
            return False
        if found[0] != field.comodel_name:
            other = self._for(found[0])._find_other(batch, found[1], field.comodel_name)
            if not other and not self._put_among_tags(batch, item, *found):
                self._report_wrong_model(batch, item, target, *found)
            return other
        return found[1]

    def _find_other(self, batch, res_id, model):
        """Return the record of another model that stands for one of ours, False if none.

        A product is sold as its variant.
        """
        return False

    def _put_among_tags(self, batch, item, model, res_id):
        """Make a tag of what another field was meant for; tell whether there are tags.

        A campaign that the migration brings as a tag is one of the deal that it drove.
        """
        field = batch.model._fields.get(TAGS.get(model))
        if field is None or field.comodel_name != model:
            return False
        item.tags.setdefault(field.name, []).append(res_id)
        return True

    def _add_tags(self, item):
        for name, ids in item.tags.items():
            for _kind, _id, there in item.vals.get(name) or ():
                ids = [*there, *ids]
            item.vals[name] = [fields.Command.set(list(dict.fromkeys(ids)))]

    def _convert_many2many(self, batch, item, target, field, value):
        ids = []
        for model, res_id in self._look_up_each(batch, item, target, value):
            if model == field.comodel_name:
                ids.append(res_id)
            else:
                self._report_wrong_model(batch, item, target, model, res_id)
        values = value if isinstance(value, list) else [value]
        options = self._get_options(batch, field)
        for each in values:
            if isinstance(each, str | int) and str(each).strip():
                if option := options.get(str(each).strip()):
                    ids.append(option)
                else:
                    self._leave_out(batch, item, target, str(each))
        return [fields.Command.set(list(dict.fromkeys(ids)))]

    def _get_options(self, batch, field):
        """Return key and label → id of the choices of a field made for the migration."""
        options = self.env[field.comodel_name]
        if "x_source_key" not in options._fields:
            return {}
        return batch.once(
            ("options", field.comodel_name),
            lambda: {
                text: option.id
                # All of a list that people read.
                for option in options.search([])  # pylint: disable=no-search-all
                for text in (option.x_name, option.x_source_key)
                if text
            },
        )

    def _report_wrong_model(self, batch, item, target, model, res_id):
        """Say that a record of another kind is meant, and keep its name in the notes."""
        name = self.env[model].browse(res_id).display_name
        self._keep_in_notes(batch, item, target, name)
        kind = self.env["ir.model"]._get(model).name
        item.report("wrong_model", field=target, value=name, model=kind)
