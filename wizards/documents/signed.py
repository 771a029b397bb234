"""Who has looked and signed: spot checks, sums, and lines for a pen."""

from .parts import (
    NUMBER,
    Column,
    Section,
    choice_of,
    day_of,
    list_records,
    make_table,
)


def make_spot_check(job):
    """Return the draws, and the records of the last one that was signed."""
    env, checks = job.env, job.spot_check_ids
    title = env._("Spot Check")
    if not checks:
        return Section(title, [env._("No spot check was drawn.")])
    columns = [
        Column(env._("Spot Check"), 18),
        Column(env._("Drawn On"), 18),
        Column(env._("Drawn By"), 20),
        Column(env._("Seed"), 14),
        Column(env._("Records"), 10, NUMBER),
        Column(env._("Judged"), 10, NUMBER),
        Column(env._("Wrong"), 10, NUMBER),
        Column(env._("Signed"), 36),
    ]
    rows = [
        [
            check.display_name,
            day_of(env, check.create_date),
            check.create_uid.name,
            check.seed,
            check.size,
            check.judged_count,
            check.wrong_count,
            _say_who(env, check.signed_by_id, check.signed_at),
        ]
        for check in checks
    ]
    shown = checks.filtered("signed_at")[:1] or checks[:1]
    heads = [
        Column(env._("No."), 6, NUMBER),
        Column(env._("Object"), 22),
        Column(env._("Record"), 32),
        Column(env._("Source ID"), 18),
        Column(env._("Verdict"), 10),
        Column(env._("Comment"), 40),
        Column(env._("Judged By"), 20),
        Column(env._("Judged On"), 18),
    ]
    lines = list_records(
        env["crm.migration.spot.check.line"],
        [("check_id", "=", shown.id)],
        env._("Records of %(draw)s", draw=shown.display_name),
        heads,
        lambda line: [
            *(line.sequence, line.stream_label, line.name or "", line.source_id),
            choice_of(line, "verdict") if line.verdict else "",
            line.comment or "",
            line.judged_by_id.name or "",
            day_of(env, line.judged_at),
        ],
    )
    tables = [make_table(env._("Draws"), columns, rows, shown=20), lines]
    return Section(title, [shown.progress_text], tables=tables)


def make_signatures(job):
    """Return everything that bears a signature, and lines for the parties."""
    env = job.env
    columns = [
        Column(env._("No."), 6, NUMBER),
        Column(env._("What"), 34),
        Column(env._("How"), 20),
        Column(env._("By"), 24),
        Column(env._("Date"), 18),
        Column(env._("State"), 18),
        Column(env._("Fingerprint"), 16),
        Column(env._("Seal"), 16),
    ]
    rows = [_list_entry(env, entry) for entry in job.sign_off_ids.sorted("number")]
    rows += [
        [
            *("", f"{check.display_name}: {check.progress_text}", env._("Signed")),
            check.signed_by_id.name,
            day_of(env, check.signed_at),
            *("", check.digest, ""),
        ]
        for check in job.spot_check_ids.filtered("signed_at")
    ]
    parties = [
        Column(env._("Party"), 30),
        Column(env._("Name"), 36),
        Column(env._("Date"), 20),
        Column(env._("Signature"), 44),
    ]
    # Blank lines: room for a pen.
    who = (env._("Customer"), env._("Carried out by"))
    blank = [[f"{party}\n\n\n", "", "", ""] for party in who]
    tables = (
        [make_table(env._("Signed in Odoo"), columns, rows, shown=60)] if rows else []
    )
    texts = [] if rows else [env._("Nothing was signed in Odoo.")]
    tables.append(make_table(env._("Acceptance"), parties, blank))
    return Section(env._("Sign-Offs"), texts, tables=tables)


def _list_entry(env, entry):
    """Return what a document says of one entry of the chain."""
    how = f"{entry.how_text}: {entry.comment}" if entry.comment else entry.how_text
    return [
        entry.number,
        entry._format_what(),
        how,
        entry.user_id.name or entry.user_login,
        day_of(env, entry.signed_at),
        choice_of(entry, "state"),
        entry.short_digest,
        entry.short_seal,
    ]


def _say_who(env, user, moment):
    return f"{user.name}, {day_of(env, moment)}" if moment else ""
