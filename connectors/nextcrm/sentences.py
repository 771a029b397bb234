"""What the connector of NextCRM has to say."""

from ..core.sentences import Sentences, _lt

SENTENCES = Sentences(
    {
        "version": _lt("NextCRM's tables as of %(version)s."),
        "version_unknown": _lt(
            "NextCRM's tables do not tell their release. Their columns do."
        ),
        "no_nextcrm_tables": _lt(
            "%(host)s has no tables of NextCRM in the schema %(schema)s: %(tables)s "
            "missing. Check database and schema. An installation of before December "
            "2025 keeps its data in MongoDB: upgrade it first."
        ),
        "may_not_read": _lt(
            "%(login)s may not read %(stream)s: they will be missing. Grant SELECT on "
            "%(table)s."
        ),
        "columns_closed": _lt(
            "%(login)s may not read %(columns)s of %(stream)s: they stay empty."
        ),
        "columns_unread": _lt(
            "%(columns)s of %(stream)s [[columns,|is|are]] left alone: by name "
            "[[columns,|it may be a secret|they may be secrets]], or they hold no plain "
            "values."
        ),
        "tables_unknown": _lt(
            "%(tables)s: filled tables that NextCRM 0.21.2 does not have. They are not "
            "read. If people keep data there, bring it over as a file."
        ),
        "not_encrypted": _lt(
            "The connection to %(host)s is not encrypted: data and password can be read "
            "on the way. Choose an encrypted mode if the server has one."
        ),
        "may_write": _lt(
            "%(login)s may change data. We only read; a login that may only read is "
            "safer."
        ),
        "not_in_utf8": _lt(
            "The database keeps text in %(encoding)s: what is not valid UTF-8 cannot be "
            "read."
        ),
        "left_out_deleted": _lt(
            "%(stream)s: %(count)s deleted [[count|record is|records are]] left out."
        ),
        "left_out_unlinked": _lt(
            "%(stream)s: %(count)s [[count|record is|records are]] left out: copies of "
            "others, or of nobody that NextCRM knows."
        ),
        "deals_closed": _lt(
            "Closed deals: %(won)s won, %(lost)s lost by NextCRM's own follow-up. If "
            "that is wrong, choose what Closed means."
        ),
        "no_object_store": _lt(
            "%(name)s lies in the object store, of which nothing is known. Enter its "
            "address and keys."
        ),
        "no_files": _lt(
            "Without the address of the object store, documents come without their "
            "content."
        ),
        "s3_refused": _lt(
            "%(host)s does not accept the keys of the object store, or they may not "
            "list the bucket."
        ),
        "s3_no_bucket": _lt("%(host)s has no bucket %(bucket)s."),
        "s3_denied": _lt(
            "The object store does not hand out %(name)s: it is not there, or the keys "
            "may not read it."
        ),
        "s3_ready": _lt("The object store at %(host)s answers."),
        "received_invoices": _lt(
            "%(count)s received [[count|invoice|invoices]] in the form of before March "
            "2026 [[count|is|are]] there; they are listed apart from invoices to "
            "customers."
        ),
    }
)
