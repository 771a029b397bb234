"""Lines of invoices that come as an object of their own: they are created with theirs."""

from odoo import models
from odoo.tools import SQL

from ..loading.batch import REF, Refused, as_reference
from ..staging.part_values import part_values

BILL = "@bill"
MOVE = "account.move"


class CrmMigrationTargetAccountMoveLine(models.AbstractModel):
    """An invoice is nothing without its lines, so that loading it takes them along.

    What is loaded here is only which journal item a row has become: the rows of an
    invoice in the order in which they were read. A rollback leaves them to the invoice,
    and the comparison of the invoice compares every cell of them.
    """

    _name = "crm.migration.target.account.move.line"
    _description = "Migration Target: Lines of Invoices"
    _inherit = ["crm.migration.target"]
    _model, _app = "account.move.line", "account"

    def _get_obstacle(self, job):
        return self.env["crm.migration.target"]._explain_obstacle(MOVE, job)

    def _prepare(self, batch, item):
        item.vals, item.unmapped_values, item.deferred = {}, [], {}
        item.move_id = self._look_up_id(batch, item, BILL, MOVE)
        if not item.move_id:
            raise Refused("no_thread", BILL)

    def _complete(self, batch, item):
        """Nothing is created here: the invoice has created it."""

    def _check_required(self, batch, item, creating=False):
        """The same."""

    def _create_records(self, batch, items):
        places = self._find_places(batch, items)
        lines = {
            move.id: move.invoice_line_ids.sorted("id").ids
            for move in self.env[MOVE].browse({item.move_id for item in items})
        }
        ids = []
        for item in items:
            place, known = places.get(item.row["id"]), lines[item.move_id]
            if place is None or place >= len(known):
                raise Refused("invoice_line", BILL)
            item.rollback_action = "keep"
            ids.append(known[place])
        return ids

    def _find_places(self, batch, items):
        """Return staging id → the place of the row among those of its invoice."""
        keys = {key[1] for item in items for key in self._keys_of(item)}
        found, counted = {}, {}
        for bill, record_id, _values in self._fetch_lines(batch.mapping, keys):
            found[record_id] = counted[bill] = counted.get(bill, -1) + 1
        return found

    def _keys_of(self, item):
        reference = as_reference(self._first(item.targets.get(BILL)))
        return [reference[1]] if reference and reference[0] == REF else []

    def _first(self, value):
        return value[0] if isinstance(value, list) and value else value

    def _fetch_lines(self, mapping, keys):
        """Return (key of the invoice, staging id, values) in the order of the reading."""
        bill = SQL(
            "COALESCE(v #>> %s, v #>> %s)", [BILL, "0", REF, "1"], [BILL, REF, "1"]
        )
        return self.env.execute_query(
            SQL(
                "SELECT %(bill)s, record.id, v FROM crm_migration_record AS record"
                f" CROSS JOIN LATERAL (SELECT {part_values()} AS v) AS merged"
                " WHERE record.stream_id = %(stream)s AND record.state <> 'skipped'"
                " AND COALESCE(record.values -> %(part)s ->> '@mapping', %(mapping)s)"
                " = %(mapping)s"
                " AND %(bill)s = ANY(%(keys)s)"
                " ORDER BY record.id",
                bill=bill,
                part=mapping.part or "",
                stream=mapping.stream_id.id,
                mapping=str(mapping.id),
                keys=list(keys),
            )
        )

    def _keep_audit_columns(self, batch, items, created=True):
        """A line has no dates of its own."""

    def _update(self, batch, items):
        """Changes come with the invoice; a row that changed is only noted."""
        for item in items:
            self._prepare(batch, item)
            item.outcome = "updated"
        self._write_links(batch, items)

    def _values_to_check(self, batch, item):
        return {}

    def _compare_columns(self, batch, wanted):
        return ()

    def _compare_more(self, batch, item, record):
        """Yield that the line belongs to its invoice; the invoice compares the rest."""
        move_id = self._look_up_id(batch, item, BILL, MOVE)
        yield "move_id", move_id, record.move_id.id
