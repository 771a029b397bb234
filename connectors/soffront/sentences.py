"""What the connector of Soffront has to say."""

from ..core.sentences import Sentences, _lt

SENTENCES = Sentences(
    {
        # errors
        "service_off": _lt(
            "%(host)s has no REST service at %(path)s. Ask Soffront support to enable "
            "it for your project, or correct the path behind the host name."
        ),
        "awkward_credentials": _lt(
            "%(host)s does not take this log-in as part of an address. Give the user a "
            "password of letters and digits, and check that the service is at %(path)s."
        ),
        "token_refused": _lt("%(host)s refuses the token that it has just given out."),
        "refused": _lt(
            "%(host)s refuses to give %(stream)s (error %(number)s): %(text)s"
        ),
        "condition_ignored": _lt(
            "%(host)s ignores the condition that asks for the rows of %(stream)s after "
            "the last one. Choose another paging style in the endpoint profile."
        ),
        "order_ignored": _lt(
            "%(host)s does not give %(stream)s in the order of %(key)s. Choose another "
            "key or paging style in the endpoint profile."
        ),
        "cap_suspected": _lt(
            "%(host)s gives at most %(count)s [[count|row|rows]] of %(stream)s at a "
            "time. Choose a smaller page or the paging style keyset in the endpoint "
            "profile."
        ),
        "fewer_than_total": _lt(
            "%(host)s counts %(expected)s [[expected|record|records]] of %(stream)s but "
            "gave %(read)s. Choose the paging style keyset in the endpoint profile."
        ),
        "no_such_object": _lt(
            "%(host)s has no object for %(stream)s. Bring it as a file."
        ),
        "plain_http": _lt(
            "%(host)s is not encrypted: everybody on the way could read the password. "
            "Use https, or allow plain HTTP on purpose."
        ),
        # while reading
        "total_differs": _lt(
            "%(stream)s: the server counts %(expected)s, %(read)s [[read|was|were]] "
            "read."
        ),
        "deleted_left_out": _lt(
            "%(stream)s: %(count)s deleted [[count|record was|records were]] left out."
        ),
        "unmarked_left_out": _lt(
            "%(stream)s: %(count)s [[count|record is|records are]] marked neither as "
            "deleted nor as not deleted, and [[count|was|were]] left out. Take "
            "filters.active out of the endpoint profile to read them."
        ),
        "children_unread": _lt(
            "The %(children)s of a record of %(parent)s were refused: %(reason)s"
        ),
        # lines of a check
        "object_found": _lt(
            "%(stream)s: %(object)s, %(count)s [[count|record|records]], %(fields)s "
            "[[fields|field|fields]]."
        ),
        "object_uncounted": _lt(
            "%(stream)s: %(object)s, %(fields)s [[fields|field|fields]]; the server "
            "tells no total."
        ),
        "object_unread": _lt("%(stream)s: %(reason)s"),
        "condition_obeyed": _lt(
            "Conditions and order are obeyed: reading can be resumed anywhere."
        ),
        "from_files": _lt("Not to be had over the API, bring as files: %(streams)s."),
        "compare_totals": _lt(
            "Soffront leaves out without a word what %(login)s may not see. Compare "
            "these numbers with your own."
        ),
        "unknown_types": _lt(
            "%(object)s: the type of %(fields)s is not known; [[fields,|it is|they "
            "are]] taken as text."
        ),
        "not_encrypted": _lt(
            "The connection to %(host)s is not encrypted, as you have allowed."
        ),
        "no_counts": _lt(
            "The server cannot count attachments and notes at once: reading takes one "
            "call more for each record."
        ),
        "time_zone": _lt("Dates are taken as local time of %(zone)s."),
    }
)
