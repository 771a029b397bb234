"""Lists that exist once in Odoo (tags, stages, reasons…): found by name, else created."""

import unicodedata

from odoo import api, models

from ..loading.batch import Refused
from ..mapping.companies import get_company_domain

COUNTRY = "crm_migration_country_id"
"""In the context: the country in which states are created."""


ARCHIVED = "@archived.%s"
"""The value list in which entries of a model wait that Odoo has, but archived."""


def fold_name(text):
    """Return a name as it is compared: without case, accents and extra blanks.

    Accents are taken off here because the ``unaccent`` extension need not be there.
    """
    decomposed = unicodedata.normalize("NFKD", text or "")
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    return " ".join(plain.casefold().split())


class CrmMigrationTargetLookupList(models.AbstractModel):
    """Use the entry that has the name already; create what is really missing.

    An entry that was there before belongs to the company: it is neither changed nor
    taken away by a rollback.
    """

    _name = "crm.migration.target.lookup.list"
    _archivable = False
    _description = "Migration Target: Catalogs"
    _inherit = ["crm.migration.target"]
    _name_field = "name"

    def _create_wave(self, batch, items):
        ready = self._prepare_each(batch, items)
        known = batch.once("known", lambda: self._known_entries(batch.model, batch.job))
        found, new, same_name = [], {}, []
        for item in ready:
            key = self._entry_key(item.vals)
            entries = self._find_entries(known, key)
            if len(entries) > 1:
                item.refuse(self._as_unclear(batch, item, entries))
            elif there := self._choose_entry(batch, item, known, key):
                item.res_id, item.outcome = there, "matched"
                item.rollback_action = "keep"
                found.append(item)
            elif key in new:
                same_name.append((item, new[key]))
            else:
                new[key] = item
        self._write_links(batch, found)
        for item in found:
            batch.remember(item)
        self._attempt(batch, list(new.values()), self._create_together)
        self._link_same_name(batch, same_name)
        for key, item in new.items():
            if item.res_id:
                known[key] = {item.res_id: True}

    def _as_unclear(self, batch, item, ids):
        """Refuse what would be a guess: several entries have the name."""
        name = self._as_text(item.vals.get(self._name_field))
        names = ", ".join(f"{name} ({res_id})" for res_id in ids)
        return Refused(
            "entry_unclear", self._name_field, name, count=len(ids), names=names
        )

    def _choose_entry(self, batch, item, known, key):
        """Return the entry of this name; an archived one only if somebody chose it."""
        if active := self._find_entries(known, key):
            return active[0]
        archived = self._find_entries(known, key, archived=True)
        if not archived:
            return None
        if item.vals.get("active") is False:
            return archived[0]  # the source does not use it any more, either
        chosen = batch.once("archived", lambda: self._chosen_archived(batch))
        if res_id := chosen.get(key[0]):
            return res_id
        item.report(
            "entry_archived",
            field=self._name_field,
            value=self._as_text(item.vals.get(self._name_field)),
        )
        return None

    def _chosen_archived(self, batch):
        """Return folded name → id of archived entries that are used as they are."""
        rows = self.env["crm.migration.value.map"].search(
            [
                ("job_id", "=", batch.job.id),
                ("list", "=", ARCHIVED % batch.model_name),
                ("decision", "=", "map"),
            ]
        )
        return {fold_name(row.key): row.target_ref.id for row in rows if row.target_ref}

    def _link_same_name(self, batch, same_name):
        """Let names that differ only in case or accents share one entry."""
        shared = []
        for item, first in same_name:
            if first.outcome != "created":
                item.refuse(
                    Refused("refused", self._name_field, reason=self._why(first))
                )
                continue
            item.res_id, item.outcome = first.res_id, "matched"
            item.rollback_action = "keep"
            shared.append(item)
            batch.remember(item)
        self._write_links(batch, shared)

    def _update(self, batch, items):
        """Follow the source with what was created for it; what was there stays."""
        own = [item for item in items if item.rollback_action == "delete"]
        super()._update(batch, own)
        others = [item for item in items if item.rollback_action != "delete"]
        for item in others:
            self._prepare(batch, item)
            item.outcome = "unchanged"
            name = self._as_text(item.targets.get(self._name_field))
            then = item.loaded and item.loaded.targets.get(self._name_field)
            if fold_name(name) != fold_name(self._as_text(then)):
                item.report("entry_kept", "info", self._name_field, name)
        self._write_links(batch, others)

    # -- what is there ---------------------------------------------------------

    def _known_entries(self, model, job):
        """Return key → {id: is it active} of the entries, in every language they have."""
        model = model.with_context(active_test=False)
        entries = {}
        for lang, _label in self.env["res.lang"].get_installed():
            localized = model.with_context(lang=lang)
            for record in localized.search(self._entry_domain(model, job), order="id"):
                name = record._active_name
                is_active = not name or record[name]
                for key in self._record_keys(record):
                    entries.setdefault(key, {})[record.id] = is_active
        return entries

    @api.model
    def _only_archived(self, job, model_name, names):
        """Return those of the names that Odoo has archived, and not active as well."""
        if not names:
            return []
        loader = self._without_side_effects(job)
        known = loader._known_entries(loader.env[model_name], job)
        states = {}
        for key, entries in known.items():
            states.setdefault(key[0], set()).update(entries.values())
        return [
            name for name in sorted(names) if states.get(fold_name(name)) == {False}
        ]

    def _entry_domain(self, model, job):
        return get_company_domain(model, job.company_id)

    def _find_entries(self, known, key, archived=False):
        """Return the ids of the active entries of a name, or of the archived ones."""
        entries = known.get(key, {})
        return [res_id for res_id, active in entries.items() if active != archived]

    def _entry_key(self, vals):
        return (fold_name(vals.get(self._name_field)),)

    def _record_keys(self, record):
        return [(fold_name(record[self._name_field]),)]

    @api.model
    def _find_or_create(self, job, model_name, labels):
        """Return label → id; for value maps that say *create*.

        What is archived, or stands for several, is not what was meant to be created.

        :return: also the ids that were created
        """
        special = self._for(model_name)
        loader = special if hasattr(special, "_find_entries") else self
        quiet = loader._without_side_effects(job)
        if country := self.env.context.get(COUNTRY):
            quiet = quiet.with_context(**{COUNTRY: country})
        return quiet._find_or_create_here(job, model_name, labels)

    def _find_or_create_here(self, job, model_name, labels):
        model = self.env[model_name]
        known, found, created = self._known_entries(model, job), {}, []
        for label in labels:
            vals = {**self._entry_defaults(job), self._name_field: label}
            key = self._entry_key({**vals, **self._label_scope(job)})
            there = self._find_entries(known, key)
            if len(there) != 1:
                there = [model.create(self._before_create(vals)).id]
                known[self._entry_key(vals)] = {there[0]: True}
                created.append(there[0])
            found[label] = there[0]
        self.env.flush_all()
        return found, created

    def _before_create(self, vals):
        """Return the values of a new entry, completed where its model wants more."""
        return vals

    def _label_scope(self, job):
        """Return values that narrow down where a label is looked for."""
        return {}

    def _entry_defaults(self, job):
        return {}

    def _complete(self, batch, item):
        for name, value in self._entry_defaults(batch.job).items():
            item.vals.setdefault(name, value)
