"""Lists that exist once in Odoo (tags, stages, reasons…): found by name, else created."""

import unicodedata

from odoo import api, models
from odoo.fields import Domain

from .batch import Refused


def fold_name(text):
    """Return a name as it is compared: without case, accents and extra blanks.

    Accents are taken off here because the ``unaccent`` extension need not be there.
    """
    decomposed = unicodedata.normalize("NFKD", text or "")
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    return " ".join(plain.casefold().split())


class CrmMigrationLoaderCatalog(models.AbstractModel):
    """Use the entry that has the name already; create what is really missing.

    An entry that was there before belongs to the company: it is neither changed nor
    taken away by a rollback.
    """

    _name = "crm.migration.loader.catalog"
    _description = "Migration Loader: Catalogs"
    _inherit = ["crm.migration.loader"]
    _name_field = "name"

    def _create_wave(self, batch, items):
        ready = self._prepare_each(batch, items)
        known = batch.once("known", lambda: self._known_entries(batch))
        found, new, twins = [], {}, []
        for item in ready:
            key = self._entry_key(batch, item.vals)
            if key in known:
                item.res_id, item.outcome = known[key], "matched"
                item.rollback_action = "keep"
                found.append(item)
            elif key in new:
                twins.append((item, new[key]))
            else:
                new[key] = item
        self._write_links(batch, found)
        for item in found:
            batch.remember(item)
        self._attempt(batch, list(new.values()), self._create_together)
        self._link_twins(batch, twins)
        known.update({key: item.res_id for key, item in new.items() if item.res_id})

    def _link_twins(self, batch, twins):
        """Let names that differ only in case or accents share one entry."""
        shared = []
        for item, first in twins:
            if first.outcome != "created":
                item.refuse(Refused("refused", self._name_field, reason=first.failure))
                continue
            item.res_id, item.outcome = first.res_id, "matched"
            item.rollback_action = "keep"
            shared.append(item)
            batch.remember(item)
        self._write_links(batch, shared)

    def _known_entries(self, batch):
        """Return key → id of the entries there are, in every language they have."""
        model = batch.model.with_context(active_test=False)
        entries = {}
        for lang, _label in self.env["res.lang"].get_installed():
            localized = model.with_context(lang=lang)
            # The oldest entry of a name wins; active ones before archived ones.
            for record in localized.search(self._entry_domain(batch), order="id"):
                key = self._record_key(record)
                if key not in entries or self._is_better(record, entries[key]):
                    entries[key] = record
        return {key: record.id for key, record in entries.items()}

    def _is_better(self, record, other):
        if "active" not in record._fields:
            return False
        return record.active and not other.active

    def _entry_domain(self, batch):
        if "company_id" in batch.model._fields:
            return Domain("company_id", "in", [False, batch.job.company_id.id])
        return Domain.TRUE

    def _entry_key(self, batch, vals):
        return (fold_name(vals.get(self._name_field)),)

    def _record_key(self, record):
        return (fold_name(record[self._name_field]),)

    @api.model
    def _find_or_create(self, job, model_name, labels):
        """Return label → id; for value maps that say *create*.

        :return: also the ids that were created
        """
        loader = self._for(model_name)._quietly(job)
        model = loader.env[model_name].with_context(active_test=False)
        field = getattr(loader, "_name_field", model._rec_name or "name")
        known = {}
        # All of a list that people read; pylint: disable-next=no-search-all
        for record in model.search([], order="id"):
            known.setdefault(fold_name(record[field]), record.id)
        created = []
        for label in labels:
            if fold_name(label) not in known:
                record = model.create({field: label, **loader._entry_defaults(job)})
                known[fold_name(label)] = record.id
                created.append(record.id)
        loader.env.flush_all()
        return {label: known[fold_name(label)] for label in labels}, created

    def _entry_defaults(self, job):
        return {}

    def _complete(self, batch, item):
        for name, value in self._entry_defaults(batch.job).items():
            item.vals.setdefault(name, value)


class CrmMigrationLoaderResPartnerCategory(models.AbstractModel):
    _name = "crm.migration.loader.res.partner.category"
    _description = "Migration Loader: Contact Tags"
    _inherit = ["crm.migration.loader.catalog"]

    def _entry_key(self, batch, vals):
        return (fold_name(vals.get("name")), vals.get("parent_id") or False)

    def _record_key(self, record):
        return (fold_name(record.name), record.parent_id.id)


class CrmMigrationLoaderResPartnerIndustry(models.AbstractModel):
    _name = "crm.migration.loader.res.partner.industry"
    _description = "Migration Loader: Industries"
    _inherit = ["crm.migration.loader.catalog"]


class CrmMigrationLoaderCrmTag(models.AbstractModel):
    _name = "crm.migration.loader.crm.tag"
    _description = "Migration Loader: Deal Tags"
    _inherit = ["crm.migration.loader.catalog"]


class CrmMigrationLoaderCrmLostReason(models.AbstractModel):
    _name = "crm.migration.loader.crm.lost.reason"
    _description = "Migration Loader: Lost Reasons"
    _inherit = ["crm.migration.loader.catalog"]


class CrmMigrationLoaderUtmSource(models.AbstractModel):
    _name = "crm.migration.loader.utm.source"
    _description = "Migration Loader: Sources"
    _inherit = ["crm.migration.loader.catalog"]


class CrmMigrationLoaderUtmMedium(models.AbstractModel):
    _name = "crm.migration.loader.utm.medium"
    _description = "Migration Loader: Media"
    _inherit = ["crm.migration.loader.catalog"]


class CrmMigrationLoaderUtmCampaign(models.AbstractModel):
    _name = "crm.migration.loader.utm.campaign"
    _description = "Migration Loader: Campaigns"
    _inherit = ["crm.migration.loader.catalog"]
    _name_field = "title"

    def _derive(self, batch, item):
        if not item.vals.get("title") and item.vals.get("name"):
            item.vals["title"] = item.vals["name"]

    def _entry_defaults(self, job):
        """A campaign needs a responsible user; whoever loads it is not the one."""
        return {"user_id": self.env.uid}

    def _complete(self, batch, item):
        if not item.vals.get("user_id"):
            item.vals["user_id"] = self.env.uid


class CrmMigrationLoaderMailActivityType(models.AbstractModel):
    _name = "crm.migration.loader.mail.activity.type"
    _description = "Migration Loader: Activity Types"
    _inherit = ["crm.migration.loader.catalog"]
