"""Each sign-off bears the seal of the one before: what is changed or deleted shows."""

import base64
import binascii
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from .sign_off_content import get_digest, pack, unpack


class Chain(NamedTuple):
    """The entries of a migration as they stand in the database.

    ``forged`` are ids of those that do not say any more what was signed, ``gaps`` of
    those before which something is missing. What stands before ``trusted_from`` counts
    only as information: somebody who has seen the break signs again.
    """

    rows: models.Model
    forged: set
    gaps: set
    end_is_missing: bool
    trusted_from: int
    is_broken: bool


class CrmMigrationSignOffChain(models.AbstractModel):
    """The last seal stands with the migration: a deleted end shows as well."""

    _name = "crm.migration.sign.off.chain"
    _description = "Migration: Sign-Off Chain"

    @api.model
    def _append(self, job, entries):
        """Add to the chain of a migration, as superuser.

        :param entries: dicts of fields, with the data that is signed in ``data``
        :raises UserError: somebody else is at it
        """
        if not job._try_lock():
            raise UserError(self.env._("This migration is busy. Try again shortly."))
        job.invalidate_recordset(["sign_off_seal"])
        chain = self._walk(job)
        number, previous = chain.rows[-1:].number, job.sign_off_seal
        rows = []
        for entry in entries:
            number += 1
            row = {
                "job_id": job.id,
                "number": number,
                "previous": previous,
                "action": "sign",
                "signed_at": fields.Datetime.now(),
                "is_after_break": chain.is_broken and not entry.get("is_automatic"),
                **entry,
            }
            if "data" in row:
                data = row.pop("data")
                row["digest"] = get_digest(data)
                row["content"] = base64.b64encode(pack(data))
            user = self.env["res.users"].browse(row["user_id"])
            row["user_login"] = user.sudo().login
            row["comment"] = (row.get("comment") or "").strip() or False
            row["seal"] = previous = self._get_seal(row)
            rows.append(row)
        job.sign_off_seal = previous
        return self.create(rows)

    @api.model
    def _leave_out_same(self, job, entries):
        """Leave out the sums that signed themselves with the same result before.

        A migration that is read every hour would sign the same every hour.
        """
        last = self._read_group(
            [("job_id", "=", job.id), ("kind", "=", "phase")],
            ["subject"],
            ["number:max"],
        )
        numbers = [number for _subject, number in last]
        rows = self.search([("job_id", "=", job.id), ("number", "in", numbers)])
        known = {
            (row.subject, row.digest): row
            for row in rows
            if row.action == "sign" and row.is_automatic
        }
        return [
            entry
            for entry in entries
            if entry.get("action") == "withdraw"
            or not entry["is_automatic"]
            or (entry["subject"], get_digest(entry["data"])) not in known
        ]

    @api.model
    def _get_seal(self, row):
        """Return the hash of all that an entry says, and of the seal before it."""
        said = [row.get(name) or "" for name in SEALED]
        return get_digest([*said, fields.Datetime.to_string(row["signed_at"])])

    def _get_data(self):
        """Return what was signed; None where it is not what the entry says."""
        self.ensure_one()
        try:
            raw = base64.b64decode(self.with_context(bin_size=False).content or b"")
        except binascii.Error:
            return None
        data = unpack(raw)
        return data if data is not None and get_digest(data) == self.digest else None

    def _is_genuine(self):
        """Tell whether the entry says what it said when it was signed."""
        self.ensure_one()
        values = {name: self[name] for name in (*SEALED, "signed_at")}
        if self._get_seal(values) != self.seal:
            return False
        return self.action != "sign" or self._get_data() is not None

    @api.model
    def _walk(self, job):
        """Return the entries of a migration in their order, and where they break.

        :return: ``Chain``
        """
        rows = self.search([("job_id", "=", job.id)], order="number, id")
        forged, gaps, last_break, previous = set(), set(), None, ""
        for position, row in enumerate(rows):
            if (row.previous or "") != previous:
                gaps.add(row.id)
                last_break = position
            if not row._is_genuine():
                forged.add(row.id)
                last_break = position + 1
            previous = row.seal or ""
        end_is_missing = previous != (job.sign_off_seal or "")
        if end_is_missing:
            last_break = len(rows)
        trusted_from = 0
        if last_break is not None:
            trusted_from = next(
                (n for n in range(last_break, len(rows)) if rows[n].is_after_break),
                len(rows),
            )
        is_broken = last_break is not None and trusted_from == len(rows)
        return Chain(rows, forged, gaps, end_is_missing, trusted_from, is_broken)


SEALED = (
    *("previous", "number", "action", "kind", "subject", "digest", "user_login"),
    *("comment", "is_automatic", "is_after_break"),
)
"""What a seal is about, beside the time."""
