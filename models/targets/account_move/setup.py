"""The journals of a migration: the company's own numbers go on as if nothing had come."""

from odoo import models

from ...loading.taxes import TAX, TAX_GROUP

ANY_NUMBER = r"^(?P<prefix1>.*?)(?P<seq>\d{0,9})(?P<suffix>\D*?)$"
"""Takes every number as it is. Odoo's own patterns read two digits as a year, move a
number whose date moves, and refuse what does not fit (``sequence.mixin``, 19.0). More
digits than nine are none of a column of integers."""
JOURNAL = "account.journal"


class CrmMigrationTargetAccountMoveSetup(models.AbstractModel):
    """What a load creates for its documents is noted with each that uses it.

    An imported number would take over the numbering of a journal of the company, hence
    one of its own for documents to customers, and one for those of vendors.
    """

    _name = "crm.migration.target.account.move.setup"
    _description = "Migration: Journals of Invoices"
    _inherit = ["crm.migration.loading.taxes"]
    _made_models = (JOURNAL, TAX, TAX_GROUP)

    def _set_up(self, batch):
        """Create the journals and taxes that rows of the batch need and nobody has."""
        kinds = {
            self._kind_of(item.targets.get("move_type"))
            for item in batch.items
            if item.outcome in (None, "update")
        }
        journals = dict(self._find_journals(batch))
        for kind in sorted(kinds - journals.keys()):
            journals[kind] = self._create_journal(batch, kind)
        batch.cache["journals"] = journals
        if kinds:
            self._create_missing_taxes(batch, self._find_wanted(batch))

    def _find_journals(self, batch):
        """Return kind → id of the journals that this migration has created, and are there."""
        found = {}
        for journal in (
            self.env[JOURNAL].browse(self._get_made(batch, JOURNAL)).sorted("id")
        ):
            found.setdefault(journal.type, journal.id)
        return found

    def _get_journal_id(self, batch, move_type):
        journals = batch.once("journals", lambda: self._find_journals(batch))
        return journals.get(self._kind_of(move_type))

    def _get_journal_ids(self, batch):
        return set(batch.once("journals", lambda: self._find_journals(batch)).values())

    def _create_journal(self, batch, kind):
        company = batch.job.company_id
        Journal = self.env[JOURNAL].with_context(active_test=False)
        known = Journal.search([*Journal._check_company_domain(company)])
        names = {
            "sale": self.env._("Migrated Invoices: %(job)s", job=batch.job.name),
            "purchase": self.env._("Migrated Bills: %(job)s", job=batch.job.name),
        }
        journal = Journal.create(
            {
                "name": names[kind],
                "code": self._get_free_code(known, "MIG" if kind == "sale" else "MIB"),
                "type": kind,
                "company_id": company.id,
                "default_account_id": self._get_account_id(known, kind),
                "sequence_override_regex": ANY_NUMBER,
                "alias_name": False,
                "show_on_dashboard": False,
                # Odoo takes the first journal of its kind for a new document.
                "sequence": max(known.mapped("sequence"), default=0) + 100,
            }
        )
        # Odoo makes an address out of none: mail to it would become invoices (19.0).
        journal.alias_id.alias_name = False
        self._note_made(batch, journal)
        return journal.id

    def _get_free_code(self, known, prefix):
        codes = set(known.mapped("code"))
        number = next(
            n for n in range(1, len(codes) + 2) if f"{prefix}{n}" not in codes
        )
        return f"{prefix}{number}"

    def _get_account_id(self, known, kind):
        """Return the account that the company's own journal books to."""
        own = known.filtered(
            lambda j: j.type == kind and j.active and j.default_account_id
        )
        return own[:1].default_account_id.id

    # -- who it belongs to -------------------------------------------------------

    def _own_setup(self, batch, items):
        """Note with each document what was created for it, for a rollback to find."""
        moves = batch.model.browse([item.res_id for item in items])
        for item, move in zip(items, moves, strict=True):
            self._own_taxes(batch, item, move.invoice_line_ids.tax_ids)
            self._own_made(batch, item, move.journal_id)

    def _remove_made(self, made):
        Move = self.env["account.move"]
        for journal in self.env[JOURNAL].browse(made.get(JOURNAL, ())).exists():
            if not Move.search_count([("journal_id", "=", journal.id)], limit=1):
                journal.unlink()
        super()._remove_made(made)
