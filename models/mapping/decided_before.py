"""What people decided about columns of the same name in other migrations."""

from .field_kinds import normalize

DECIDED = 95
"""How sure it is what a person decided about another file or export."""


def get_decided(env, mapping):
    """Return normalized name of a column → (target, name of the migration), the last one.

    Only migrations into the same company: nobody learns of another one's.
    """
    job = mapping.job_id
    lines = (
        env["crm.migration.mapping.line"]
        .sudo()
        .search(
            [
                ("mapping_id.model_name", "=", mapping.model_name),
                ("job_id", "!=", job.id),
                ("job_id.active", "in", (True, False)),
                ("company_id", "=", job.company_id.id),
                ("state", "=", "accepted"),
                ("target", "!=", False),
                ("target", "not =like", "@custom.%"),
            ],
            order="write_date, id",
        )
    )
    found = {}
    for line in lines:
        if len(line._get_paths()) == 1 and line._is_chosen():
            for name in {normalize(line.source), normalize(line.source_label)} - {""}:
                found[name] = (line.target, line.job_id.name)
    return found
