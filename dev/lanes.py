"""Which records took the fast lane, by model, and why the others did not.

    .env/venv/bin/python dev/lanes.py [DATABASE]

Read from what each load has counted (``crm.migration.creation``). What is in the id map and
was counted by nobody is said, too: messages and files have ways of their own.
"""

import argparse
import sys
from collections import Counter

from processes import query

COUNTED = """
SELECT res_model, way, sum(count)::int FROM crm_migration_creation GROUP BY 1, 2
"""
CREATED = """
SELECT res_model, count(*)::int FROM crm_migration_id_map
 WHERE outcome = 'created' GROUP BY 1
"""
HAS_COUNTERS = "SELECT WHERE to_regclass('crm_migration_creation') IS NOT NULL"
LANE = "lane"


def make_table(database):
    """Return the table as text; "" where the load counts nothing."""
    if not query(database, HAS_COUNTERS):
        return ""
    counted = {}
    for model, reason, count in query(database, COUNTED):
        counted.setdefault(model, Counter())[reason] += count
    created = dict(query(database, CREATED))
    lines = [f"{'Model':<28}{'Created':>9}{'Lane':>9}{'Share':>8}  Others"]
    totals = Counter()
    for model in sorted(counted.keys() | created.keys()):
        reasons = counted.get(model, Counter())
        number = max(created.get(model, 0), sum(reasons.values()))
        lines.append(_line(model, number, reasons))
        totals += Counter({"all": number, "lane": reasons[LANE]})
    lines.append(_line("together", totals["all"], Counter(lane=totals["lane"]), ""))
    return "\n".join(lines)


def _line(model, number, reasons, others=None):
    lane = reasons[LANE]
    if others is None:
        told = Counter(reasons)
        told["counted by nobody"] = number - sum(reasons.values())
        told.pop(LANE, None)
        others = ", ".join(f"{count:,} {reason}" for reason, count in (+told).items())
    share = f"{100 * lane / number:.0f} %" if number else ""
    return f"{model:<28}{number:>9,}{lane:>9,}{share:>8}  {others}".rstrip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("database", nargs="?", default="crm_migration_demo")
    table = make_table(parser.parse_args().database)
    sys.stdout.write(f"{table or 'The load counts no lanes.'}\n")


if __name__ == "__main__":
    main()
