"""Messages that differ only in their text and their date are prepared as one.

The first of a kind goes the way of every record; who is like it takes over what came out.
"""

from urllib.parse import quote

from odoo import models
from odoo.tools import frozendict

from ...loading.batch import REF, Refused, as_reference
from ...loading.chatter_order import name_message

OWN_WORDS = ("body", "subject", "message_id")
OWN_DATES = ("date", "@created_at", "@updated_at")
OWN = frozenset({*OWN_WORDS, *OWN_DATES, "@thread"})
"""The targets by which messages of a kind differ."""

OWN_VALUES = frozenset(
    {*OWN_WORDS, "date", "create_date", "write_date", "model", "res_id"}
)

SHORT = 500
"""Up to so many characters no field is too short for a text, whatever its index."""


class CrmMigrationTargetMailMessageAlike(models.AbstractModel):
    _name = "crm.migration.target.mail.message.alike"
    _description = "Migration: Target Mail Message Alike"

    def _prepare_each(self, batch, items):
        """Take over from the first of a kind; whoever is special is prepared for itself."""
        ready, firsts = [], batch.once("firsts", dict)
        for item in items:
            kind = self._get_kind(item)
            first = firsts.get(kind) if kind else None
            if first and self._take_over(batch, item, *first):
                ready.append(item)
                continue
            prepared = super()._prepare_each(batch, [item])
            ready += prepared
            if kind and not first and prepared and self._says_nothing(item):
                shared = {k: v for k, v in item.vals.items() if k not in OWN_VALUES}
                firsts[kind] = frozendict(shared), item.origin[2:]
        return ready

    def _get_kind(self, item):
        """Return by what messages are alike, None for one that is like no other."""
        if item.unplaced or item.withheld or item.mapped:
            return None
        return repr([each for each in item.targets.items() if each[0] not in OWN])

    def _says_nothing(self, item):
        """Tell whether nothing was to be said of an item, nor to be done later."""
        left = (item.problems, item.deferred, item.notes, item.unmapped_values)
        return not any((*left, item.further, item.tags, item.filtered))

    def _take_over(self, batch, item, shared, people):
        """Fill in the values of an item; tell whether that is all there is to it."""
        threads = self._find_plain_threads(batch, item)
        moments = threads and self._read_moments(batch, item)
        words = moments and self._read_words(batch, item)
        if not words:
            return False
        date, created, changed = moments
        date = date or created or changed
        item.vals = {
            **shared,
            **words,
            "date": date,
            "create_date": created or date,
            "write_date": changed or created or date,
        }
        item.origin = (created, changed or created, *people)
        item.threads, item.home = threads, threads[0]
        item.vals["model"], item.vals["res_id"] = item.home
        return True

    def _find_plain_threads(self, batch, item):
        """Return the records it hangs on, None where that is not simply said."""
        known = batch.once("plain threads", dict)
        value, threads = item.targets.get("@thread"), []
        for each in value if isinstance(value, list) else [value]:
            if not isinstance(each, dict) or len(each) != 1:
                return None
            kind, key = as_reference(each) or (None, None)
            thread = kind == REF and len(key) == 2 and batch.links.get(key)
            if not thread:
                return None
            if thread not in known:
                known[thread] = self._is_plain_thread(*thread)
            if not known[thread]:
                return None
            threads.append(thread)
        return [*dict.fromkeys(threads)]

    def _is_plain_thread(self, model, _res_id):
        has_chatter = "message_ids" in self.env[model]._fields
        return has_chatter and not self._for(model)._hands_on

    def _read_moments(self, batch, item):
        """Return (date, created, changed), None where there is none, or what is none."""
        known, moments = batch.once("moments", dict), []
        for target in OWN_DATES:
            text = item.targets.get(target)
            if text is not None and not isinstance(text, str):
                return None
            if text not in known:
                known[text] = self._read_moment(text)
            if known[text] is False:
                return None
            moments.append(known[text])
        return moments if any(moments) else None

    def _read_moment(self, text):
        """Return an instant, None for nothing, False for what has to be looked at."""
        if text is None:
            return None
        try:
            return self._as_datetime("date", text) or False
        except Refused:
            return False

    def _read_words(self, batch, item):
        """Return the texts that are its own, None where one is none or is long."""
        words = {}
        for name in OWN_WORDS:
            if name not in item.targets:
                continue
            text = item.targets[name]
            if not isinstance(text, str) or (name != "body" and len(text) > SHORT):
                return None
            words[name] = text.replace("\x00", "")
        if "message_id" not in words:
            words["message_id"] = self._name_alike(batch, item)
        return words

    def _name_alike(self, batch, item):
        """Return the same as ``name_message``, whose beginning all of a batch share."""
        stream, source_id = item.key
        if not (source_id.isascii() and source_id.isalnum()):
            return name_message(batch, stream, source_id)
        around = batch.once(
            ("named", stream),
            lambda: name_message(batch, stream, "\x00").split(quote("\x00")),
        )
        return source_id.join(around)
