"""Sign-offs on their way to another database: what was signed there, and is it the same."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..evidence.sign_off_content import OF_PLAN, get_digest, pick


class CrmMigrationJobSignOffPlan(models.AbstractModel):
    """They count for nothing here: whoever is to load here signs here."""

    _name = "crm.migration.job.sign.off.plan"
    _description = "Migration: Job Sign-Offs of the Plan"

    def _export_sign_offs(self):
        """Return the chain as a plan carries it, without what was signed."""
        judged = self._judge_sign_offs() if self.sign_off_ids else {}
        return [
            {
                "number": entry.number,
                "action": entry.action,
                "kind": entry.kind,
                "object": entry.subject or None,
                "by": entry.user_login,
                "at": fields.Datetime.to_string(entry.signed_at),
                "automatic": entry.is_automatic,
                "comment": entry.comment or None,
                "digest": entry.digest or None,
                "previous": entry.previous or None,
                "seal": entry.seal,
                "state": judged[entry.id][0],
            }
            for entry in self.sign_off_ids.sorted("number")
        ]

    def _get_planned(self):
        """Return kind → the entry of the plan that counts there."""
        found = {}
        for entry in (self.plan or {}).get("sign_offs") or []:
            if entry["kind"] in OF_PLAN:
                found.pop(entry["kind"], None)
                if entry["action"] == "sign":
                    found[entry["kind"]] = entry
        return found

    def _compare_planned(self):
        """Return [(whether it is the same, sentence)] for what the plan says is signed."""
        if not self.mapping_ids:
            return []
        told = []
        words = self.env["crm.migration.sign.off"]
        labels = dict(words._fields["kind"]._description_selection(self.env))
        for kind, entry in self._get_planned().items():
            said = {"what": labels[kind], "by": entry["by"], "at": entry["at"]}
            here = self._get_signable(kind)
            if get_digest(here) == entry["digest"]:
                text = self.env._(
                    "%(what)s: the same as signed by %(by)s on %(at)s before the plan was "
                    "exported.",
                    **said,
                )
                told.append((True, text))
                continue
            there = pick(kind, self.plan)
            if get_digest(there) == entry["digest"]:
                changes = words._list_changes(self, kind, there, here)
                text = self.env._(
                    "%(what)s: not what %(by)s signed on %(at)s before the plan was "
                    "exported: %(changes)s.",
                    changes=words._format_changes(changes),
                    **said,
                )
            else:
                text = self.env._(
                    "%(what)s: the plan was changed after %(by)s signed on %(at)s.",
                    **said,
                )
            told.append((False, text))
        return told

    def _check_planned(self):
        """Refuse to load, where nobody looks, what differs from what a plan says is signed.

        What is signed here counts instead.

        :raises UserError: says what differs
        """
        signed = self.sign_off_ids.filtered("is_current").mapped("kind")
        compared = zip(self._get_planned(), self._compare_planned(), strict=False)
        differing = [
            text
            for kind, (is_same, text) in compared
            if not is_same and kind not in signed
        ]
        if differing:
            cure = self.env._(
                "Sign it on this database, or take the sign-offs out of the plan."
            )
            raise UserError("\n".join([*differing, cure]))
