"""Owners of the source: users by decision, placeholders without login or licence."""

from urllib.parse import quote

from odoo import fields, models
from odoo.tools import email_normalize

from ..loading.batch import Refused

PLACEHOLDER_DOMAIN = "@placeholder.invalid"


PLACEHOLDER = f"crm_migration+%s-%s{PLACEHOLDER_DOMAIN}"
"""Login of a placeholder: unique, recognizable, and nobody's address (RFC 2606)."""


GIVEN_TO_USERS = {
    *("digest.digest", "discuss.channel.member", "mail.presence"),
    *("res.users", "res.users.log"),
}


class CrmMigrationTargetResUsers(models.AbstractModel):
    """Say which user stands for a row of the source's users; nothing else is written.

    A user who can log in is never created because a row exists, only because
    somebody decided so.
    """

    _name = "crm.migration.target.res.users"
    _archivable = False
    _description = "Migration Target: Users"
    _inherit = ["crm.migration.target"]
    _model = "res.users"
    _is_person = True
    _own_rows = (
        "crm.migration.owner",
        "project.task.stage.personal",
        "res.users.settings",
    )
    _own_relations = (
        ("project.task.type", "user_id"),
        ("res.company", "user_ids"),
        ("res.groups", "user_ids"),
    )
    # What they do in Odoo every day, and what they win by it (gamification, 19.0).
    _own_life = frozenset(
        {"totp_last_counter", "manual_im_status", "odoobot_state", "tour_enabled"}
        | {"karma", "rank_id", "next_rank_id"}
    )

    def _collect(self, batch):
        super()._collect(batch)
        owners = self.env["crm.migration.owner"]
        self._enrich_owners(batch)
        batch.users = owners._resolve(batch.job, {item.key[1] for item in batch.items})

    def _enrich_owners(self, batch):
        """Give owners that only their key was known of the name that the row has."""
        rows = {item.key[1]: item for item in batch.items}
        owners = self.env["crm.migration.owner"].search(
            [("job_id", "=", batch.job.id), ("key", "in", list(rows))]
        )
        missing = set(rows) - set(owners.mapped("key"))
        owners.create(
            [
                {
                    "job_id": batch.job.id,
                    "key": key,
                    "name": rows[key].targets.get("name"),
                    "email": rows[key].targets.get("email"),
                }
                for key in sorted(missing)
            ]
        )
        for owner in owners.filtered(lambda owner: not owner.name):
            owner.name = rows[owner.key].targets.get("name")

    def _create_wave(self, batch, items):
        found = []
        for item in items:
            if item.key[1] not in batch.users:
                item.refuse(Refused("owner_undecided", "user_id", item.key[1]))
            elif not batch.users[item.key[1]]:
                item.skip("owner_left_empty")
            else:
                item.res_id = batch.users[item.key[1]]
                item.outcome, item.rollback_action = self._found_or_made(batch, item)
                self._add_own_rows(batch, item)
                found.append(item)
        self._write_links(batch, found)
        for item in found:
            batch.remember(item)

    def _found_or_made(self, batch, item):
        made = batch.once("owners", lambda: self._made_owners(batch))
        if item.res_id in made:
            return "created", "delete"
        return "matched", "keep"

    def _add_own_rows(self, batch, item):
        """Let a rollback take along what Odoo made for a user by itself."""
        owner = batch.once("owners", lambda: self._made_owners(batch)).get(item.res_id)
        for name, ids in ((owner and owner.own_rows) or {}).items():
            for res_id in ids:
                item.add_extra(name, res_id)

    def _made_owners(self, batch):
        owners = self.env["crm.migration.owner"].search(
            [("job_id", "=", batch.job.id), ("is_created", "=", True)]
        )
        return {owner.user_id.id: owner for owner in owners}

    def _update(self, batch, items):
        """A user's own data is theirs: only the link is kept up to date."""
        for item in items:
            item.outcome = "unchanged"
        self._write_links(batch, items)

    def _references_to(self, model_name):
        """Leave out what every user gets without having done anything."""
        for name, field in super()._references_to(model_name):
            if name not in GIVEN_TO_USERS:
                yield name, field

    def _used_by_others(self, run, model, ids, kept):
        """Keep who has logged in, and whose contact is in use: they are people now."""
        used = super()._used_by_others(run, model, ids, kept)
        users = model.browse(ids)
        partners = users.partner_id
        of_partners = super()._used_by_others(run, partners, partners.ids, kept)
        logs = self.env["res.users.log"].search([("create_uid", "in", ids)])
        seen = dict.fromkeys(logs.create_uid.ids, "res.users.log")
        by_partner = {
            user.id: of_partners[user.partner_id.id]
            for user in users
            if user.partner_id.id in of_partners
        }
        return {**by_partner, **seen, **used}

    def _unlink(self, records):
        """A user's contact was made for the user only."""
        partners, stages = records.partner_id, self._find_personal_stages(records)
        super()._unlink(records)
        partners.unlink()
        # Not before: Odoo refuses to take a user's last one.
        stages.unlink()

    def _find_personal_stages(self, users):
        """Return the columns that Project gave them with their first task (19.0)."""
        if "project.task.type" not in self.env:
            return self.env["res.partner"]
        stages = self.env["project.task.type"].with_context(active_test=False)
        return stages.search([("user_id", "in", users.ids)])

    # -- users that were decided to be created ---------------------------------

    def _create_for_owners(self, job, owners):
        """Create placeholders and users, each only once per migration."""
        loader = self._without_side_effects(job)
        owners = owners.with_env(loader.env)
        Users = loader.env["res.users"].with_context(active_test=False)
        logins = {owner: loader._login(job, owner) for owner in owners}
        taken = Users.search([("login", "in", list(logins.values()))])
        owners -= loader._refuse_outsiders(owners, logins, taken)
        users = {user.login: user for user in taken}
        missing = [owner for owner in owners if logins[owner] not in users]
        # Odoo archives the partner with its user, and refuses while it finds that user.
        created = Users.with_context(active_test=True).create(
            [loader._user_values(job, owner, logins[owner]) for owner in missing]
        )
        users |= {user.login: user for user in created}
        # An archived user's partner stays; nobody should choose it as a customer.
        created.filtered(lambda user: not user.active).partner_id.active = False
        own_rows = loader._made_alongside(created, created.ids)
        for owner in owners:
            login = logins[owner]
            owner.write(
                {
                    "user_id": users[login].id,
                    "decision": owner.decision,
                    "is_created": owner.is_created or users[login] in created,
                    "own_rows": own_rows.get(users[login].id) or owner.own_rows,
                }
            )
        loader.env.flush_all()

    def _refuse_outsiders(self, owners, logins, taken):
        """Return the owners whose login somebody has who owns nothing in the company.

        Whether a portal user, or one of another company, becomes a colleague is not for
        a migration to say.
        """
        outside = taken.filtered("share").mapped("login")
        elsewhere = taken.filtered(
            lambda user: not user.share and self.env.company not in user.company_ids
        ).mapped("login")
        away = owners.filtered(lambda owner: logins[owner] in elsewhere)
        away.write(
            {
                "decision": False,
                "reason": self.env._(
                    "A user of another company has this e-mail address. Allow "
                    "%(company)s to them in Odoo, and choose them here; or choose "
                    "somebody else.",
                    company=self.env.company.name,
                ),
            }
        )
        refused = owners.filtered(
            lambda owner: (
                logins[owner] in outside
                and not logins[owner].endswith(PLACEHOLDER_DOMAIN)
            )
        )
        refused.write(
            {
                "decision": False,
                "reason": self.env._(
                    "A portal user has this e-mail address and cannot own records. Make "
                    "them an internal user in Odoo, or choose somebody else."
                ),
            }
        )
        return refused | away

    def _login(self, job, owner):
        email = email_normalize(owner.email or "")
        if owner._effective_decision(job) == "create" and email:
            return email
        return PLACEHOLDER % (job.id, quote(owner.key, safe=""))

    def _user_values(self, job, owner, login):
        creating = owner._effective_decision(job) == "create"
        company = job.company_id
        values = {
            "name": owner.name or owner.email or owner.key,
            "login": login,
            "active": creating,
            "company_id": company.id,
            "company_ids": [fields.Command.set(company.ids)],
            "lang": company.partner_id.lang or "en_US",
            "tz": False,
            "signature": False,
            "email": email_normalize(owner.email or "") or False,
        }
        if not creating:
            # No groups: no licence. No address: nothing can ever be sent.
            values.update(group_ids=[fields.Command.clear()], email=False)
        return values

    def _values_to_check(self, batch, item):
        """Check the name only: login, rights and address are Odoo's own affair."""
        values = super()._values_to_check(batch, item)
        return {"name": values["name"]} if "name" in values else {}

    def _values_by_load(self, batch, item):
        """Of who was created for the migration: what they were created with."""
        owner = batch.once("owners", lambda: self._made_owners(batch)).get(item.res_id)
        if not owner:
            return {}
        login = self._login(batch.job, owner)
        values = self._user_values(batch.job, owner, login)
        return {n: v for n, v in values.items() if n != "group_ids"}

    def _compare_more(self, batch, item, record):
        return ()
