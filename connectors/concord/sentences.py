"""What the connector of Concord has to say."""

from ..core.sentences import Sentences, _lt

SENTENCES = Sentences(
    {
        # lines of a check
        "version": _lt("Concord CRM %(version)s."),
        "old_version": _lt(
            "An old release (1.2 or before) that does not tell its number: files of "
            "notes and calls, and comments, may be out of reach."
        ),
        "not_super_admin": _lt(
            "%(login)s is not a super admin: Concord would leave out records without a "
            "word. Use the token of a super admin."
        ),
        "partial_data": _lt(
            "%(login)s is not a super admin: records that this account does not see are "
            "left out, as you have allowed."
        ),
        "not_encrypted": _lt(
            "The connection to %(host)s is not encrypted: the token can be read on the "
            "way. Use https."
        ),
        "currency": _lt("Amounts are in %(currency)s."),
        "currency_unknown": _lt(
            "Concord does not tell the currency of its amounts: choose it for the "
            "migration."
        ),
        "private_mail": _lt(
            "Messages of personal mailboxes are read as well, as you have chosen."
        ),
        "shared_mail": _lt(
            "Messages of other people's personal mailboxes are left out."
        ),
        # while reading
        "list_incomplete": _lt(
            "%(stream)s: %(found)s of %(total)s [[total|row|rows]] could be told apart. "
            "The list keeps no order and changed while it was read."
        ),
        "order_not_kept": _lt(
            "%(stream)s: the rows do not come in the order asked for. They are read "
            "page by page as they come."
        ),
        "mail_left_aside": _lt(
            "%(count)s [[count|message was|messages were]] left aside: drafts, spam or "
            "trash."
        ),
        "mail_of_others": _lt(
            "%(count)s [[count|message|messages]] of other people's mailboxes "
            "[[count|was|were]] left aside."
        ),
    }
)
