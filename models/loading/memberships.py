"""Rows that are no record of their own: they put one that is there onto another.

``@onto`` names the record that bears it, a many2many field what it bears: who is on a
list, where lists are tags. Nothing is created but the relation, and no trace of it is
left on the bearer: it is not work that somebody did.
"""

from markupsafe import Markup, escape

from odoo import models
from odoo.tools import SQL, email_normalize

from ..mapping.companies import get_company_domain
from ..odoo.sanitize import sanitize_body
from .batch import Refused
from .chatter_order import name_message

ONTO = "@onto"


class CrmMigrationLoadingMemberships(models.AbstractModel):
    _name = "crm.migration.loading.memberships"
    _description = "Migration: Loading Memberships"

    def _put_onto(self, batch, items):
        """Relate what the rows say, and take away what they do not say any more."""
        wanted = {item: self._get_entries(batch, item, item) for item in items}
        then = {
            item: self._get_entries(batch, item.loaded, item) if item.loaded else set()
            for item in items
        }
        added = self._relate_new(batch, wanted)
        removed = self._unrelate(batch, {i: then[i] - wanted[i] for i in items})
        changes = []
        for item in items:
            for sign, pairs in ((1, added[item]), (-1, removed[item])):
                for name, entry in sorted(pairs):
                    sides = ({name: []}, {name: [entry]})
                    changes.append((item.res_id, *sides[::sign]))
            is_new = not item.mapped
            if added[item] or removed[item] or item.rollback_action == "restore":
                item.rollback_action = "restore"
            elif is_new:
                item.rollback_action = "keep"
            item.outcome = "merged" if is_new else "updated"
        self._note_more(batch, items)
        self._write_links(batch, items)
        self._write_journal(batch, changes)

    def _get_entries(self, batch, row, item):
        """Return (field, id) of what is put onto the record, and find that one.

        :param row: the item, or what was loaded for it
        :raises Refused: the record that should bear it was not loaded
        """
        bearers = self._look_up_each(batch, row, ONTO, row.targets.get(ONTO))
        bearers = [self._get_bearer(batch, *each) for each in bearers]
        ids = [res_id for model, res_id in bearers if model == batch.model_name]
        if not ids and ONTO not in item.deferred:
            ids = self._find_by_address(batch, row)
        if row is item:
            if not ids:
                later = ONTO in item.deferred
                raise Refused("reference_later" if later else "not_onto", ONTO)
            if item.mapped and item.res_id != ids[0]:
                raise Refused("became_another", ONTO, model=batch.model._description)
            item.res_id = ids[0]
        self._prepare(batch, row)
        return {
            (name, entry)
            for name, commands in row.vals.items()
            if name in row.targets and batch.model._fields[name].type == "many2many"
            for _kind, _id, entries in commands
            for entry in entries
            if not self._has_left(row)
        }

    def _find_by_address(self, batch, row):
        """Return whom Odoo has at the address, where the source knows no more of them."""
        known = batch.once("at address", lambda: self._fetch_by_address(batch))
        emails = [party.get("email") for party in row.targets.get("@addresses") or ()]
        found = (known.get(email_normalize(email or "")) for email in emails)
        return [res_id for res_id in found if res_id][:1]

    def _fetch_by_address(self, batch):
        emails = {
            address
            for item in batch.items
            for party in item.targets.get("@addresses") or ()
            if (address := email_normalize(party.get("email") or ""))
        }
        if not emails or "email_normalized" not in batch.model._fields:
            return {}
        batch.model.flush_model(["email_normalized"])
        rows = self.env.execute_query(
            SQL(
                "SELECT email_normalized, array_agg(id ORDER BY id) FROM %s"
                " WHERE email_normalized = ANY(%s) AND active GROUP BY 1",
                SQL.identifier(batch.model._table),
                list(emails),
            )
        )
        # Who is another company's is none of ours, whatever their address.
        ids = [each for _email, found in rows for each in found]
        domain = get_company_domain(batch.model, batch.job.company_id)
        ours = set(batch.model.browse(ids).filtered_domain(domain).ids)
        return {
            email: there[0]
            for email, found in rows
            if (there := [each for each in found if each in ours])
        }

    def _has_left(self, row):
        """Tell whether somebody has left the list: then the row keeps the day alone."""
        return bool(row.targets.get("@opt_out") or row.targets.get("@opt_out_at"))

    # -- relations -------------------------------------------------------------

    def _relate_new(self, batch, wanted):
        """Return item → (field, id) of what was not there; of equal rows the first."""
        return self._change(
            batch,
            wanted,
            "INSERT INTO %(table)s (%(own)s, %(other)s)"
            " SELECT * FROM unnest(%(ids)s, %(entries)s)"
            " ON CONFLICT DO NOTHING RETURNING %(own)s, %(other)s",
        )

    def _unrelate(self, batch, unwanted):
        """Return item → (field, id) of what is not there any more."""
        return self._change(
            batch,
            unwanted,
            "DELETE FROM %(table)s AS there"
            " USING unnest(%(ids)s, %(entries)s) AS gone (own, other)"
            " WHERE there.%(own)s = gone.own AND there.%(other)s = gone.other"
            " RETURNING there.%(own)s, there.%(other)s",
        )

    def _change(self, batch, pairs, statement):
        rows = {}
        for item, entries in pairs.items():
            for name, entry in entries:
                rows.setdefault(name, {}).setdefault((item.res_id, entry), item)
        changed = {item: set() for item in pairs}
        for name, items in rows.items():
            field = batch.model._fields[name]
            batch.model.flush_model([name])
            ids, entries = map(list, zip(*items, strict=True))
            found = self.env.execute_query(
                SQL(
                    statement,
                    table=SQL.identifier(field.relation),
                    own=SQL.identifier(field.column1),
                    other=SQL.identifier(field.column2),
                    ids=ids,
                    entries=entries,
                )
            )
            for pair in found:
                changed[items[pair]].add((name, pair[1]))
            batch.model.browse(ids).invalidate_recordset([name], flush=False)
            self.env[field.comodel_name].invalidate_model(flush=False)
        return changed

    # -- what a relation cannot say ----------------------------------------------

    def _note_more(self, batch, items):
        """Say in the chatter who has left, when, and what else the row tells."""
        specs = {}
        for item in items:
            name = name_message(batch, *item.key, "membership")
            if body := self._format_more(batch, item):
                specs[item] = {**self._get_note(batch, item), "message_id": name}
                specs[item]["body"] = sanitize_body(body)
        names = [[each["message_id"] for each in specs.values()]]
        self.env.cr.execute(
            "SELECT message_id FROM mail_message WHERE message_id = ANY(%s)", names
        )
        told = {name for (name,) in self.env.cr.fetchall()}
        new = [item for item in specs if specs[item]["message_id"] not in told]
        messages = self.env["crm.migration.target.mail.message"]
        ids = messages._insert(batch, [specs[item] for item in new]) if new else ()
        for item, message_id in zip(new, ids, strict=True):
            item.add_extra("mail.message", message_id)

    def _format_more(self, batch, item):
        more = Markup("").join(self._write_leftovers(item))
        if not self._has_left(item):
            return more and Markup("<p>%s</p>%s") % (self._name_list(batch, item), more)
        name = escape(self._name_list(batch, item))
        moment = self._moment(batch, item, "@opt_out_at")
        if moment:
            day = str(moment.date())
            text = self.env._("Left %(list)s on %(day)s", list=name, day=day)
        else:
            text = self.env._("Has left %(list)s", list=name)
        return Markup("<p>%s</p>") % Markup(text) + more

    def _name_list(self, batch, item):
        """Return the names of what the row puts onto its record."""
        names = []
        for name, commands in item.vals.items():
            field = batch.model._fields[name]
            if name in item.targets and field.type == "many2many":
                for _kind, _id, entries in commands:
                    names += self.env[field.comodel_name].browse(entries).mapped("name")
        return ", ".join(names)

    def _get_note(self, batch, item):
        left = self._moment(batch, item, "@opt_out_at")
        author = self.env.user.partner_id
        return {
            "model": batch.model_name,
            "res_id": item.res_id,
            "message_type": "comment",
            "subtype_id": batch.once("note", lambda: self._id_of("mail.mt_note")),
            "is_internal": True,
            "date": (left or batch.env.cr.now()).replace(microsecond=0),
            "author_id": author.id,
            "email_from": author.email_formatted or author.name,
            "create_uid": self.env.uid,
        }

    # -- verification and update ---------------------------------------------------

    def _compare_onto(self, batch, item, record):
        """Yield (field, expected, found) of each relation that a row has made."""
        if ONTO not in item.targets:
            return
        for name, entry in sorted(self._get_entries(batch, item, item)):
            there = record[name].filtered(lambda each, entry=entry: each.id == entry)
            wanted = there or self.env[there._name].browse(entry)
            yield name, wanted.display_name, there.display_name

    def _without_put(self, batch, item, record, name, expected, found):
        """Return what is found in a list, but for what other rows have put there."""
        if record._fields[name].type != "many2many" or found == expected:
            return found
        put = self._put_by_others(batch, item.res_id, name)
        return [each for each in found if each in (expected or ()) or each not in put]

    def _put_by_others(self, batch, res_id, name):
        """Return the ids that other rows have put onto a record, as the journal has it."""
        put = batch.once("put onto", lambda: self._fetch_put(batch))
        return put.get((res_id, name), set())

    def _fetch_put(self, batch):
        rows = self.env["crm.migration.journal"].search_fetch(
            [
                # What an earlier migration put there, this one found there.
                ("job_id", "in", batch.job._get_lineage().ids),
                ("res_model", "=", batch.model_name),
                ("res_id", "in", [item.res_id for item in batch.items if item.res_id]),
                ("is_undone", "=", False),
            ],
            ["res_id", "before", "after"],
            order="id",
        )
        put = {}
        for row in rows:
            for name, after in (row.after or {}).items():
                if isinstance(after, list):
                    before = (row.before or {}).get(name) or []
                    ids = put.setdefault((row.res_id, name), set())
                    ids |= set(after) - set(before)
                    ids -= set(before) - set(after)
        return put
