"""What the connector of OPEX 365 has to say."""

from ..core.sentences import Sentences, _

SENTENCES = Sentences(
    {
        # errors of Microsoft Entra and of Dataverse
        "wrong_secret": _(
            "%(host)s does not accept the client secret. Enter its value, not its id."
        ),
        "secret_expired": _(
            "The client secret has expired. Make a new one in the app registration."
        ),
        "certificate_rejected": _(
            "%(host)s does not accept the certificate. Add it to the app registration."
        ),
        "unknown_app": _("%(host)s has no app with this client id in this tenant."),
        "unknown_tenant": _("%(host)s has no tenant of this name or id."),
        "unknown_environment": _(
            "%(host)s has no environment at this address in this tenant."
        ),
        "login_refused": _("%(host)s refused the login (AADSTS%(number)s)."),
        "no_app_user": _(
            "%(host)s has no application user for this app, or it is disabled."
        ),
        "user_disabled": _("The application user of %(host)s is disabled. Enable it."),
        "organization_disabled": _("The environment %(host)s is disabled."),
        "privilege_missing": _(
            "%(login)s lacks the right to read %(stream)s. Add it to its security role."
        ),
        "column_secured": _("%(host)s keeps a column of %(stream)s to itself."),
        "query_refused": _(
            "%(host)s did not understand the question for %(stream)s (%(status)s)."
        ),
        "query_too_heavy": _("%(host)s finds the question for %(stream)s too heavy."),
        "table_missing": _(
            "%(host)s has no %(stream)s: the app that brings it is not installed."
        ),
        "row_missing": _("The record of %(stream)s is gone."),
        "paging_expired": _(
            "%(host)s has forgotten the place in %(stream)s: it is read once more."
        ),
        "too_many_rows": _("%(host)s does not add up that many records of %(stream)s."),
        "tracking_expired": _(
            "%(host)s has forgotten what changed in %(stream)s: it is read once more."
        ),
        "too_large": _("%(stream)s is too large for one answer of %(host)s."),
        "chunks_refused": _("%(host)s does not hand out %(stream)s in pieces."),
        "extension_failed": _(
            "An extension (plug-in) of %(host)s failed on %(stream)s."
        ),
        # lines of a check
        "logged_in": _("Logged in as %(login)s in %(organization)s."),
        "solution": _("%(solution)s %(version)s is installed."),
        "no_solution": _(
            "No solution of a vendor is installed: this may be another environment than "
            "the one with OPEX 365 CRM."
        ),
        "table_absent": _(
            "%(streams)s: the apps that bring them are not installed. They will be "
            "empty."
        ),
        "rows_hidden": _(
            "%(login)s sees %(seen)s of about %(total)s [[total|record|records]] of "
            "%(stream)s: its security role must read the whole organization, else "
            "records stay behind without a word."
        ),
        "custom_tables": _(
            "%(count)s [[count|table|tables]] of a vendor or of your own "
            "[[count|was|were]] found."
        ),
        "personal_flows": _(
            "Flows that people made outside of solutions cannot be seen from here: ask "
            "for them."
        ),
        "tracking_days": _(
            "Changes can be told for %(days)s days; after that, by date."
        ),
        # while reading
        "column_left_out": _(
            "%(stream)s: the server refuses %(column)s, which is left out."
        ),
        "read_again": _(
            "%(stream)s is read from the start once more: the server forgot where we "
            "were."
        ),
        "moves_unseen": _(
            "%(stream)s: what changed in their processes alone cannot be asked for."
        ),
        "tracking_off": _(
            "%(stream)s: the server does not track changes; they are told by date."
        ),
        "party_orphan": _(
            "%(role)s of activity %(activity)s is a record that is gone (%(table)s)."
        ),
        "body_truncated": _(
            "%(stream)s: the text of %(email)s was cut off by the CRM itself."
        ),
        "stages_unread": _("%(stream)s: the stages may not be read, so none is told."),
        "currencies_unread": _(
            "%(stream)s: the currencies may not be read; amounts are without one."
        ),
        "list_unread": _("%(stream)s: the rule of %(list)s cannot be run: %(reason)s"),
        "relations_left_out": _(
            "%(stream)s: %(count)s [[count|relation is|relations are]] left out, more "
            "than can be asked for at once."
        ),
    }
)
