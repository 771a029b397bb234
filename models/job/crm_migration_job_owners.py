"""Who of Odoo's users an owner of the source is: by address and name, or for a person to say."""

from odoo import models

from ..mapping.names import fold

NAMED_AT_MOST = 5


class CrmMigrationJobOwners(models.AbstractModel):
    """Portal users own nothing, nor does who may not enter the company. An archived user is told of; an active one goes first."""

    _name = "crm.migration.job.owners"
    _description = "Migration: Job Owners"

    def _get_user_index(self):
        """Return address → users and name → users, of those who work in Odoo."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        emails, names = {}, {}
        for user in users.search([("share", "=", False)]):
            for address in {_plain(user.login), _plain(user.email)} - {""}:
                emails[address] = emails.get(address, users) | user
            if name := fold(user.name or ""):
                names[name] = names.get(name, users) | user
        return emails, names

    def _match_owner(self, owner, index):
        """Return what is proposed for an owner: of several users, none.

        :param owner: dict with ``email`` and ``name``
        """
        emails, names = index
        nobody = self.env["res.users"]
        by_email = emails.get(_plain(owner["email"]), nobody)
        by_name = names.get(fold(owner["name"] or ""), nobody)
        users = by_email & by_name or by_email or by_name
        everybody, company = users, self.company_id
        users = users.filtered(lambda user: company in user.company_ids)
        users = users.filtered("active") or users
        if len(users) == 1:
            reason = (
                self.env._("Same e-mail address.")
                if by_email
                else self.env._("Same name.")
            )
            if not users.active:
                reason = self.env._(
                    "%(reason)s This user is archived in Odoo.", reason=reason
                )
            return {"user_id": users.id, "decision": "assign", "reason": reason}
        if users:
            # Left open: what the policy says counts until somebody decides.
            return {"decision": False, "reason": self._name_users(users, by_email)}
        decisions = {"placeholder": "placeholder", "empty": "empty"}
        reason = self.env._("No user in Odoo has this e-mail address or name.")
        if everybody:
            reason = self.env._(
                "%(names)s may not enter %(company)s. Allow this company to them in "
                "Odoo, and choose them here; or choose somebody else.",
                names=_name(everybody),
                company=company.name,
            )
        return {
            "decision": decisions.get(self.owner_policy, False),
            "reason": reason,
        }

    def _match_text(self, text, index):
        """Return the user whom a login, an address or a name means, and why none does.

        :param index: of ``_get_user_index``
        """
        emails, names = index
        users = emails.get(_plain(text)) or names.get(fold(text))
        if not users:
            users = self.env["res.users"].sudo().with_context(active_test=False)
            users = users.search([("login", "=ilike", _plain(text))])
        users = users.filtered("active") or users
        if len(users) == 1:
            return users, None
        if not users:
            return users, self.env._(
                "No user in Odoo has the login, e-mail address or name “%(text)s”.",
                text=text,
            )
        return users.browse(), self.env._(
            "Several users are called “%(text)s”: %(names)s. Give the login.",
            text=text,
            names=_name(users),
        )

    def _name_users(self, users, by_email):
        names = _name(users)
        if by_email:
            return self.env._(
                "Several users have this e-mail address: %(names)s. Choose one.",
                names=names,
            )
        return self.env._(
            "Several users have this name: %(names)s. Choose one.", names=names
        )


def _name(users):
    return ", ".join(f"{user.name} ({user.login})" for user in users[:NAMED_AT_MOST])


def _plain(address):
    return (address or "").strip().lower()
