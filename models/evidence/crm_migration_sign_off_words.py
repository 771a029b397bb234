"""What has changed since it was signed, in the words of the screens."""

from odoo import models
from odoo.tools import format_datetime

from .sign_off_content import DRY_RUN, MAPPING, OWNERS, PHASE, VALUES, compare

SHOWN = 3
"""Changes that a sentence names."""


class CrmMigrationSignOffWords(models.AbstractModel):
    _name = "crm.migration.sign.off.words"
    _description = "Migration: Sign-Off Words"

    def _list_changes(self, job, kind, before, now):
        """Return ``[(what, before, now)]``, a row for each thing that differs."""
        told, known = [], self._get_known(job, kind)
        for identity, was, present in compare(before, now):
            what = self._say_what(job, kind, identity, known)
            if was is None or present is None:
                sides = [self._say_all(kind, identity, s) for s in (was, present)]
                told.append((what, *sides))
                continue
            differing = [
                name
                for name in sorted(was.keys() | present.keys())
                if was.get(name) != present.get(name)
            ]
            for name in differing:
                # Of another list is a record only where it is another one.
                if name != "model" or differing == ["model"]:
                    old, new = was.get(name), present.get(name)
                    label = self._label_member(kind, name)
                    sides = [
                        self._say_value(kind, identity, name, v) for v in (old, new)
                    ]
                    told.append((f"{what}: {label}" if label else what, *sides))
        return told

    def _say_all(self, kind, identity, members):
        if members is None:
            return self.env._("(not there)")
        words = [
            self._say_value(kind, identity, name, value)
            for name, value in members.items()
            if value and name not in ("model", "as", "steps")
        ]
        return ", ".join(words) or "–"

    def _get_known(self, job, kind):
        """Return what the migration knows of what is signed, by its identity there."""
        if kind == VALUES:
            return {(r.list, r.key, r.scope or ""): r for r in job.value_map_ids}
        if kind == OWNERS:
            return {owner.key: owner.display_name for owner in job.owner_ids}
        return {stream.name: stream.label for stream in job.stream_ids}

    def _say_what(self, job, kind, identity, known):
        """Return what a change is about: an object, a field, a value, an owner."""
        if kind == MAPPING:
            place, name, *rest = identity
            if place == "list":
                return self.env._("List %(name)s", name=name)
            label = known.get(name, name)
            if place == "stream":
                return label
            model = self.env["ir.model"]._get(rest[1]).name or rest[1]
            where = f"{label} → {model}"
            columns = ", ".join(rest[3:]) or self.env._("fixed value")
            return where if place == "object" else f"{where}, {columns}"
        if kind == VALUES:
            listed, key, within = identity
            row = known.get(tuple(identity)) or job.value_map_ids.browse()
            value = row.label or key
            value = f"{value}, {within}" if within else value
            return f"{row.list_label or listed}, “{value}”"
        if kind == OWNERS:
            if identity[1:]:
                return self._label_field(job, "owner_policy")
        return known.get(identity[0], identity[0])

    def _label_member(self, kind, name):
        if kind in (DRY_RUN, PHASE):
            return self._label_field(
                self.env["crm.migration.reconciliation"], f"{name}_count"
            )
        if kind == MAPPING:
            return {
                "selected": self.env._("Included"),
                "filter": self.env._("Filter"),
                "target": self.env._("Odoo Field"),
                "steps": self.env._("Conversion"),
                "state": self.env._("Decision"),
                "ignore_reason": self.env._("Why Left Out"),
                "label": self.env._("Label"),
                "field": self.env._("New Field"),
                "object_label": self.env._("Label"),
                "as": self.env._("List"),
            }.get(name, name)
        return {
            "decision": self.env._("Decision"),
            "choice": self.env._("Chosen Value"),
            "name": self.env._("Odoo Record"),
            "model": self.env._("List of Odoo"),
            "order": self.env._("Order"),
            "won": self.env._("Won Stage"),
            "login": self.env._("Odoo User"),
        }.get(name, "")

    def _label_field(self, record, name):
        return record._fields[name].get_description(self.env, ["string"])["string"]

    def _say_value(self, kind, identity, name, value):
        """Return one member in words."""
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return self.env._("Yes") if value else self.env._("No")
        choices = {
            (MAPPING, "state"): ("crm.migration.mapping.line", "state"),
            (VALUES, "decision"): ("crm.migration.value.map", "decision"),
            (OWNERS, "decision"): ("crm.migration.owner", "decision"),
            (OWNERS, "policy"): ("crm.migration.job", "owner_policy"),
        }.get((kind, name))
        if choices:
            field = self.env[choices[0]]._fields[choices[1]]
            return dict(field._description_selection(self.env)).get(value, value)
        if name == "target" and not value.startswith("@"):
            field = self.env["ir.model.fields"]._get(identity[3], value.split("/")[0])
            return field.field_description or value
        if kind == MAPPING and name == "steps":
            return " · ".join(" ".join(str(part) for part in step) for step in value)
        if name == "model":
            return self.env["ir.model"]._get(value).name or value
        if isinstance(value, dict):
            return ", ".join(str(part) for part in value.values() if part)
        return str(value)

    def _format_changes(self, changes):
        """Return the first changes in a line."""
        told = [f"{what}: {was} → {now}" for what, was, now in changes[:SHOWN]]
        if (more := len(changes) - SHOWN) > 0:
            told.append(self.env._("and %(count)s more", count=more))
        return "; ".join(told)

    def _format_who(self):
        """Return who signed an entry, and when."""
        self.ensure_one()
        return self.env._(
            "%(user)s on %(moment)s",
            user=self.user_id.sudo().name or self.user_login,
            moment=format_datetime(self.env, self.signed_at, dt_format="short"),
        )
