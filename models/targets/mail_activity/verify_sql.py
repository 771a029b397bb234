"""Which values of to-dos SQL compares: of those that are open."""

from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL

from ...loading.verify_kinds import OTHER, Kind


@dataclass(frozen=True)
class Due(Kind):
    """The day by which it is to be done: what is long overdue may be closed, or a note."""

    earliest: str = ""

    def get_flag(self, number, users):
        return SQL(
            'CASE WHEN %s COLLATE "C" < %s THEN %s ELSE %s END',
            *(self.get_value(), self.earliest, OTHER, super().get_flag(number, users)),
        )

    def read_flag(self, batch, targets):
        value = targets.get(self.target)
        is_late = isinstance(value, str) and value < self.earliest
        return OTHER if is_late else super().read_flag(batch, targets)


class CrmMigrationTargetMailActivityVerifySql(models.AbstractModel):
    _name = "crm.migration.target.mail.activity.verify.sql"
    _description = "Migration: Verify Activities by SQL"
    _inherit = "crm.migration.loading.verify.threads"

    _plain_targets = frozenset({"summary", "note", "date_deadline", "user_id"})
    _shaping_targets = frozenset({"date_deadline", "user_id"})
    _bearers_have = "activity_ids"
    _known_columns = {
        "date_done": "record.active AND record.date_done IS NULL",
        "res_model": (
            "record.res_model IS NOT DISTINCT FROM (SELECT known.model"
            " FROM ir_model AS known WHERE known.id = record.res_model_id)"
        ),
        "user_tz": (
            "record.user_tz IS NOT DISTINCT FROM (SELECT person.tz FROM res_users AS own"
            " JOIN res_partner AS person ON person.id = own.partner_id"
            " WHERE own.id = record.user_id)"
        ),
    }

    def _list_kinds(self, batch):
        kinds = super()._list_kinds(batch)
        if batch.job.overdue_policy == "keep":
            return kinds
        earliest = str(batch.once("forgotten", self._get_forgotten_day))
        return tuple(
            Due(kind.target, kind.field, earliest=earliest)
            if kind.target == "date_deadline"
            else kind
            for kind in kinds
        )

    def _know_moments(self, item, values):
        """Of what is over, or due on no day of its own, the days come from elsewhere."""
        is_open = values.get("active", True) and not values.get("date_done")
        return {} if is_open and item.targets.get("date_deadline") else None
