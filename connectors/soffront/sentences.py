"""What the connector of Soffront has to say."""

from ..core.sentences import Sentences, _

SENTENCES = Sentences(
    {
        # errors
        "service_off": _(
            "%(host)s has no REST service at %(path)s. Ask Soffront support to enable "
            "it for your project, or correct the path behind the host name."
        ),
        "awkward_credentials": _(
            "%(host)s does not take this log-in as part of an address. Give the user a "
            "password of letters and digits, and check that the service is at %(path)s."
        ),
        "token_refused": _("%(host)s refuses the token that it has just given out."),
        "refused": _(
            "%(host)s refuses to give %(stream)s (error %(number)s): %(text)s"
        ),
        "condition_ignored": _(
            "%(host)s ignores the condition that asks for the rows of %(stream)s after "
            "the last one. Choose another paging style in the endpoint profile."
        ),
        "order_ignored": _(
            "%(host)s does not give %(stream)s in the order of %(key)s. Choose another "
            "key or paging style in the endpoint profile."
        ),
        "cap_suspected": _(
            "%(host)s gives at most %(count)s [[count|row|rows]] of %(stream)s at a "
            "time. Choose a smaller page or the paging style keyset in the endpoint "
            "profile."
        ),
        "fewer_than_total": _(
            "%(host)s counts %(expected)s [[expected|record|records]] of %(stream)s but "
            "gave %(read)s. Choose the paging style keyset in the endpoint profile."
        ),
        "no_such_object": _(
            "%(host)s has no object for %(stream)s. Bring it as a file."
        ),
        "plain_http": _(
            "%(host)s is not encrypted: everybody on the way could read the password. "
            "Use https, or allow plain HTTP on purpose."
        ),
        # while reading
        "total_differs": _(
            "%(stream)s: the server counts %(expected)s, %(read)s [[read|was|were]] "
            "read."
        ),
        "deleted_left_out": _(
            "%(stream)s: %(count)s deleted [[count|record was|records were]] left out."
        ),
        "unmarked_left_out": _(
            "%(stream)s: %(count)s [[count|record is|records are]] marked neither as "
            "deleted nor as not deleted, and [[count|was|were]] left out. Take "
            "filters.active out of the endpoint profile to read them."
        ),
        "children_unread": _(
            "The %(children)s of a record of %(parent)s were refused: %(reason)s"
        ),
        # lines of a check
        "object_found": _(
            "%(stream)s: %(object)s, %(count)s [[count|record|records]], %(fields)s "
            "[[fields|field|fields]]."
        ),
        "object_uncounted": _(
            "%(stream)s: %(object)s, %(fields)s [[fields|field|fields]]; the server "
            "tells no total."
        ),
        "object_unread": _("%(stream)s: %(reason)s"),
        "condition_obeyed": _(
            "Conditions and order are obeyed: reading can be resumed anywhere."
        ),
        "from_files": _("Not to be had over the API, bring as files: %(streams)s."),
        "compare_totals": _(
            "Soffront leaves out without a word what %(login)s may not see. Compare "
            "these numbers with your own."
        ),
        "unknown_types": _(
            "%(object)s: the type of %(fields)s is not known; [[fields,|it is|they "
            "are]] taken as text."
        ),
        "not_encrypted": _(
            "The connection to %(host)s is not encrypted, as you have allowed."
        ),
        "no_counts": _(
            "The server cannot count attachments and notes at once: reading takes one "
            "call more for each record."
        ),
        "time_zone": _("Dates are taken as local time of %(zone)s."),
    }
)
