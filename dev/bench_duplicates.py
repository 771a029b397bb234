"""Say how many of the pairs found are one, and how many of those that are one are found.

    ./dev/bench --only duplicates     (20,000 invented contacts)
    .env/venv/bin/python dev/bench_duplicates.py --foreign FILE.csv …

Half of the contacts stand in Odoo, the other half comes from a source. What the default
thresholds would merge is compared with what is known: pair by pair, those that become one
by way of a third as well. For files of others see ``read_foreign``.
"""

import argparse
import csv
import sys
from collections import Counter, defaultdict
from itertools import combinations

from bench_data import get_people
from bench_measure import AtLeast, get_peak_memory
from bench_rest import share_address
from bench_work import create_job, measured, stage, work
from duplicates_copies import draw_contacts
from duplicates_people import People

SEED, NUMBER = 12, 20_000
PLACED = ("name", "email", "phone", "street", "zip", "city", "website", "vat")


def get_mapping():
    from connectors.mapping.vocabulary import constant, field, mapping, strip

    persons = tuple(field(name, name, strip) for name in PLACED)
    company = field("is_company", None, constant(True))
    return (
        mapping("people", "res.partner", *persons),
        mapping("firms", "res.partner", company, *persons),
    )


def find(contacts, country="base.de"):
    """Put contacts into Odoo and staging, and look for duplicates.

    :return: (id, other id, score, is_held) of each pair, what was decided
    """
    with measured() as env:
        ids = _create_partners(env, [c for c in contacts if c["side"] == "odoo"])
        job = create_job(env, get_mapping())
        job.write({"country_id": env.ref(country).id, "duplicate_policy": "merge"})
        staged = [c for c in contacts if c["side"] == "source"]
        for stream, is_company in (("people", False), ("firms", True)):
            rows = [
                {"id": c["id"], **{name: c.get(name) for name in PLACED}}
                for c in staged
                if bool(c["is_company"]) == is_company
            ]
            stage(job, stream, rows)
        work(job, "transform")
        spent, _longest = work(job, "match")
        env.cr.execute(
            """
            SELECT record.source_id::integer, other.source_id::integer, pair.res_id,
                   pair.score, pair.decision
              FROM crm_migration_duplicate AS pair
              JOIN crm_migration_record AS record ON record.id = pair.record_id
              LEFT JOIN crm_migration_record AS other ON other.id = pair.other_record_id
             WHERE pair.job_id = %s
            """,
            [job.id],
        )
        known = {res_id: key for key, res_id in ids.items()}
        found = [
            (one, other or known.get(res_id), score, decision)
            for one, other, res_id, score, decision in env.cr.fetchall()
            if other or res_id in known
        ]
    return found, spent["match"]


def _create_partners(env, contacts):
    Partner = env["res.partner"].with_context(
        tracking_disable=True, no_vat_validation=True
    )
    vals = [
        {
            **{name: c.get(name) or False for name in PLACED},
            "is_company": c["is_company"],
            "country_id": env.ref("base.de").id,
        }
        for c in contacts
    ]
    ids = []
    for start in range(0, len(vals), 1000):
        ids += Partner.create(vals[start : start + 1000]).ids
        env.cr.commit()
    return dict(zip((c["id"] for c in contacts), ids, strict=True))


def judge(contacts, pairs):
    """Return precision and recall of pairs that become one, and how each kind came out."""
    by_id = {c["id"]: c for c in contacts}
    merged = set(_close(pairs, by_id))
    entities = defaultdict(list)
    for c in contacts:
        entities[c["entity"]].append(c["id"])
    true = {
        pair
        for ids in entities.values()
        for pair in combinations(sorted(ids), 2)
        if _counts(by_id, pair)
    }
    kinds = defaultdict(Counter)
    for pair in true:
        for name in {by_id[each]["kind"] for each in pair}:
            kinds[name]["one"] += 1
            kinds[name]["found"] += pair in merged
    for pair in merged - true:
        for name in {by_id[each]["kind"] for each in pair}:
            kinds[name]["wrong"] += 1
    right = len(merged & true)
    return right / max(len(merged), 1), right / max(len(true), 1), kinds


def _close(pairs, by_id):
    """Yield every pair of what becomes one, by way of others as well."""
    roots = {key: key for key in by_id}

    def find_root(key):
        while roots[key] != key:
            roots[key] = key = roots[roots[key]]
        return key

    for one, other in pairs:
        roots[find_root(one)] = find_root(other)
    groups = defaultdict(list)
    for key in by_id:
        groups[find_root(key)].append(key)
    for ids in groups.values():
        yield from (p for p in combinations(sorted(ids), 2) if _counts(by_id, p))


def _counts(by_id, pair):
    """Tell whether a pair can be found at all: not where both are in Odoo already."""
    return any(by_id[each]["side"] == "source" for each in pair)


