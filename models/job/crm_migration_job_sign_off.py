"""What of a migration can be signed, and what follows once it has changed."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..evidence.sign_off_content import (
    DRY_RUN,
    MAPPING,
    OF_PLAN,
    OWNERS,
    PHASE,
    VALUES,
    get_digest,
    pick,
    pick_sums,
)
from .crm_migration_job_reconcile import SUMS

CANONICAL = "en_US"
"""Names are signed as they stand below all translations."""


class CrmMigrationJobSignOff(models.AbstractModel):
    """A load starts only while everything that counts as signed is the same."""

    _name = "crm.migration.job.sign.off"
    _description = "Migration: Job Sign-Off"

    sign_off_ids = fields.One2many("crm.migration.sign.off", "job_id", readonly=True)
    sign_off_seal = fields.Char(
        readonly=True, copy=False, help="The seal of the last sign-off."
    )
    sign_off_problem = fields.Text(compute="_compute_sign_off_problem")
    plan_sign_off_text = fields.Text(compute="_compute_sign_off_problem")

    def _compute_sign_off_problem(self):
        for job in self:
            sudo = job.sudo()
            job.sign_off_problem = "\n".join(sudo._list_sign_off_problems()) or False
            told = [text for _is_same, text in sudo._compare_planned()]
            job.plan_sign_off_text = "\n".join(told) or False

    # -- what is signed ------------------------------------------------------------

    def _get_signable(self, kind, row=None):
        """Return what there is to sign now: data without an id of this database.

        :param row: the sums of one object, where they are meant
        """
        self.ensure_one()
        if kind in OF_PLAN:
            plan = self.with_context(lang=CANONICAL)._export_plan(with_sign_offs=False)
            return pick(kind, plan)
        rows = self._get_rehearsed().result_ids if kind == DRY_RUN else row
        return pick_sums(
            (line.stream_id.name, {name: line[f"{name}_count"] for name in SUMS})
            for line in rows or ()
        )

    def _get_rehearsed(self):
        """Return the last dry run that came to its end."""
        runs = self.run_ids.filtered(
            lambda r: r.kind == "dry_run" and r.state == "done"
        )
        return runs.sorted("id")[-1:]

    def _sign_off(self, kind, comment="", row=None):
        """Sign what is there now; the right to do so was checked.

        :raises UserError: there is nothing to sign
        """
        self._check_signable(kind)
        entry = self._as_entry(kind, row)
        entry |= {"comment": comment, "user_id": self.env.uid}
        if known := self._find_same_signature(entry):
            return known  # pressed twice
        signed = self.sudo().env["crm.migration.sign.off"]._append(self.sudo(), [entry])
        self.sudo()._message_log(
            body=self.env._(
                "%(what)s: signed. Fingerprint: %(digest)s",
                what=signed.with_env(self.env).sudo()._format_what(),
                digest=signed.digest,
            ),
            author_id=self.env.user.partner_id.id,
        )
        return signed

    def _find_same_signature(self, entry):
        """Return what the same person signed last of this, if it says the same and counts."""
        judged = self.sudo()._judge_sign_offs()
        return self.sudo().sign_off_ids.filtered(
            lambda known: (
                judged.get(known.id) == ("valid", True, False)
                and known.kind == entry["kind"]
                and known.user_id.id == entry["user_id"]
                and (known.comment or "") == (entry["comment"] or "").strip()
                and known.reconciliation_id.id == entry.get("reconciliation_id", False)
                and not known.is_automatic
            )
        )

    def _as_entry(self, kind, row=None):
        entry = {"kind": kind, "data": self.sudo()._get_signable(kind, row)}
        if row:
            entry |= {"subject": row.stream_id.name, "reconciliation_id": row.id}
        return entry

    def _check_signable(self, kind):
        """Say what must be there before it can be signed.

        :raises UserError: it is not
        """
        sudo = self.sudo()
        if not sudo.active:
            raise UserError(self.env._("This migration is closed."))
        if kind in OF_PLAN and not sudo.mapping_ids:
            raise UserError(self.env._("There is no mapping yet. Discover first."))
        if kind == DRY_RUN and not sudo._get_rehearsed():
            raise UserError(self.env._("There was no dry run yet."))

    # -- whether it counts ----------------------------------------------------------

    def _judge_sign_offs(self):
        """Return entry id → (state, whether it counts, what is wrong with it)."""
        self.ensure_one()
        return self._judge_chain(self.env["crm.migration.sign.off"]._walk(self))

    def _judge_chain(self, chain):
        current, withdrawn = self._find_current(chain.rows)
        live, found = {}, {}
        for position, row in enumerate(chain.rows):
            counts, problem = row in current, False
            if row.id in chain.forged:
                state, problem = "broken", counts and self._say_forged(row)
            elif row.action == "withdraw":
                state = "withdrawal"
            elif not counts:
                state = "withdrawn" if row in withdrawn else "replaced"
            elif problem := self._find_change(row, live):
                state = "changed"
            else:
                state = "valid"
                if position < chain.trusted_from:
                    problem = self._say_before_break(row)
            if row.id in chain.gaps and state != "broken":
                state = "gap"
            found[row.id] = (state, counts, problem)
        return found

    def _find_current(self, rows):
        """Return the entries that count: the last of each kind and object; and those
        that were withdrawn."""
        current, withdrawn = {}, self.env["crm.migration.sign.off"]
        for row in rows:
            place = (row.kind, row.subject or "")
            if row.action == "sign":
                current[place] = row
            elif place in current:
                withdrawn |= current.pop(place)
        return withdrawn.browse([row.id for row in current.values()]), withdrawn

    def _find_change(self, row, live):
        """Return a sentence on what has changed since, False where nothing has.

        :param live: what was looked up already, to be added to
        """
        sums = row.reconciliation_id
        place = (row.kind, sums.id)
        if row.kind == PHASE and not sums:
            return False  # of an object that the migration does not read any more
        if place not in live:
            live[place] = self._get_signable(row.kind, sums)
        if get_digest(live[place]) == row.digest:
            return False
        changes = row._list_changes(self, row.kind, row._get_data() or [], live[place])
        return self.env._(
            "%(what)s, signed by %(who)s, has changed since: %(changes)s. Sign it again "
            "under Sign-Offs, or take the change back.",
            what=row._format_what(),
            who=row._format_who(),
            changes=row._format_changes(changes),
        )

    def _say_forged(self, row):
        return self.env._(
            "No. %(number)s of the sign-offs (%(what)s) was changed past the buttons. Sign "
            "it again.",
            number=row.number,
            what=row._format_what(),
        )

    def _say_chain(self, chain):
        """Return what is broken, while nobody has signed since."""
        if chain.end_is_missing:
            return self.env._(
                "The last sign-offs are missing: they were deleted past the buttons. Sign "
                "again what counts."
            )
        numbers = [r.number for r in chain.rows if r.id in chain.forged | chain.gaps]
        return self.env._(
            "The chain of sign-offs is broken at No. %(numbers)s: an entry was changed or "
            "deleted past the buttons. Sign again what counts.",
            numbers=", ".join(map(str, numbers)),
        )

    def _say_before_break(self, row):
        return self.env._(
            "%(what)s, signed by %(who)s, stands before the break of the chain. Sign it "
            "again.",
            what=row._format_what(),
            who=row._format_who(),
        )

    # -- before a load --------------------------------------------------------------

    def _list_sign_off_problems(self):
        """Return a sentence for each thing that a load would be refused for."""
        self.ensure_one()
        if not (self.sign_off_seal or self.sign_off_ids):
            return self._list_unsigned([])
        chain = self.env["crm.migration.sign.off"]._walk(self)
        judged = self._judge_chain(chain)
        problems = [self._say_chain(chain)] if chain.is_broken else []
        current = chain.rows.filtered(lambda row: judged[row.id][1])
        problems += [judged[row.id][2] for row in current if judged[row.id][2]]
        return problems + self._list_unsigned(current.mapped("kind"))

    def _list_unsigned(self, signed):
        """Return what is to be signed before a load, where the migration wants that."""
        if self.load_sign_offs != "required":
            return []
        wanted = {
            MAPPING: self.mapping_ids,
            VALUES: self.value_map_ids,
            OWNERS: self.owner_ids,
            DRY_RUN: True,
        }
        field = self.env["crm.migration.sign.off"]._fields["kind"]
        labels = dict(field._description_selection(self.env))
        missing = [labels[k] for k, rows in wanted.items() if rows and k not in signed]
        if not missing:
            return []
        text = self.env._(
            "This migration loads only what is signed. Not signed: %(missing)s.",
            missing=", ".join(missing),
        )
        return [text]

    def _check_signed(self):
        """Refuse to load what is not any more what was signed.

        :raises UserError: says what has changed
        """
        if problems := self.sudo()._list_sign_off_problems():
            raise UserError("\n".join(problems))

    # -- buttons ----------------------------------------------------------------------

    def action_open_sign_offs(self):
        """Show the chain."""
        return self._open("crm_migration_sign_off_action")

    def action_ask_sign(self):
        """Ask what is signed.

        :raises UserError: there is no mapping yet
        """
        self.ensure_one()
        self._as_reviewer()._check_signable(MAPPING)
        return self._open_dialog(
            self.env._("Sign"), "crm.migration.sign", default_job_id=self.id
        )
