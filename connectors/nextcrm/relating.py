"""Links of a row to rows that may be in the bin."""

from .enrich_people import members


def relate(r, rows, **relations):
    """Give each row the ids of what is still there, and the names of what is not."""
    for row in rows:
        row["_gone"] = []
    for member, (column, table) in relations.items():
        keys = members(rows, column)
        alive = r.live(table, keys)
        gone = r.gone(table, keys, alive)
        for row in rows:
            row[member] = row.get(column) if row.get(column) in alive else None
            if row.get(column) in gone:
                row["_gone"].append(gone[row[column]])
