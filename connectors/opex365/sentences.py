"""What the connector of OPEX 365 has to say."""

from ..core.sentences import Sentences, _lt

SENTENCES = Sentences(
    {
        # errors of Microsoft Entra and of Dataverse
        "wrong_secret": _lt(
            "%(host)s does not accept the client secret. Enter its value, not its id."
        ),
        "secret_expired": _lt(
            "The client secret has expired. Make a new one in the app registration."
        ),
        "certificate_rejected": _lt(
            "%(host)s does not accept the certificate. Add it to the app registration."
        ),
        "unknown_app": _lt("%(host)s has no app with this client id in this tenant."),
        "unknown_tenant": _lt("%(host)s has no tenant of this name or id."),
        "unknown_environment": _lt(
            "%(host)s has no environment at this address in this tenant."
        ),
        "login_refused": _lt("%(host)s refused the login (AADSTS%(number)s)."),
        "no_app_user": _lt(
            "%(host)s has no application user for this app, or it is disabled."
        ),
        "user_disabled": _lt(
            "The application user of %(host)s is disabled. Enable it."
        ),
        "organization_disabled": _lt("The environment %(host)s is disabled."),
        "privilege_missing": _lt(
            "%(login)s lacks the right to read %(stream)s. Add it to its security role."
        ),
        "column_secured": _lt("%(host)s keeps a column of %(stream)s to itself."),
        "query_refused": _lt(
            "%(host)s did not understand the question for %(stream)s (%(status)s)."
        ),
        "query_too_heavy": _lt("%(host)s finds the question for %(stream)s too heavy."),
        "table_missing": _lt(
            "%(host)s has no %(stream)s: the app that brings it is not installed."
        ),
        "row_missing": _lt("The record of %(stream)s is gone."),
        "paging_expired": _lt(
            "%(host)s has forgotten the place in %(stream)s: it is read once more."
        ),
        "too_many_rows": _lt(
            "%(host)s refuses to add up that many records of %(stream)s."
        ),
        "tracking_expired": _lt(
            "%(host)s has forgotten what changed in %(stream)s: it is read once more."
        ),
        "too_large": _lt("%(stream)s is too large for one answer of %(host)s."),
        "chunks_refused": _lt("%(host)s does not hand out %(stream)s in pieces."),
        "extension_failed": _lt(
            "An extension (plug-in) of %(host)s failed on %(stream)s."
        ),
        # lines of a check
        "logged_in": _lt("Logged in as %(login)s in %(organization)s."),
        "solution": _lt("%(solution)s %(version)s is installed."),
        "no_solution": _lt(
            "No solution of a vendor is installed: this may be another environment than "
            "the one with OPEX 365 CRM."
        ),
        "table_absent": _lt(
            "%(streams)s: the apps that bring them are not installed. They will be "
            "empty."
        ),
        "rows_hidden": _lt(
            "%(login)s sees %(seen)s of about %(total)s [[total|record|records]] of "
            "%(stream)s: its security role must read the whole organization, else "
            "records stay behind without a word."
        ),
        "custom_tables": _lt(
            "%(count)s [[count|table|tables]] of a vendor or of your own "
            "[[count|was|were]] found."
        ),
        "personal_flows": _lt(
            "Flows that people made outside of solutions cannot be seen from here: ask "
            "for them."
        ),
        "tracking_days": _lt(
            "Changes can be told for %(days)s [[days|day|days]]; after that, by date."
        ),
        # while reading
        "column_left_out": _lt(
            "%(stream)s: the server refuses %(column)s, which is left out."
        ),
        "read_again": _lt(
            "%(stream)s is read from the start once more: the server forgot where we "
            "were."
        ),
        "moves_unseen": _lt(
            "%(stream)s: what changed in their processes alone cannot be asked for."
        ),
        "links_unseen": _lt(
            "%(stream)s: records that were only related to others, or are no longer, "
            "have no new date: a reading without a date limit brings that."
        ),
        "tracking_off": _lt(
            "%(stream)s: the server does not track changes; they are told by date."
        ),
        "party_orphan": _lt(
            "%(role)s of activity %(activity)s is a record that is gone (%(table)s)."
        ),
        "body_truncated": _lt(
            "%(stream)s: the text of %(email)s was cut off by the CRM itself."
        ),
        "stages_unread": _lt(
            "%(stream)s: the stages may not be read, so none is told."
        ),
        "currencies_unread": _lt(
            "%(stream)s: the currencies may not be read; amounts are without one."
        ),
        "list_unread": _lt(
            "%(stream)s: the rule of %(list)s cannot be run: %(reason)s"
        ),
        "relations_left_out": _lt(
            "%(stream)s: %(count)s [[count|relation is|relations are]] left out, more "
            "than can be asked for at once."
        ),
    }
)
