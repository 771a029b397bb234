"""What the connector of Net-Results has to say."""

from ..core.sentences import Sentences, _

SENTENCES = Sentences(
    {
        # errors
        "no_method": _(
            "%(host)s does not know %(controller)s.%(method)s. Correct the endpoint "
            "profile."
        ),
        "bad_parameter": _(
            "%(host)s does not take %(parameter)s for %(controller)s.%(method)s. "
            "Correct the endpoint profile."
        ),
        "call_refused": _(
            "%(host)s refused %(controller)s.%(method)s (error %(status)s)."
        ),
        # lines of a check
        "token_accepted": _("The token is accepted."),
        "object_found": _(
            "%(stream)s: %(controller)s.%(method)s answers, %(count)s "
            "[[count|record|records]]."
        ),
        "object_unasked": _("%(stream)s: %(controller)s.%(method)s is there."),
        "object_missing": _(
            "%(stream)s: %(controller)s.%(method)s does not answer. Correct the "
            "endpoint profile, or bring them as a file."
        ),
        "names_resolved": _("%(stream)s: in this account %(names)s."),
        "names_unresolved": _(
            "%(stream)s: nothing in a record is called like %(missing)s. The record has "
            "%(found)s. Enter the right names in the endpoint profile."
        ),
        "companies_derived": _(
            "There is no list of accounts: companies are made from the contacts. "
            "Companies without contacts, and fields of companies, need a file."
        ),
        "by_file": _("Net-Results has no %(streams)s: bring them as files."),
        "long_way": _(
            "%(stream)s costs a call for each of %(contacts)s "
            "[[contacts|contact|contacts]]: about %(hours)s h."
        ),
        "memberships": _(
            "Who is on a list or subscription is told only contact by contact: select "
            "it if it is worth the time, or bring a file."
        ),
        "no_description": _(
            "%(host)s does not describe its methods: whether they are there shows only "
            "when they are called."
        ),
        "not_encrypted": _(
            "The connection to %(host)s is not encrypted: the password can be read on "
            "the way."
        ),
        "not_checked": _("%(stream)s was not tried: the check had taken long enough."),
        # while reading
        "order_not_kept": _(
            "%(stream)s: the rows do not come in the order of their ids. They are told "
            "apart one by one instead."
        ),
        "short_zip": _(
            "The postal code of contact %(source_id)s has four digits: in the United "
            "States it has probably lost its leading zero."
        ),
    }
)
