"""Somebody else takes over from an owner, after the load: told beforehand, done, undone."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..words.messages import agreed
from .kinds import ALIVE

SHOWN = 5
"""Names that a sentence repeats."""


class CrmMigrationJobReassign(models.AbstractModel):
    """What is written is SQL: ``loading/reassign.py`` and what stands beside it."""

    _name = "crm.migration.job.reassign"
    _description = "Migration: Job Reassign"

    reassignment_count = fields.Integer(compute="_compute_reassignment_count")

    def _compute_reassignment_count(self):
        counts = dict(
            self.env["crm.migration.reassignment"]._read_group(
                [("job_id", "in", self.ids)], ["job_id"], ["__count"]
            )
        )
        for job in self:
            job.reassignment_count = counts.get(job, 0)

    def action_open_reassignments(self):
        return self._open("crm_migration_reassignment_action")

    # -- who may take over -----------------------------------------------------

    def _why_not_user(self, user):
        """Return in a sentence why a user cannot take over, None where they can."""
        self.ensure_one()
        user = user.sudo()
        if user.share:
            return self.env._(
                "%(name)s is not an internal user and cannot own records.",
                name=user.name,
            )
        if self.company_id not in user.company_ids:
            return self.env._(
                "%(name)s may not enter %(company)s. Allow this company to them in Odoo "
                "first.",
                name=user.name,
                company=self.company_id.name,
            )
        return None

    def _count_references(self, pairs):
        """Return owner → verdict → how many references, of what is there now.

        :param pairs: ``(owner, former user, new user)``
        """
        self.ensure_one()
        target = self.env["crm.migration.target"]._without_side_effects(self)
        target._find_references(self.with_env(target.env), pairs)
        self.env.cr.execute(
            "SELECT pair.owner_id, CASE WHEN verdict IN ('add', 'drop') THEN 'move'"
            "       ELSE verdict END, count(*)"
            "  FROM reassign_move AS move JOIN reassign_pair AS pair ON pair.key = move.key"
            " WHERE move.kind <> 'along' GROUP BY 1, 2"
        )
        counts = {owner: {} for owner, _old, _new in pairs}
        for owner_id, verdict, count in self.env.cr.fetchall():
            counts[self.env["crm.migration.owner"].browse(owner_id)][verdict] = count
        return counts

    # -- there -----------------------------------------------------------------

    def _reassign(self, users):
        """Let users take over from owners; return the reassignment.

        :param users: owner → user
        :raises AccessError: only a migration manager may do this
        :raises UserError: nothing is loaded, somebody is at work, or a user may not
        """
        self.ensure_one()
        sudo = self._as_manager()
        sudo._check_reassignable()
        for user in dict.fromkeys(users.values()):
            if reason := sudo._why_not_user(user):
                raise UserError(reason)
        for owner in users:
            if owner.job_id != self:
                raise UserError(
                    self.env._(
                        "%(name)s is an owner of another migration.",
                        name=owner.display_name,
                    )
                )
        pairs = [
            (owner.sudo(), owner.sudo()._get_loaded_user(), user.sudo())
            for owner, user in users.items()
        ]
        pairs = [(owner, old, new) for owner, old, new in pairs if old != new]
        if not pairs:
            raise UserError(
                self.env._("Nobody to reassign: choose a new user for an owner first.")
            )
        return sudo._write_reassignment(pairs, self.env.user)

    def _check_reassignable(self):
        """Stop where nothing is loaded, or while another pass may write the same.

        :raises UserError: in one sentence
        """
        if not self._try_lock():
            raise UserError(self.env._("This migration is busy. Try again shortly."))
        if self.run_id.state in ALIVE:
            raise UserError(
                self.env._(
                    "This migration is still at work. Reassign owners once it has ended."
                )
            )
        if not self.env["crm.migration.id.map"].search_count(
            [("job_id", "=", self.id)], limit=1
        ):
            raise UserError(
                self.env._(
                    "Nothing has been loaded yet: choose the users in the list of owners, "
                    "and the load follows."
                )
            )

    def _write_reassignment(self, pairs, user):
        counts = self._count_references(pairs)
        reassignment = self.env["crm.migration.reassignment"].create(
            {
                "job_id": self.id,
                "user_id": user.id,
                "done_at": fields.Datetime.now(),
                "owner_count": len(pairs),
                "moved_count": sum(each.get("move", 0) for each in counts.values()),
                "changed_count": sum(
                    each.get("changed", 0) for each in counts.values()
                ),
                "line_ids": [
                    fields.Command.create(
                        {
                            "owner_id": owner.id,
                            "former_user_id": old.id,
                            "had_user": bool(old),
                            "user_id": new.id,
                            "former_author_id": owner.author_user_id.id,
                            "former_decision": owner.decision,
                            "former_loaded_as": owner.loaded_as,
                            "moved_count": counts[owner].get("move", 0),
                            "changed_count": counts[owner].get("changed", 0),
                        }
                    )
                    for owner, old, new in pairs
                ],
            }
        )
        self.env.flush_all()
        target = self.env["crm.migration.target"]._without_side_effects(self)
        target._write_references(
            self.with_env(target.env), reassignment.with_env(target.env)
        )
        for owner, old, new in pairs:
            author = owner.author_user_id or old
            owner.write(
                {
                    "user_id": new.id,
                    "decision": "assign",
                    "author_user_id": author.id,
                    "reason": self.env._("Reassigned by %(name)s.", name=user.name),
                }
            )
            # What was loaded has the new user already: the next load need not look.
            owner.loaded_as = owner._get_effect()
        self._log_reassigned(reassignment, user)
        return reassignment

    def _log_reassigned(self, reassignment, user):
        """Write it down in the migration's own chatter; nobody is notified."""
        text = self._format_reassigned(reassignment)
        self._message_log(body=text, author_id=user.partner_id.id)

    def _format_reassigned(self, reassignment):
        counts = {
            "owners": reassignment.owner_count,
            "count": reassignment.moved_count,
            "left": reassignment.changed_count,
        }
        text = self.env._(
            "%(owners)s [[owners|owner was|owners were]] reassigned: %(count)s "
            "[[count|reference has|references have]] the new user. %(left)s "
            "[[left|was|were]] left to the user whom somebody has chosen since.",
            **{name: formatLang(self.env, n, digits=0) for name, n in counts.items()},
        )
        return agreed(self.env, text, counts)

    # -- and back --------------------------------------------------------------

    def _undo_reassignment(self, reassignment):
        """Give back what nobody has changed since, and let the owner map say so again.

        :raises UserError: it was undone, a later one comes first, or who had it is gone
        """
        self.ensure_one()
        sudo, reassignment = self._as_manager(), reassignment.sudo()
        sudo._check_undoable(reassignment)
        target = sudo.env["crm.migration.target"]._without_side_effects(sudo)
        back, left = target._undo_references(
            sudo.with_env(target.env), reassignment.with_env(target.env)
        )
        for line in reassignment.line_ids:
            line.owner_id.write(
                {
                    "user_id": line.former_user_id.id,
                    "decision": line.former_decision or False,
                    "author_user_id": line.former_author_id.id,
                    "reason": False,
                }
            )
            line.owner_id.loaded_as = line.former_loaded_as
        reassignment.write(
            {
                "state": "undone",
                "undone_by_id": self.env.uid,
                "undone_at": fields.Datetime.now(),
                "back_count": back,
                "kept_count": left,
            }
        )
        text = self.env._(
            "A reassignment was undone: %(count)s [[count|reference has|references have]] "
            "the former user again. %(left)s [[left|was|were]] left to the user whom "
            "somebody has chosen since.",
            count=formatLang(self.env, back, digits=0),
            left=formatLang(self.env, left, digits=0),
        )
        text = agreed(self.env, text, {"count": back, "left": left})
        sudo._message_log(body=text, author_id=self.env.user.partner_id.id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": text,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _check_undoable(self, reassignment):
        if not self._try_lock():
            raise UserError(self.env._("This migration is busy. Try again shortly."))
        if self.run_id.state in ALIVE:
            raise UserError(
                self.env._(
                    "This migration is still at work. Reassign owners once it has ended."
                )
            )
        if reassignment.state == "undone":
            raise UserError(self.env._("This reassignment was undone already."))
        later = self.env["crm.migration.reassignment.line"].search(
            [
                ("reassignment_id.job_id", "=", self.id),
                ("reassignment_id", ">", reassignment.id),
                ("reassignment_id.state", "=", "done"),
                ("owner_id", "in", reassignment.line_ids.owner_id.ids),
            ]
        )
        if later:
            raise UserError(
                self.env._(
                    "Undo the later reassignment of %(names)s first.",
                    names=_name(later.owner_id),
                )
            )
        gone = reassignment.line_ids.filtered(
            lambda line: line.had_user and not line.former_user_id
        )
        if gone:
            raise UserError(
                self.env._(
                    "Who stood for %(names)s is not in Odoo any more. Reassign the owners "
                    "instead.",
                    names=_name(gone.owner_id),
                )
            )


def _name(owners):
    return ", ".join(owners[:SHOWN].mapped("display_name"))