def report(contacts, found, spent, show):
    merged = [(one, other) for one, other, _s, decision in found if decision == "merge"]
    asked = [(one, other) for one, other, _s, decision in found if decision is None]
    precision, recall, kinds = judge(contacts, merged)
    _precision, seen, _kinds = judge(contacts, merged + asked)
    show(f"{'':<32}{'one':>8}{'found':>8}{'recall':>8}{'wrong':>8}")
    for name, count in sorted(kinds.items()):
        share = f"{count['found'] / count['one']:.2f}" if count["one"] else ""
        show(
            f"{name:<32}{count['one']:>8}{count['found']:>8}{share:>8}{count['wrong']:>8}"
        )
    return {
        "duplicates, precision": precision,
        "duplicates, recall": recall,
        "duplicates, merged or asked about": seen,
        "duplicates, pairs merged": len(merged),
        "duplicates, pairs asked about": len(asked),
        "duplicates, s": float(spent),
    }


def bench_duplicates(scale):
    contacts = draw_contacts(People(SEED), int(NUMBER * scale))
    found, spent = find(contacts)
    return report(contacts, found, spent, lambda line: print(line, file=sys.stderr))


def read_foreign(paths):
    """Return the contacts of files whose first column says ``rec-NUMBER-org`` or ``-dup-N``.

    So are the data sets of FEBRL (Freely Extensible Biomedical Record Linkage).
    """
    contacts = []
    for path in paths:
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                contacts.append(_as_contact(row, len(contacts)))
    return contacts


def _as_contact(row, position):
    key, number, *rest = row["rec_id"].split("-")
    get = {name: (value or "").strip() for name, value in row.items()}.get
    return {
        "id": position + 1,
        "entity": number,
        "kind": rest[0] if rest else key,
        "side": "odoo" if rest[0] == "org" else "source",
        "is_company": False,
        "name": f"{get('given_name', '')} {get('surname', '')}".strip() or "?",
        "phone": get("phone_number") or None,
        "street": f"{get('street_number', '')} {get('address_1', '')}".strip() or None,
        "zip": get("postcode") or None,
        "city": get("suburb") or None,
        "vat": get("soc_sec_id") or None,
    }


def bench_matching_odoo(scale):
    """As many contacts in Odoo as in the source, every tenth of them there already."""
    number = int(200_000 * scale)
    with measured() as env:
        job = create_job(env)
        stage(job, "contacts", share_address(get_people(number)[1]))
        work(job, "transform")
        # The others have the source's words, and numbers of their own.
        env.cr.execute(
            """
            INSERT INTO res_partner (name, complete_name, email, email_normalized, phone,
                                     phone_sanitized, street, zip, city, active, type,
                                     is_company, create_date, write_date)
            SELECT name, name, email, email, phone, replace(phone, ' ', ''), street, zip,
                   city, TRUE, 'contact', FALSE, now(), now()
              FROM (SELECT v ->> 'name' || tail AS name,
                           tail || lower(v ->> 'email') AS email,
                           v ->> 'phone' || tail AS phone, v ->> 'street' || tail AS street,
                           v ->> 'zip' AS zip, v ->> 'city' AS city
                      FROM crm_migration_record AS record,
                           LATERAL (SELECT record.values -> '' AS v) AS merged,
                           LATERAL (SELECT CASE WHEN record.id % 10 = 0 THEN ''
                                           ELSE (record.id % 7 + 1)::text END AS tail) AS own
                     WHERE job_id = %s) AS made
            """.replace("id %", "id %%"),
            [job.id],
        )
        env.cr.execute("ANALYZE res_partner")
        env.cr.commit()
        took, longest = work(job, "match")
        pairs = env["crm.migration.duplicate"].search_count([("job_id", "=", job.id)])
        memory = get_peak_memory()
    return {
        f"matching s, {number} × {number} contacts": took["match"],
        f"matching CPU s, {number} × {number} contacts": took["match"].cpu,
        f"longest batch s, {number} × {number} contacts": longest,
        f"memory MB, {number} × {number} contacts": memory,
        f"pairs, {number} × {number} contacts": pairs,
    }


BENCHES = {"duplicates": bench_duplicates, "matching_odoo": bench_matching_odoo}
ONLY_BY_NAME = ("duplicates", "matching_odoo")
GOALS = {
    "duplicates, precision": AtLeast(0.98),
    "duplicates, recall": AtLeast(0.90),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--foreign", nargs="+", metavar="FILE", help="CSV of FEBRL")
    parser.add_argument(
        "--without", default="", help="fields that are left out, with commas between"
    )
    options = parser.parse_args()
    contacts = (
        read_foreign(options.foreign)
        if options.foreign
        else draw_contacts(People(SEED), NUMBER)
    )
    for contact in contacts:
        contact |= dict.fromkeys(filter(None, options.without.split(",")))
    found, spent = find(contacts)
    for title, value in report(contacts, found, spent, print).items():
        print(f"{title:<40}{value:>14,.3f}")


if __name__ == "__main__":
    main()
