"""What the connector of Net-Results has to say."""

from ..core.sentences import Sentences, _lt

SENTENCES = Sentences(
    {
        # errors
        "no_method": _lt(
            "%(host)s does not know %(controller)s.%(method)s. Correct the endpoint "
            "profile."
        ),
        "bad_parameter": _lt(
            "%(host)s does not take %(parameter)s for %(controller)s.%(method)s. "
            "Correct the endpoint profile."
        ),
        "call_refused": _lt(
            "%(host)s refused %(controller)s.%(method)s (error %(status)s)."
        ),
        # lines of a check
        "token_accepted": _lt("The token is accepted."),
        "object_found": _lt(
            "%(stream)s: %(controller)s.%(method)s answers, %(count)s "
            "[[count|record|records]]."
        ),
        "object_there": _lt("%(stream)s: %(controller)s.%(method)s answers."),
        "object_empty": _lt(
            "%(stream)s: %(controller)s.%(method)s answers, without a record."
        ),
        "object_unasked": _lt("%(stream)s: %(controller)s.%(method)s is there."),
        "object_missing": _lt(
            "%(stream)s: %(controller)s.%(method)s does not answer. Correct the "
            "endpoint profile, or bring them as a file."
        ),
        "names_resolved": _lt(
            "%(stream)s: this account has names of its own (%(names)s)."
        ),
        "names_unresolved": _lt(
            "%(stream)s: nothing in a record is called like %(missing)s. The record has "
            "%(found)s. Enter the right names in the endpoint profile."
        ),
        "companies_derived": _lt(
            "There is no list of accounts: companies are made from the contacts. "
            "Companies without contacts, and fields of companies, need a file."
        ),
        "by_file": _lt("Net-Results has no %(streams)s: bring them as files."),
        "long_way": _lt(
            "%(stream)s costs a call for each of %(contacts)s "
            "[[contacts|contact|contacts]]: about %(hours)s h."
        ),
        "memberships": _lt(
            "Who is on a list or subscription is told only contact by contact: select "
            "it if it is worth the time, or bring a file."
        ),
        "no_description": _lt(
            "%(host)s does not describe its methods: whether they are there shows only "
            "when they are called."
        ),
        "not_encrypted": _lt(
            "The connection to %(host)s is not encrypted: the password can be read on "
            "the way."
        ),
        "not_checked": _lt(
            "%(stream)s was not tried: the check had taken long enough."
        ),
        # while reading
        "order_not_kept": _lt(
            "%(stream)s: the rows do not come in the order of their ids. They are told "
            "apart one by one instead."
        ),
        "short_zip": _lt(
            "The postal code of contact %(source_id)s has four digits: in the United "
            "States it has probably lost its leading zero."
        ),
    }
)
