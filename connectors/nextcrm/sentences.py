"""What the connector of NextCRM has to say: one sentence for each of its codes."""

from ..core.plural import agree

SENTENCES = {
    "logged_in": "Logged in as {login}.",
    "version": "NextCRM's tables as of {version}.",
    "version_unknown": "NextCRM's tables do not tell their release. Their columns do.",
    "no_nextcrm_tables": "{host} has no tables of NextCRM in the schema {schema}: "
    "{tables} missing. Check database and schema. An installation of before December "
    "2025 keeps its data in MongoDB: upgrade it first.",
    "may_not_read": "{login} may not read {stream}: they will be missing. Grant SELECT "
    "on {table}.",
    "columns_closed": "{login} may not read {columns} of {stream}: they stay empty.",
    "columns_unread": "{columns} of {stream} [[columns,|is|are]] left alone: by name [[columns,|it may be a secret|they may be secrets]], "
    "or they hold no plain values.",
    "tables_unknown": "{tables}: filled tables that NextCRM 0.21.2 does not have. They are "
    "not read. If people keep data there, bring it over as a file.",
    "not_encrypted": "The connection to {host} is not encrypted: data and password can "
    "be read on the way. Choose an encrypted mode if the server has one.",
    "may_write": "{login} may change data. We only read; a login that may only read is "
    "safer.",
    "not_in_utf8": "The database keeps text in {encoding}: what is not valid UTF-8 "
    "cannot be read.",
    "left_out_deleted": "{stream}: {count} deleted [[count|record is|records are]] left out.",
    "left_out_unlinked": "{stream}: {count} [[count|record is|records are]] left out: copies of others, or of nobody "
    "that NextCRM knows.",
    "deals_closed": "Closed deals: {won} won, {lost} lost by NextCRM's own follow-up. "
    "If that is wrong, choose what Closed means.",
    "no_object_store": "{name} lies in the object store, of which nothing is known. "
    "Enter its address and keys.",
    "no_files": "Without the address of the object store, documents come without their "
    "content.",
    "s3_refused": "{host} does not accept the keys of the object store, or they may not "
    "list the bucket.",
    "s3_no_bucket": "{host} has no bucket {bucket}.",
    "s3_denied": "The object store does not hand out {name}: it is not there, or the "
    "keys may not read it.",
    "s3_ready": "The object store at {host} answers.",
    "received_invoices": "{count} received [[count|invoice|invoices]] in the form of before March 2026 [[count|is|are]] "
    "there; they are listed apart from invoices to customers.",
}


def said(code, **data):
    """Return the sentence of a code: an error shows it where nobody knows the source."""
    return agree(SENTENCES[code].format(**data), data)
