"""In which language a load speaks: its records are the company's, its messages yours."""

READER = "crm_migration_reader"
"""Key of a context that is in the language of the company: that of whoever is told."""


def for_reader(records):
    """Return records in the language of whoever reads what came of a load."""
    lang = records.env.context.get(READER)
    return records.with_context(lang=lang) if lang else records
