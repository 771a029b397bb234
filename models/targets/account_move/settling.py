"""Drafts are posted or cancelled, and compared with the source once more."""

from odoo import models

from .documents import CANCELLED, POSTED

COMPARED = ("name", "invoice_date", "date", "invoice_date_due")


class CrmMigrationTargetAccountMoveSettling(models.AbstractModel):
    """What posting has changed all the same is a draft again, as it was, and told."""

    _name = "crm.migration.target.account.move.settling"
    _description = "Migration: Posting Invoices"

    def _settle(self, batch, items):
        moves = {
            item: move
            for item, move in zip(
                items, batch.model.browse([i.res_id for i in items]), strict=True
            )
        }
        chosen = {POSTED: [], CANCELLED: []}
        for item, move in moves.items():
            item.waits = False
            if why := self._why_not(batch, item, move):
                self._let_wait(item, why)
            elif (wanted := self._wanted_state(batch, item)) in chosen:
                chosen[wanted].append(item)
        if chosen[POSTED]:
            # Of one that is posted already, only what was paid may be new.
            ids = [m.id for i in chosen[POSTED] if (m := moves[i]).state != POSTED]
            batch.model.browse(ids)._post(soft=False)
            self.env.flush_all()
            for item in chosen[POSTED]:
                self._check_posted(batch, item, moves[item])
        if ids := [moves[item].id for item in chosen[CANCELLED]]:
            batch.model.browse(ids).button_cancel()
        self._pay(batch, moves)

    def _let_wait(self, item, why):
        item.waits = True
        severity = "info" if why.code == "invoice_proforma" else "warning"
        item.report(why.code, severity, why.field, why.value, **why.data)

    def _check_posted(self, batch, item, move):
        """Take a posting back that has changed number, dates or totals."""
        wanted = {name: item.vals.get(name) for name in COMPARED if item.vals.get(name)}
        changed = [name for name, value in wanted.items() if move[name] != value]
        if not changed and not self._find_differences(batch, item, move):
            return
        found = ", ".join(str(move[name]) for name in changed or ("amount_total",))
        move.button_draft()
        move.write(wanted)
        field = changed[0] if changed else "amount_total"
        item.waits = True
        item.report("invoice_changed", "warning", field, found)
