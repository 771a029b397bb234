"""Notes, e-mails and calls.

That they stand in the order of their dates is the doing of ``loading/chatter_order.py``.
"""

import base64
import binascii
import re

from markupsafe import Markup

from odoo import models

from ...loading.batch import Refused
from ...loading.row_images import DATES
from ...odoo.lane import Lane
from ...odoo.sanitize import sanitize_body

KINDS = {
    # kind: (message type, subtype, internal)
    "note": ("comment", "mail.mt_note", True),
    "call": ("comment", "mail.mt_note", True),
    "email": ("email", "mail.mt_comment", False),
    "comment": ("comment", "mail.mt_comment", False),
}


_PICTURE = re.compile(
    r"(src=[\"'])data:(image/[a-z0-9.+-]+);base64,([^\"']*)([\"'])", re.IGNORECASE
)


class CrmMigrationTargetMailMessage(models.AbstractModel):
    """Insert messages with SQL: they have no business logic, and there are most of them.

    The record they hang on is the first of ``@thread`` that was loaded; the others
    get one short note with a link.
    """

    _name = "crm.migration.target.mail.message"
    _description = "Migration Target: Messages"
    _inherit = [
        "crm.migration.target.mail.message.alike",
        "crm.migration.target.mail.message.people",
        "crm.migration.target.mail.message.addressed",
        "crm.migration.target.mail.message.verify.sql",
        "crm.migration.chatter.numbers",
        "crm.migration.lane.copy",
        "crm.migration.target",
    ]
    _model = "mail.message"
    _places = ("@thread", "@author", "@partners", "@addresses", "@subtype")
    _hangs_on, _hands_on = ("model", "res_id"), True
    _is_history = True
    # A thousand messages are nothing.
    _chunk, _kept_together = 2000, ()
    _own_life = frozenset({"model", "res_id", "attachment_ids"}) | frozenset(
        {"starred_partner_ids", "notified_partner_ids"}
    )

    # -- values ----------------------------------------------------------------

    def _note_field(self, batch):
        return "body"

    def _derive(self, batch, item):
        vals = item.vals
        kind = self._kind(batch, item)
        message_type, subtype, internal = KINDS[kind]
        created, changed, author, editor = self._origin(batch, item)
        date = vals.get("date") or created or changed or batch.env.cr.now()
        vals["date"] = date.replace(microsecond=0)
        if not (vals["date"] and (item.targets.get("date") or created or changed)):
            item.defaulted_fields |= {"date", "create_date", "write_date"}
        self._derive_author(batch, item, author)
        if kind == "email" and vals.get("author_id") in batch.once(
            "own", lambda: self._own_partners()
        ):
            message_type = "comment"  # one of us wrote it: it went out
        vals.setdefault("message_type", message_type)
        vals.setdefault("subtype_id", self._ref(batch, subtype))
        vals.setdefault("is_internal", internal)
        if kind == "call":
            call = self._ref(batch, "mail.mail_activity_data_call")
            vals.setdefault("mail_activity_type_id", call)
            self._derive_call(batch, item)
        self._derive_recipients(batch, item)
        item.threads = self._look_up_home(batch, item)
        item.home = item.threads[0] if item.threads else None
        vals.update(
            create_date=created or date,
            write_date=changed or created or date,
            create_uid=author or self.env.uid,
            write_uid=editor or author or self.env.uid,
        )

    def _kind(self, batch, item):
        value = self._get_word(batch, item, "@subtype") or "note"
        if value not in KINDS:
            self._leave_out(batch, item, "@subtype", value)
            return "note"
        return value

    def _ref(self, batch, xmlid):
        data = self.env["ir.model.data"]
        return batch.once(xmlid, lambda: data._xmlid_to_res_id(xmlid) or False)

    def _derive_call(self, batch, item):
        # None taken and one of no length are two things: 0 is a duration.
        if (hours := self._hours(batch, item)) is not None:
            # 20 seconds are no 0 minutes.
            minutes = f"{hours * 60:.2f}".rstrip("0").rstrip(".")
            text = self.env._("Duration: %(minutes)s min", minutes=minutes)
            item.notes.append(Markup("<p>%s</p>") % text)

    def _complete(self, batch, item):
        if not item.home:
            raise Refused("no_thread", "@thread")
        item.vals["model"], item.vals["res_id"] = item.home

    # -- writing ---------------------------------------------------------------

    def _create_records(self, batch, items):
        specs = []
        for item in items:
            spec = dict(item.vals)
            spec["body"] = self._clean_body(batch, item, spec)
            specs.append(spec)
        reserved = self._find_reserved(batch, items)
        ids = self._insert(batch, specs, [reserved.get(item) for item in items])
        batch.once("lane", lambda: Lane((self._model,))).note(self._model, ids)
        return ids

    def _clean_body(self, batch, item, spec):
        body = spec.get("body") or ""
        if "base64," in body:
            body = self._take_out_pictures(batch, item, spec, str(body))
        return sanitize_body(body)

    def _take_out_pictures(self, batch, item, spec, body):
        """Make attachments of pictures within the text; what is damaged is reported."""

        def replace(match):
            before, mimetype, data, quote = match.groups()
            try:
                raw = base64.b64decode(re.sub(r"\s", "", data), validate=True)
            except binascii.Error:
                item.report("broken_picture", field="body")
                return f"{before}{quote}"
            attachment = self.env["ir.attachment"].create(
                {
                    "name": f"image{len(item.extras.get('ir.attachment', []))}",
                    "raw": raw,
                    "mimetype": mimetype.lower(),
                    "res_model": spec["model"],
                    "res_id": spec["res_id"],
                }
            )
            token = attachment.generate_access_token()[0]
            item.add_extra("ir.attachment", attachment.id)
            spec["attachment_ids"] = [
                *(spec.get("attachment_ids") or ()),
                attachment.id,
            ]
            return f"{before}/web/image/{attachment.id}?access_token={token}{quote}"

        return _PICTURE.sub(replace, body)

    def _put_by_others(self, batch, res_id, name):
        """Files that have rows of their own, and pictures of the text, are there besides."""
        put = super()._put_by_others(batch, res_id, name)
        if name != "attachment_ids":
            return put
        return put | batch.once("files", lambda: self._list_files(batch)).get(
            res_id, set()
        )

    def _list_files(self, batch):
        """Return id of a message → ids of the files that came by another way."""
        files = {}
        for item in batch.items:
            extras = item.known_extras or item.row.get("extras") or {}
            files[item.res_id] = {*extras.get("ir.attachment", ())}
        self.env.cr.execute(
            "SELECT shown.message_id, shown.attachment_id"
            "  FROM message_attachment_rel AS shown"
            "  JOIN crm_migration_id_map AS map ON map.res_model = 'ir.attachment'"
            "   AND map.res_id = shown.attachment_id AND map.job_id = ANY(%s)"
            " WHERE shown.message_id = ANY(%s)",
            [batch.job._get_lineage().ids, [item.res_id for item in batch.items]],
        )
        for message_id, file_id in self.env.cr.fetchall():
            files.setdefault(message_id, set()).add(file_id)
        return files

    def _after_create(self, batch, items):
        self._tell_others(batch, items)

    def _update(self, batch, items):
        super()._update(batch, items)
        self._move_messages(batch, items)
        self._tell_new_others(batch, items)

    def _changed_by_source(self, batch, item, record):
        """What has no date any more was not written today.

        Who has an address by now need not have had it then.
        """
        changed = super()._changed_by_source(batch, item, record)
        undated = {"date"} & item.defaulted_fields if item.loaded else ()
        if item.is_own and not item.is_touched:
            people = ("author_id", "partner_ids")
            changed |= {name: item.vals[name] for name in people if name in item.vals}
        return {name: changed[name] for name in changed if name not in undated}

    def _title_of(self, batch, item):
        return item.vals.get("subject") or self.env._("A message")

    def _signature_of(self, batch, item):
        names = ("date", "author_id", "email_from", "reply_to", "create_uid")
        return {name: item.vals.get(name) for name in names}

    def _items_to_check(self, batch):
        items = super()._items_to_check(batch)
        # Whether somebody has worked on it is asked of each before all values are read.
        batch.model.browse([item.res_id for item in items]).fetch(["write_date"])
        return items

    def _values_to_check(self, batch, item):
        """Who changed it last, and when, counts until somebody works on it."""
        values = super()._values_to_check(batch, item)
        if values and not self._is_untouched(batch, item):
            values = {k: v for k, v in values.items() if k not in DATES}
        return values

    def _compare_more(self, batch, item, record):
        yield from super()._compare_more(batch, item, record)
        home = (record.model, record.res_id)
        # What was loaded later may come first by now: any of them is right.
        if item.home and home not in item.threads:
            yield "res_id", self._name_home(item.home), self._name_home(home)
        elif item.home:
            item.home = home
        yield from self._compare_others(batch, item)

    def _name_home(self, home):
        return f"{home[0]}, {home[1]}"

    def _keep_audit_columns(self, batch, items, created=True):
        """Dates and authors went in with the row; a message of before takes those of now.

        Where no date of creation is told any more it is the day of the message.
        """
        if created:
            return
        rows = []
        for item in items:
            _made, _changed, author, editor = self._origin(batch, item)
            dates = [
                None if name in item.defaulted_fields else item.vals.get(name)
                for name in ("create_date", "write_date")
            ]
            if any((*dates, author, editor)):
                rows.append((item.res_id, *dates, author, editor))
        self._write_audit_columns(batch.model, rows)

    def _link_target(self, batch, item, target):
        """Place files, recipients, an author or other parents that came later."""
        found = self._look_up_all(batch, item, target)
        message = batch.model.browse(item.res_id)
        partners = [res_id for model, res_id in found if model == "res.partner"]
        if target == "@files":
            files = [res_id for model, res_id in found if model == "ir.attachment"]
            self._relate("attachment_ids", [(message.id, file) for file in files])
        elif target == "@partners":
            self._relate("partner_ids", [(message.id, each) for each in partners])
        elif target == "@author" and partners and not message.author_id:
            message.author_id = partners[0]
        elif target == "@thread":
            item.home = (message.model, message.res_id)
            item.threads = found
            names = ("subject", "date", "email_from", "reply_to")
            item.vals = {
                **{name: message[name] for name in names},
                "author_id": message.author_id.id,
                "create_uid": message.create_uid.id,
            }
            self._tell_others(batch, [item])
            item.vals = {}
        message.invalidate_recordset(flush=False)

    def _move_messages(self, batch, items):
        """Hang messages where the source has them now, unless a person moved them.

        A message that was moved takes its files along.
        """
        moved = {}
        for item in items:
            present = self._present_homes(batch).get(item.res_id)
            if not item.threads or present in (None, *item.threads):
                continue
            then = item.loaded.threads if item.loaded else ()
            if present in then:
                moved[item] = present
            elif item.threads != then:
                item.home = present
                mine, theirs = (
                    self.env[model].browse(res_id).display_name
                    for model, res_id in (present, item.threads[0])
                )
                values = [*present], [*item.threads[0]]
                message = batch.model.browse(item.res_id)
                self._note_dispute(item, message, "@thread", values, ("", theirs, mine))
                both = self._format_both(mine, theirs)
                item.report("changed_by_both", field="@thread", value=mine, **both)
        if moved:
            self._write_homes(batch, moved)

    def _write_homes(self, batch, moved):
        """Write where messages hang by SQL, as they were written: nobody edited them."""
        notes = [self._note_id(batch, item, *item.home) for item in moved]
        rows = [(item.res_id, *item.home, *left) for item, left in moved.items()]
        columns = [*map(list, zip(*rows, strict=True))]
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE mail_message AS message SET model = new.model, res_id = new.res_id
              FROM unnest(%s, %s, %s) AS new (id, model, res_id)
             WHERE message.id = new.id
            """,
            columns[:3],
        )
        self.env.cr.execute(
            """
            UPDATE ir_attachment AS file SET res_model = new.model, res_id = new.res_id
              FROM unnest(%s, %s, %s, %s, %s)
                   AS new (message_id, model, res_id, left_model, left_id)
              JOIN message_attachment_rel AS shown ON shown.message_id = new.message_id
             WHERE file.id = shown.attachment_id AND file.res_model = new.left_model
               AND file.res_id = new.left_id
            """,
            columns,
        )
        # Where it hangs now, a note said that it hangs elsewhere.
        self.env["mail.message"].search([("message_id", "in", notes)]).unlink()
        batch.cache.pop("present homes", None)
        self.env.invalidate_all(flush=False)
