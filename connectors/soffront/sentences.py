"""What only this source has to say, in English: errors and lines of a check."""

from ..core.plural import agree
from ..core.source import Finding

SENTENCES = {
    # errors
    "service_off": "{host} has no REST service at {path}. Ask Soffront support to enable "
    "it for your project, or correct the path behind the host name.",
    "awkward_credentials": "{host} does not take this log-in as part of an address. Give "
    "the user a password of letters and digits, and check that the service is at {path}.",
    "token_refused": "{host} refuses the token that it has just given out.",
    "refused": "{host} refuses to give {stream} (error {number}): {text}",
    "condition_ignored": "{host} ignores the condition that asks for the rows of {stream} "
    "after the last one. Choose another paging style in the endpoint profile.",
    "order_ignored": "{host} does not give {stream} in the order of {key}. Choose another "
    "key or paging style in the endpoint profile.",
    "cap_suspected": "{host} gives at most {count} [[count|row|rows]] of {stream} at a time. Choose a "
    "smaller page or the paging style keyset in the endpoint profile.",
    "fewer_than_total": "{host} counts {expected} [[expected|record|records]] of {stream} but gave {read}. "
    "Choose the paging style keyset in the endpoint profile.",
    "no_such_object": "{host} has no object for {stream}. Bring it as a file.",
    "plain_http": "{host} is not encrypted: everybody on the way could read the password. "
    "Use https, or allow plain HTTP on purpose.",
    # warnings while reading
    "total_differs": "{stream}: the server counts {expected}, {read} [[read|was|were]] read.",
    "deleted_left_out": "{stream}: {count} deleted [[count|record was|records were]] left out.",
    "unmarked_left_out": "{stream}: {count} [[count|record is|records are]] marked neither as deleted nor as "
    "not deleted, and [[count|was|were]] left out. Take filters.active out of the endpoint profile to "
    "read them.",
    "children_unread": "The {children} of a record of {parent} were refused: {reason}",
    # lines of a check
    "logged_in": "Logged in as {login}.",
    "object_found": "{stream}: {object}, {count} [[count|record|records]], {fields} [[fields|field|fields]].",
    "object_uncounted": "{stream}: {object}, {fields} [[fields|field|fields]]; the server tells no total.",
    "object_unread": "{stream}: {reason}",
    "condition_obeyed": "Conditions and order are obeyed: reading can be resumed anywhere.",
    "from_files": "Not to be had over the API, bring as files: {streams}.",
    "compare_totals": "Soffront leaves out without a word what {login} may not see. Compare "
    "these numbers with your own.",
    "unknown_types": "{object}: the type of {fields} is not known; [[fields,|it is|they are]] taken as text.",
    "not_encrypted": "The connection to {host} is not encrypted, as you have allowed.",
    "no_counts": "The server cannot count attachments and notes at once: reading takes "
    "one call more for each record.",
    "time_zone": "Dates are taken as local time of {zone}.",
}


def said(code, **data):
    return agree(SENTENCES[code].format(**data), data)


def warning(code, **data):
    return Finding("warning", code, said(code, **data), data)
