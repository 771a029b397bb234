"""Messages that are awkward in every way a source may think of."""

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


def _ref(stream, key, *more):
    return {"$ref": [stream, key, *more]}


DEAL, TWO = _ref("deals", "1"), _ref("deals", "2")
BOB, NOBODY = _ref("contacts", "1"), _ref("deals", "404")
LATER, OUT = _ref("contacts", "later"), _ref("contacts", "out")
ANNA, STRANGER = {"$owner": "anna"}, {"$owner": "stranger"}


def _party(role, email, name=""):
    return {"role": role, "email": email, "name": name}


def _note(number, **values):
    """Return a plain note on the deal, an hour behind the one before."""
    at = f"2019-03-{4 + number // 24:02} {number % 24:02}:05:06"
    given = {"body": f"<p>Note {number}</p>", "date": at, "@subtype": "note"}
    found = {**given, "@thread": [DEAL], **values}
    return {name: value for name, value in found.items() if value is not ...}


ROWS = {
    # threads
    "plain": _note(0),
    "one": _note(1, **{"@thread": DEAL}),
    "unknown": _note(2, **{"@thread": [NOBODY]}),
    "unknown and known": _note(3, **{"@thread": [NOBODY, TWO]}),
    "later": _note(4, **{"@thread": [LATER]}),
    "later and known": _note(5, **{"@thread": [LATER, DEAL]}),
    "left out": _note(6, **{"@thread": [OUT]}),
    "left out and known": _note(7, **{"@thread": [OUT, DEAL]}),
    "several": _note(8, **{"@thread": [DEAL, TWO, BOB, BOB]}, subject="All & <b>"),
    "on a to-do": _note(9, **{"@thread": [_ref("tasks", "1")]}),
    "on none": _note(10, **{"@thread": ...}),
    "on nothing": _note(11, **{"@thread": []}),
    "company": _note(12, **{"@thread": None, "@unlinked": "company"}),
    "a name": _note(13, **{"@thread": [_ref("contacts", "Bob", "name")]}),
    "no such name": _note(14, **{"@thread": [DEAL, _ref("contacts", "Zed", "name")]}),
    "named": _note(15, **{"@thread": [{**DEAL, "named": [["Deal", "Else"]]}]}),
    "text": _note(16, **{"@thread": "Deal"}),
    # authors
    "by anna": _note(17, **{"@author": ANNA}),
    "by bob": _note(18, **{"@author": BOB}),
    "by both": _note(19, **{"@author": [BOB, ANNA]}),
    "by no address": _note(20, **{"@author": _ref("contacts", "4")}),
    "by a stranger": _note(21, **{"@author": STRANGER}),
    "by later": _note(22, **{"@author": LATER}),
    "by unknown": _note(23, **{"@author": _ref("contacts", "404")}),
    "by a deal": _note(24, **{"@author": DEAL}),
    "made by anna": _note(25, **{"@created_by": ANNA}),
    "made and written": _note(26, **{"@created_by": ANNA, "@author": BOB}),
    "changed by anna": _note(
        27, **{"@updated_by": ANNA, "@updated_at": "2020-01-01T10:00:00+02:00"}
    ),
    "address": _note(28, email_from='"Bob B." <bob@client.test>'),
    "strange address": _note(29, email_from="someone@else.test"),
    "shared address": _note(30, email_from="Dino <shared@client.test>"),
    "unclear address": _note(31, email_from="shared@client.test"),
    "reply": _note(32, reply_to="r@else.test", **{"@author": ANNA}),
    # texts
    "script": _note(33, body="<p>a</p><script>x()</script><b onclick='x'>b</b>"),
    "picture": _note(34, body=f'<img src="data:image/png;base64,{PIXEL}"/>'),
    "broken picture": _note(35, body='<img src="data:image/png;base64,A$"/>'),
    "empty": _note(36, body=""),
    "no body": _note(37, body=...),
    "null": _note(38, body=None),
    "number": _note(39, body=12),
    "a list": _note(40, body=["a", "b"]),
    "a reference": _note(41, body=BOB),
    "signature": _note(42, body="a\n-- \nBob"),
    "signs": _note(43, body="a\\nb\\\\\tc\r\n"),
    "subject": _note(44, subject="S" * 3000),
    "odd subject": _note(45, subject="a\tb\\N\n\u2028"),
    "no subject": _note(46, subject=""),
    "note": _note(47, **{"@note": "<p>More</p>", "@note.more": "Kept"}),
    "no body, note": _note(48, body=..., **{"@note.more": ["Kept", BOB]}),
    "no field": _note(49, x_no_such="lost"),
    "leftovers": _note(50, **{"@leftovers": [["Colour", "red"], ["Size", "9"]]}),
    # dates
    "zone": _note(51, date="2019-05-05T05:05:05+05:30"),
    "fraction": _note(52, date="2019-05-05T05:05:05.987Z"),
    "day": _note(53, date="2019-05-06"),
    "no date": _note(54, date=...),
    "bad date": _note(55, date="yesterday", **{"@created_at": "2019-05-07T02:00:00Z"}),
    "made": _note(56, date=..., **{"@created_at": "2019-05-07T01:00:00Z"}),
    "made and dated": _note(57, **{"@created_at": "2018-05-07T01:00:00Z"}),
    "made badly": _note(58, **{"@created_at": "soon"}),
    "changed": _note(59, date=..., **{"@updated_at": "2019-05-08 01:00:00"}),
    "old": _note(60, date="1871-01-01 00:00:00"),
    "older": _note(60, date="1871-01-01 00:00:00"),
    "future": _note(61, date="2077-01-01 00:00:00"),
    "first of a second": _note(62, date="2019-06-06 06:06:06"),
    "second of a second": _note(63, date="2019-06-06 06:06:06"),
    "a second later": _note(64, date="2019-06-06 06:06:07"),
    # kinds
    "comment": _note(65, **{"@subtype": "comment"}),
    "no kind": _note(66, **{"@subtype": ...}),
    "odd kind": _note(67, **{"@subtype": "letter"}),
    "decided kind": _note(68, **{"@subtype": {"$map": ["kinds", "Mail"]}}),
    "decided oddly": _note(69, **{"@subtype": {"$map": ["kinds", "Odd"]}}),
    "undecided kind": _note(70, **{"@subtype": {"$map": ["kinds", "?"]}}),
    "call": _note(71, **{"@subtype": "call", "@duration": 0.25}),
    "call of nothing": _note(72, **{"@subtype": "call", "@duration": 0}),
    "call of years": _note(73, **{"@subtype": "call", "@duration": 10**6}),
    "internal": _note(74, is_internal=True, **{"@subtype": "comment"}),
    "external": _note(75, is_internal=False),
    "type": _note(76, message_type="notification"),
    "bad type": _note(77, message_type="letter"),
    # mails
    "in": _note(
        78,
        message_id="<abc@client.test>",
        **{
            "@subtype": "email",
            "@addresses": [
                _party("from", "Bob@Client.test", "Bob"),
                _party("to", "anna.agren@example.test"),
                _party("cc", "stranger@else.test", "Ünbekannt, Ü."),
                _party("bcc", "shared@client.test", "Dino"),
                _party("to", ""),
            ],
        },
    ),
    "out": _note(
        79,
        **{
            "@subtype": "email",
            "@addresses": [
                _party("from", "anna.agren@example.test", "A"),
                _party("to", "bob@client.test"),
                _party("to", "shared@client.test"),
            ],
        },
    ),
    "addressed": _note(
        80,
        **{
            "@subtype": "email",
            "@thread": None,
            "@unlinked": "addresses",
            "@addresses": [
                _party("from", "bob@client.test"),
                _party("to", "shared@client.test", "Cleo, Dr."),
            ],
        },
    ),
    "partners": _note(81, **{"@partners": [BOB, ANNA, LATER, _ref("deals", "1"), BOB]}),
    "files": _note(82, **{"@files": [_ref("files", "404")]}),
    "same id": _note(83, message_id="<abc@client.test>"),
    "edited": _note(84),
    "withheld": _note(85, parent_id=_ref("notes", "plain")),
    "parent by number": _note(86, parent_id="x"),
}

CHANGES = {
    "plain": ROWS["plain"],
    "one": {**ROWS["one"], "body": "<p>New</p>"},
    "several": {**ROWS["several"], "subject": "Other", "@thread": [TWO, BOB]},
    "by anna": {**ROWS["by anna"], "@author": BOB},
    "zone": {**ROWS["zone"], "date": "2020-05-05T05:05:05+05:30"},
    "edited": {**ROWS["edited"], "body": "<p>By the source</p>"},
    "in": {**ROWS["in"], "subject": "Re", "@addresses": [_party("to", "b@b.test")]},
    "picture": {**ROWS["picture"], "body": "<p>None</p>"},
    "no body": {**ROWS["no body"], "body": "Now"},
    "unknown": {**ROWS["unknown"], "@thread": [DEAL]},
    "new": _note(0, date="2019-03-04 00:05:06"),
    "new one": _note(0, date="2019-03-04 00:05:06", **{"@thread": [TWO, DEAL]}),
}
