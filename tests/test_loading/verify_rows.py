"""Rows of every object that SQL verifies, as they are staged; each number is another one."""

DAY = "2019-04-%02dT10:20:30Z"


def make_company(number):
    return {
        "name": f"Azulejos {number} & Filhos",
        "is_company": True,
        "phone": f"+351 210 000 0{number:02}",
        "street": f"Rua {number}",
        "city": "Porto",
        "website": f"azulejos{number}.example/Loja-{number}",
        "comment": "Two roofs, one yard.",
        "user_id": {"$owner": "anna"},
        "@created_at": DAY % (number + 1),
        "@created_by": {"$owner": "anna"},
    }


def make_person(number):
    return {
        "name": f"Álvaro {number}",
        "email": f"person{number}@c{number % 3}.example",
        "phone": f"+351 220 000 0{number:02}",
        "zip": f"4{number:03}",
        "function": "Owner",
        "website": f"https://Alvaro-{number}.example",
        "comment": f"<p>Knows roof {number}</p>",
        "parent_id": {"$ref": ["companies", str(number % 3)]},
        "@created_at": DAY % (number + 1),
        "@updated_at": f"2020-01-{number + 1:02}T01:02:03.456+00:00",
    }


def make_deal(number):
    return {
        "name": f"Roof {number}",
        "type": "opportunity",
        "expected_revenue": 100.25 + number,
        "date_deadline": f"2030-02-{number + 1:02}",
        "partner_id": {"$ref": ["people", str(number)]},
        "user_id": {"$owner": "anna"},
        "@created_at": DAY % (number + 1),
    }


def make_lead(number):
    return {
        "name": f"Lead {number}",
        "type": "lead",
        "email_from": f"lead{number}@example.com",
        "phone": "+351 210 000 100",
        "city": f"Braga {number}",
        "website": f"www.lead{number}.example",
        "description": "Wants tiles",
    }


def make_activity(number):
    return {
        "@thread": {"$ref": ["people", str(number)]},
        "summary": f"Call {number}",
        "date_deadline": f"2030-03-{number + 1:02}",
        "user_id": {"$owner": "anna"},
        "note": "Ask for the roof",
        "@created_at": DAY % (number + 1),
    }


def make_call(number):
    """Return a to-do of nobody's, on a deal, that takes two moments of origin."""
    return {
        "summary": f"Ring {number}",
        "date_deadline": f"2031-03-{number + 1:02}",
        "note": f"<p>About <b>{number}</b></p>",
        "@thread": [{"$ref": ["deals", str(number)]}],
        "@created_at": DAY % (number + 1),
        "@updated_at": f"2020-01-{number + 1:02}T01:02:03.456+00:00",
        "@created_by": {"$owner": "anna"},
    }


def make_note(number):
    return {
        "body": f"We spoke of roof {number}",
        "date": f"2021-05-{number + 1:02} 10:20:30",
        "@subtype": "note",
        "@thread": [{"$ref": ["people" if number % 2 else "deals", str(number // 2)]}],
    }


def make_mail(number):
    return {
        "body": f"<p>Roof {number}</p>",
        "subject": f"Offer {number}",
        "@subtype": "email",
        "email_from": "Rui <rui@supplier.example>",
        "@thread": {"$ref": ["companies", str(number % 3)]},
        "@created_at": DAY % (number + 1),
        "@updated_at": f"2020-01-{number + 1:02}T01:02:03.456+00:00",
        "@created_by": {"$owner": "anna"},
    }


def make_meeting(number):
    return {
        "name": f"Visit {number}",
        "start": f"2021-03-{number + 1:02} 10:00:00",
        "stop": f"2021-03-{number + 1:02}T11:30:00Z",
        "location": f"Rua {number}",
        "description": f"<p>Bring <b>sample {number}</b>.</p>",
        "user_id": {"$owner": "anna"},
        "@partners": [
            {"$ref": ["people", str(number)], "state": "Accepted"},
            {"$ref": ["people", str((number + 1) % 12)]},
        ],
        "@created_at": DAY % (number + 1),
    }


def make_visit(number):
    """Return a meeting without anybody's user."""
    guests = [{"$ref": ["people", str(each)]} for each in range(number % 3)]
    return {
        "name": f"Fair {number}",
        "start": f"2021-04-{number + 1:02} 10:00:00",
        "stop": f"2021-04-{number + 1:02} 12:00:00",
        "@partners": guests,
    }


STREAMS = {
    "companies": ("res.partner", make_company),
    "people": ("res.partner", make_person),
    "deals": ("crm.lead", make_deal),
    "leads": ("crm.lead", make_lead),
    "meetings": ("calendar.event", make_meeting),
    "visits": ("calendar.event", make_visit),
    "todos": ("mail.activity", make_activity),
    "calls": ("mail.activity", make_call),
    "notes": ("mail.message", make_note),
    "mails": ("mail.message", make_mail),
}
