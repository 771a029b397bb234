"""Files, byte for byte, on the record they belong to."""

import hashlib
import html

from odoo import models

from ..loading.batch import Refused
from ..loading.foresight import Foresight
from ..safety.context import DRY_RUN

MIB = 1024 * 1024


MAX_BATCH = 32 * MIB
"""Bytes held in memory before they are written."""


class CrmMigrationTargetIrAttachment(models.AbstractModel):
    """Store what the source has: no picture is scaled, no type is changed.

    Identical bytes are stored once by Odoo's file store. A file that is missing,
    incomplete or too large for the policy fails with a row that says so.
    """

    _name = "crm.migration.target.ir.attachment"
    _description = "Migration Target: Files"
    _inherit = ["crm.migration.target"]
    _model = "ir.attachment"
    _kept_together = ()
    _places = ("@thread",)
    _hangs_on = ("res_model", "res_id")
    _is_file = True
    # One file may be many megabytes.
    _chunk = 25
    # Of the bytes; these are read again one file at a time.
    _own_life = frozenset(
        {"checksum", "file_size", "index_content", "mimetype", "store_fname"}
    )

    def _create_wave(self, batch, items):
        """Work in slices that fit into memory, each with its own savepoint."""
        ready, size = [], 0
        for item in self._prepare_each(batch, items):
            if size and size + len(item.vals["raw"]) > MAX_BATCH:
                self._attempt(batch, ready, self._create_together)
                self._drop_bytes(ready)
                ready, size = [], 0
            ready.append(item)
            size += len(item.vals["raw"])
        self._attempt(batch, ready, self._create_together)
        self._drop_bytes(ready)

    def _prepare_each(self, batch, items):
        """Yield the items one by one, so that only their bytes are in memory."""
        for item in items:
            yield from super()._prepare_each(batch, [item])

    def _drop_bytes(self, items):
        for item in items:
            item.vals.pop("raw", None)

    def _derive(self, batch, item):
        item.vals.update(self._thread_values(batch, item))

    def _thread_values(self, batch, item):
        threads = self._look_up_all(batch, item, "@thread")
        threads = threads or self._look_up_home(batch, item)
        if not threads:
            return {}
        item.thread = threads[0]
        bearer = self._get_bearer(batch, *threads[0])
        # What stands alone, such as a private to-do, bears its files itself.
        places = [bearer if bearer[1] else threads[0]]
        places += [self._get_bearer(batch, *each) for each in threads[1:]]
        places = self._with_present(batch, item, places)
        item.home, item.threads = places[0], places[1:]
        model, res_id = item.home
        return {"res_model": model, "res_id": res_id}

    def _complete(self, batch, item):
        vals = item.vals
        if not vals.get("res_id"):
            raise Refused("no_thread", "@thread")
        vals.update(self._values_by_load(batch, item))
        vals["raw"] = self._read(batch, item)

    def _values_by_load(self, batch, item):
        """Return the values without the bytes, which are compared for themselves."""
        values = {
            "type": "binary",
            "company_id": batch.job.company_id.id,
            "public": False,
            **item.vals,
        }
        if not values.get("name"):
            values["name"] = self._file_name(item)
        return values

    # -- bytes -----------------------------------------------------------------

    def _reference(self, item):
        value = item.targets.get("@file")
        return value if isinstance(value, dict) else {"path": value, "name": value}

    def _file_name(self, item):
        reference = self._reference(item)
        return str(item.targets.get("name") or reference.get("name") or item.key[1])

    def _read(self, batch, item):
        """Return the bytes; nothing in a dry run, which merely looks whether they are there.

        :raises Refused: they are too many for the policy, missing or incomplete
        """
        reference, name = self._reference(item), self._file_name(item)
        limit = self._limit(batch)
        expected = reference.get("size")
        expected = int(expected) if str(expected or "").isdigit() else None
        if limit and expected and expected > limit:
            raise Refused("file_large", "@file", name, limit=limit // MIB)
        if batch.job.anonymize:
            expected = None  # something small stands in for it
        if self.env.context.get(DRY_RUN):
            self._foresee(batch, name, reference, limit, expected)
            return b""
        content, reason = batch.job._read_whole_file(reference, limit)
        if content is None:
            self._refuse_unread(name, reason, limit)
        self._check_content(name, reference, expected, content)
        return content

    def _foresee(self, batch, name, reference, limit, expected):
        """Refuse in a dry run what a load would refuse, as far as a first look tells."""
        foresight = self.env.context[DRY_RUN]
        if not isinstance(foresight, Foresight):
            return
        if foresight.is_over:
            foresight.unseen += 1
            return
        content, reason = batch.job._peek_at_file(reference, foresight, limit, expected)
        if content is None and reason is not None:
            self._refuse_unread(name, reason, limit)
        if content is not None:
            self._check_content(name, reference, expected, content)

    def _refuse_unread(self, name, reason, limit):
        if reason == "":
            raise Refused("file_large", "@file", name, limit=limit // MIB)
        raise Refused("file_missing", "@file", name, reason=reason)

    def _check_content(self, name, reference, expected, content):
        if expected is not None and len(content) != expected:
            raise Refused(
                "file_incomplete",
                "@file",
                name,
                received=len(content),
                expected=expected,
            )
        digest = reference.get("sha256")
        if digest and hashlib.sha256(content).hexdigest() != str(digest).lower():
            raise Refused(
                "file_incomplete", "@file", name, received=len(content), expected="?"
            )

    def _limit(self, batch):
        if batch.job.attachment_policy != "review":
            return None
        return (batch.job.attachment_limit or 25) * MIB

    # -- changes ---------------------------------------------------------------

    def _update_bytes(self, batch, item):
        """Store the bytes anew where the source has replaced the file."""
        then = item.loaded and item.loaded.targets.get("@file")
        if not then or then == item.targets.get("@file"):
            return
        if self.env.context.get(DRY_RUN):
            return
        file = batch.model.browse(item.res_id)
        try:
            content = self._read(batch, item)
        except Refused as error:
            item.report(error.code, "warning", error.field, error.value, **error.data)
            return
        if file.checksum == batch.model._compute_checksum(content):
            return
        if self._is_touched(item, {file.id: (file.write_date, file.write_uid.id)}):
            theirs = self._file_name(item)
            texts = (then.get("name"), theirs, file.name)
            values = file.checksum, item.targets["@file"]
            self._note_dispute(item, file, "@file", values, texts)
            both = self._format_both(file.name, theirs)
            item.report("changed_by_both", field="@file", value=file.name, **both)
        else:
            # By hand: a dated change of its own would look like a person's.
            file.write({"raw": content, "mimetype": file.mimetype})
            self.env.flush_all()
            self._write_audit_columns(
                batch.model, [(file.id, None, item.watermark, None, None)]
            )

    # -- after -----------------------------------------------------------------

    def _check_stored(self, batch, items):
        """Refuse what was stored with other bytes: another addon may process files."""
        files = batch.model.browse([item.res_id for item in items])
        for item, file in zip(items, files, strict=True):
            raw = item.vals["raw"]
            if raw and file.checksum != batch.model._compute_checksum(raw):
                raise Refused("file_altered", "@file", self._file_name(item))

    def _compare_more(self, batch, item, record):
        """Read the bytes again, one file at a time."""
        yield from super()._compare_more(batch, item, record)
        yield from self._compare_others(batch, item)
        if item.home and item.thread[0] == "mail.message":
            shown = batch.once("shown", lambda: self._fetch_shown(batch))
            message_id = item.thread[1]
            there = (message_id, item.res_id) in shown
            yield "attachment_ids", message_id, message_id if there else False
        if item.mapped["outcome"] != "created" or record.type != "binary":
            return
        raw = record.raw or b""
        reference = self._reference(item)
        is_whole = not batch.job.anonymize
        if is_whole and str(reference.get("size") or "").isdigit():
            yield "file_size", int(reference["size"]), len(raw)
        if digest := reference.get("sha256"):
            yield "raw", str(digest).lower(), hashlib.sha256(raw).hexdigest()
        elif record.checksum:
            yield "raw", record.checksum, hashlib.sha1(raw).hexdigest()
        if self._is_untouched(batch, item):
            yield from self._compare_file(item, record, raw)
        record.invalidate_recordset(["raw"])

    def _compare_file(self, item, record, raw):
        """Yield what Odoo itself tells of the bytes."""
        checksum = record._compute_checksum(raw)
        if raw or record.checksum:
            yield "checksum", checksum, record.checksum
        yield "file_size", len(raw), record.file_size
        if not item.vals.get("mimetype"):
            known = record._compute_mimetype({"name": record.name, "raw": raw})
            yield "mimetype", known, record.mimetype
        if (record.mimetype or "").startswith("text/"):
            index = record._index(raw, record.mimetype, checksum=checksum)
            yield "index_content", index or False, record.index_content or False

    def _fetch_shown(self, batch):
        """Return {(message, attachment)} of what messages show beneath their text."""
        self.env.cr.execute(
            "SELECT message_id, attachment_id FROM message_attachment_rel"
            " WHERE attachment_id = ANY(%s)",
            [[item.res_id for item in batch.items]],
        )
        return set(self.env.cr.fetchall())

    def _update(self, batch, items):
        for item in items:
            self._update_bytes(batch, item)
        super()._update(batch, items)
        self._tell_new_others(batch, items)

    def _title_of(self, batch, item):
        return item.vals.get("name") or self._file_name(item)

    def _after_create(self, batch, items):
        self._check_stored(batch, items)
        self._tell_others(batch, items)
        pairs = [
            (item.thread[1], item.res_id)
            for item in items
            if item.thread[0] == "mail.message"
        ]
        self.env["crm.migration.target.mail.message"]._relate("attachment_ids", pairs)
        if pairs:
            self.env["mail.message"].invalidate_model(["attachment_ids"])
        for item in items:
            if item.targets.get("@inline"):
                self._put_inline(batch, item)

    def _put_inline(self, batch, item):
        """Let the text of the parent show the picture where it stood in the source."""
        model, res_id = item.thread
        record = self.env[model].browse(res_id)
        name = next(
            (
                n
                for n in ("body", "description", "comment", "note")
                if n in record._fields
            ),
            None,
        )
        text = str(record[name] or "") if name else ""
        places = item.targets["@inline"]
        places = places if isinstance(places, list) else [places]
        attachment = batch.model.browse(item.res_id)
        token = attachment.generate_access_token()[0]
        url = f"/web/image/{item.res_id}?access_token={token}"
        changed = text
        for place in places:
            for written in dict.fromkeys((html.escape(place), place)):
                changed = changed.replace(f'"{written}"', f'"{html.escape(url)}"')
        if changed == text:
            item.report("inline_not_found", "info", "@inline", ", ".join(places))
            return
        # By SQL: the text changes its address only, nobody has edited it.
        self.env.cr.execute(
            f'UPDATE "{record._table}" SET "{name}" = %s WHERE id = %s',
            [changed, res_id],
        )
        record.invalidate_recordset([name])
