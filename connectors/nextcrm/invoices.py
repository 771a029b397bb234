"""What belongs to NextCRM's invoices: their lines, series, payments and customer."""

from .enrich_people import members
from .query import quoted
from .relating import relate

_LINES = (
    *("id", "invoiceId", "position", "productId", "description", "quantity"),
    *("unitPrice", "discountPercent", "taxRateId", "taxRateSnapshot", "lineSubtotal"),
    *("lineVat", "lineTotal"),
)
_PAYMENTS = ("id", "invoiceId", "paidAt", "amount", "method", "reference", "note")
_AMOUNTS = (
    *("quantity", "unitPrice", "discountPercent", "taxRateSnapshot", "lineSubtotal"),
    *("lineVat", "lineTotal", "amount"),
)
"""Columns of type numeric: as text, so that no digit is lost on the way through JSON."""


def complete_invoices(r, rows):
    """Add ``_kind``, ``_lines``, ``_payments``, ``_series``, ``_company`` and ``_gone``."""
    relate(r, rows, _company=("accountId", "crm_Accounts"))
    ids = members(rows, "id")
    lines = _rows_of(r, "Invoice_LineItems", _LINES, "position, id", ids)
    payments = _rows_of(r, "Invoice_Payments", _PAYMENTS, '"paidAt", id', ids)
    rates, series = _rates(r), r.names("Invoice_Series")
    for row in rows:
        row["_lines"] = [_line(line, rates) for line in lines.get(row["id"], [])]
        row["_payments"] = payments.get(row["id"], [])
        days = [str(p["paidAt"]) for p in row["_payments"] if p.get("paidAt")]
        row["_paid_at"] = max(days, default=None)
        row["_series"] = series.get(row.get("seriesId"))
        is_proforma = row.get("type") == "PROFORMA" and row.get("status") != "CANCELLED"
        row["_kind"] = "proforma" if is_proforma else "document"


def _line(line, rates):
    """Return a line with its percentage: the one of the day it was issued counts."""
    frozen = line.pop("taxRateSnapshot", None)
    chosen = rates.get(line.pop("taxRateId", None))
    line.pop("lineTotal", None)  # the net amount and the tax, which stand beside it
    return {**line, "rate": frozen if frozen is not None else chosen}


def _rows_of(r, table, columns, order, ids):
    """Return ``{invoice: [row, …]}``, without what only orders and identifies them."""
    if not r.catalog.has(table, *columns):
        return {}
    listed = ", ".join(
        f"{quoted(name)}::text AS {quoted(name)}" if name in _AMOUNTS else quoted(name)
        for name in columns
    )
    sql = f"""SELECT {listed} FROM {quoted(table)}
               WHERE "invoiceId" = ANY(%(ids)s::uuid[]) ORDER BY "invoiceId", {order}"""
    found = {}
    for row in r.find(sql, ids):
        parent = row.pop("invoiceId")
        for name in ("id", "position"):
            row.pop(name, None)
        found.setdefault(parent, []).append(row)
    return found


def _rates(r):
    if "tax rates" not in r.kept:
        rates = {}
        if r.catalog.has("Invoice_TaxRates", "id", "rate"):
            sql = 'SELECT id::text, rate::text FROM "Invoice_TaxRates"'
            rates = dict(r.database.fetch(sql, stream="tax_rates"))
        r.kept["tax rates"] = rates
    return r.kept["tax rates"]
