"""Where something goes that belongs to a record without a chatter of its own."""

from markupsafe import Markup

from odoo import models

from .batch import REF, Refused, as_reference, find_references


class CrmMigrationLoadingThreads(models.AbstractModel):
    """A comment on a note or on a to-do goes into the chatter where these hang."""

    _name = "crm.migration.loading.threads"
    _description = "Migration: Loading Threads"

    def _reserve_ids(self, run, mapping):
        """Give out the ids of a mapping's records before they are loaded, where needed.

        Only messages need it, which stand in the order of their ids. May be called again
        and again; a load whose ids are reserved waits for no other.

        :return: to how many records
        """
        return 0

    def _look_up_threads(self, batch, item):
        """Return (model, id) of the records with a chatter that ``@thread`` means."""
        return [
            (model, res_id)
            for model, res_id in self._look_up_bearers(batch, item)
            if "message_ids" in self.env[model]._fields
        ]

    def _look_up_bearers(self, batch, item):
        """Return (model, id) of what ``@thread`` means: of a note, what it hangs on.

        So a record that goes on as a note on another hands on all that hung on it.
        """
        found = [
            self._get_bearer(batch, model, res_id)
            for model, res_id in self._look_up_all(batch, item, "@thread")
        ]
        return [each for each in dict.fromkeys(found) if each[1]]

    def _look_up_home(self, batch, item):
        """Return the same; for what belongs to nothing the company's own contact.

        A comment on a to-do that hangs on no record goes there, too; of mails it is the
        contacts whose addresses they name. Only where the profile asks for it, by
        ``@unlinked``: mail of a mailbox that belongs to nobody is nobody's business.
        """
        threads = self._look_up_threads(batch, item)
        where = item.targets.get("@unlinked")
        alone = []
        if not threads and where == "company":
            # What stands alone has no chatter itself.
            alone = self._look_up_all(batch, item, "@thread")
        for model, res_id in alone:
            self._tell_alone(item, model, res_id)
        threads = self._with_present(batch, item, threads)
        if threads or where not in ("company", "addresses"):
            return threads
        named = any(True for _each in find_references(item.targets.get("@thread")))
        if named and not alone:
            return threads  # what it belongs to was not loaded: its message says so
        if where == "addresses":
            return self._look_up_addressed(batch, item)
        partner = batch.job.company_id.partner_id
        item.report("unlinked", "info", "@thread", partner.display_name)
        return [("res.partner", partner.id)]

    def _without_further_names(self, batch, item, target, references):
        """Yield the references but unclear names behind the record that it hangs on.

        With its deal, or its contact, it has its place: which of two companies of a name
        was meant beside it changes nothing, and the name is kept where there are notes.
        """
        has_home, keeps = False, target == "@thread" and self._has_notes(batch)
        for each in references:
            kind, key = as_reference(each)
            known = kind == REF and (key in batch.links or key in batch.later)
            has_home = has_home or (known and keeps)
            if has_home and kind == REF and not known and key in batch.unclear:
                self._keep_name(batch, item, target, key[1])
            else:
                yield each

    def _tell_alone(self, item, model, res_id):
        """Name in the text what it belongs to: no link leads there."""
        record = self.env[model].with_context(active_test=False).browse(res_id)
        text = self.env._("It belongs to: %(name)s", name=record.display_name)
        item.notes.append(Markup("<p>%s</p>") % text)

    def _look_up_addressed(self, batch, item):
        """Return (model, id) of the contacts who wrote it, or to whom it went."""
        return []

    def _get_bearer(self, batch, model, res_id):
        """Return what a record hangs on, itself where it stands alone."""
        target = batch.once(("target", model), lambda: self._for(model))
        if not target._hands_on:
            return model, res_id
        # All of the batch in one query: the first that is read fetches the others.
        ids = {found for name, found in batch.links.values() if name == model}
        records = self.env[model].with_context(active_test=False).browse(ids | {res_id})
        record = records.browse(res_id).with_prefetch(records.ids)
        model_field, id_field = target._hangs_on
        return record[model_field], record[id_field]

    def _is_filtered_with(self, batch, item):
        """Tell whether all that an item belongs to is left out by a filter."""
        keys = {key for _kind, key in find_references(item.targets.get("@thread"))}
        return bool(keys & batch.left_out) and not keys & batch.links.keys()

    def _go_with_filtered(self, batch, item, place):
        """Leave out what belongs to left out records alone, unless it has another place.

        :raises Refused: it is left out as well
        """
        if not place and self._is_filtered_with(batch, item):
            raise Refused("no_thread", "@thread")

    def _thread_values(self, batch, item):
        """Return the fields that say what the record belongs to, {} where it may not."""
        return {}
