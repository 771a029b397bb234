"""Several records where Odoo has one link: the first that is found is the link.

The others are kept where people find them, as a line of the notes with a link to each. A
mapping says so by giving a list; where the others only stand in for the first, it gives
the first alone (``connectors/mapping/steps.py``: ``one_link``).
"""

import re
from html import unescape

from markupsafe import Markup

from odoo import models

from ..words.note_text import join_markup, text_from_html
from .batch import MAP, OWNER, REF, as_reference

_LINK = re.compile(r'data-oe-model="[^"]*" data-oe-id="\d+"')


_APART = re.compile(r"[\W_]+")


class CrmMigrationLoadingFurtherLinks(models.AbstractModel):
    _name = "crm.migration.loading.further.links"
    _description = "Migration: Loading Further Links"

    def _convert_several(self, batch, item, target, field, values):
        """Return the id of the first record that is found; keep the others in the notes."""
        link, others = None, []
        for value in self._without_other_names(batch, values):
            found = self._look_up_one(batch, item, target, value, link)
            if not isinstance(found, tuple):
                continue
            if found[0] != field.comodel_name:
                self._report_wrong_model(batch, item, target, *found)
            elif link is None:
                link = found
            elif found not in others and found != link:
                others.append(found)
        for other in others:
            if not self._is_told_by(batch, link, other):
                self._keep_link(batch, item, target, *other)
        return link[1] if link else False

    def _look_up_one(self, batch, item, target, value, link):
        """Return (model, id) of one of several; None where it is not there, which is told.

        Behind a link that was found, a name that stands in another field as well says
        nothing more.
        """
        if isinstance(value, int) and not isinstance(value, bool):
            return batch.model._fields[
                self._field_name(batch, target)
            ].comodel_name, value
        kind, key = as_reference(value) or (None, None)
        if kind is None:
            self._leave_out(batch, item, target, value)
            return None
        unknown = kind == REF and key not in batch.links and key not in batch.later
        if not link or not unknown or len(key) < 3:
            return self._look_up(batch, item, target, value)
        if key[1] not in self._get_texts(item):
            item.unmapped_values.append([self._label_further(batch, target), key[1]])
            if key in batch.unclear:
                code, count = "further_unclear", len(batch.unclear[key])
                item.report(code, "info", target, key[1], stream=key[0], count=count)
            else:
                item.report("further_missing", "info", target, key[1], stream=key[0])
        return None

    def _without_other_names(self, batch, values):
        """Return the references, of each object only those by one of its members.

        An id, an e-mail address and a name beside each other mean the same person: the
        first by which somebody is found counts.
        """
        keyed = [(value, as_reference(value) or (None, None)) for value in values]
        members = {}
        for _value, (kind, key) in keyed:
            if kind == REF and key in batch.links:
                members.setdefault(key[0], key[2] if len(key) > 2 else "")
        return [
            value
            for value, (kind, key) in keyed
            if kind != REF
            or members.setdefault(key[0], key[2] if len(key) > 2 else "")
            == (key[2] if len(key) > 2 else "")
        ]

    def _get_texts(self, item):
        values = (*item.targets.values(), *(item.row.get("said") or {}).values())
        return {value for value in values if isinstance(value, str)}

    def _is_told_by(self, batch, link, other):
        """Tell whether the link says it already: a person's company stands beside it."""
        if link[0] != "res.partner" or other[0] != "res.partner":
            return False
        partner = self._browse_linked(batch, *link)
        if partner.is_company:
            # Companies find their parents later: what is told must not hang on when.
            return False
        return other[1] in (partner.parent_id.id, partner.commercial_partner_id.id)

    def _browse_linked(self, batch, model, res_id):
        """Return a record that is read together with all others of the batch's links."""
        ids = batch.once(
            ("linked", model),
            lambda: [found for name, found in batch.links.values() if name == model],
        )
        return self.env[model].browse(res_id).with_prefetch([*ids, res_id])

    def _label_further(self, batch, target):
        return self.env._("Further %(field)s", field=self._label(batch, target))

    def _keep_link(self, batch, item, target, model, res_id):
        """Add a line with a link to a record; without notes a message names it."""
        name = self._browse_linked(batch, model, res_id).display_name
        if not self._has_notes(batch):
            item.report("value_unplaced", field=target, value=name)
            return
        item.further.append(
            Markup(
                '<p><b>%s</b>: <a href="/odoo/%s/%s" data-oe-model="%s" data-oe-id="%s">'
                "%s</a></p>"
            )
            % (self._label_further(batch, target), model, res_id, model, res_id, name)
        )

    def _add_further(self, batch, item, record):
        """Add what came to light later to the notes of a record that is there."""
        name = self._note_field(batch)
        pieces = [*self._write_leftovers(item), *item.further]
        if not pieces:
            return
        item.keeps_notes = bool(name) and item.rollback_action == "delete"
        if not item.keeps_notes:
            return
        written = str(record[name] or "")
        if batch.model._fields[name].type == "html":
            # An apostrophe may be written in two ways.
            there = unescape(written)
            new = [p for p in pieces if unescape(self._sign_of(p)) not in there]
            text = join_markup([Markup(written), *new])
        else:
            lines = map(text_from_html, pieces)
            new = [line for line in lines if line not in written]
            text = "\n".join(filter(None, [written, *new]))
        if new:
            item.vals[name] = text

    def _sign_of(self, piece):
        """Return by what a line is known again: its link, else its words."""
        found = _LINK.search(piece)
        return found[0] if found else piece.removeprefix("<p>").removesuffix("</p>")

    # -- names beside ids ------------------------------------------------------

    def _keep_other_names(self, batch, item):
        """Keep a name that stands beside an id, where the record is called otherwise.

        Of a record that only comes later it is not known yet: linking looks again.
        """
        if not item.references:
            return
        texts = None
        for target, value in item.targets.items():
            if value.__class__ is str or target in item.deferred:
                continue
            for each in value if isinstance(value, list) else [value]:
                if not isinstance(each, dict) or "named" not in each:
                    continue
                texts = self._get_texts(item) if texts is None else texts
                for label, text in each["named"]:
                    if text not in texts and not self._bears_name(batch, value, text):
                        item.unmapped_values.append([label, text])

    def _bears_name(self, batch, value, text):
        """Tell whether a text says nothing but what the records of a link are called."""
        rest = f" {_fold(text)} "
        for each in value if isinstance(value, list) else [value]:
            kind, key = as_reference(each) or (None, None)
            link = batch.links.get(key) if kind not in (MAP, OWNER) else None
            if not link:
                continue
            record = self._browse_linked(batch, *link)
            for name in ("display_name", "name", "email", "email_from"):
                if name in record._fields and record[name]:
                    rest = rest.replace(f" {_fold(record[name])} ", " ")
        return not rest.strip()


def _fold(text):
    return " ".join(_APART.split(text.casefold())).strip()
