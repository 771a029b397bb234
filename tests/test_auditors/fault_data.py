"""What the small company of the faults has in its old CRM."""

DATA = {
    "companies": [
        {
            "id": "c1",
            "name": "Azulejos Norte",
            "email": "geral@norte.example",
            "phone": "+351 210 000 001",
            "website": "https://norte.example",
            "street": "Rua do Almada 7",
            "zip": "01069",
            "city": "Porto",
            "state": "Porto",
            "country": "Portugal",
            "tags": "VIP,Partner",
            "remark": "<p>Visited in March.</p>",
            "created_at": "2019-04-05T10:20:30Z",
        },
        {
            "id": "c2",
            "name": "Zeta Oy",
            "partners": ["p1", "p3"],
            "credit_limit": "12000",
            "amounts_in": "SEK",
            "created_at": "2020-01-02T03:04:05Z",
        },
    ],
    "addresses": [
        {
            "id": "a1",
            "of": "c2",
            "kind": "invoice",
            "name": "Buchhaltung",
            "street": "Havnen 7",
            "city": "Aarhus",
        }
    ],
    "contacts": [
        {
            "id": "p1",
            "name": "Marta Silva",
            "email": "marta@norte.example",
            "phone": "+351 910 000 002",
            "company_id": "c1",
            "job": "Buyer",
            "newsletter": True,
        },
        {"id": "p2", "name": "João Costa", "company_id": "c1", "job": "Owner"},
        {"id": "p3", "name": "João Costa", "company_id": "c2", "job": "Clerk"},
        {
            "id": "p4",
            "name": "Old Marta",
            "email": "old@norte.example",
            "merged_into": "Marta Silva",
            "lead_status": "Nurturing",
            "opted_out": True,
        },
    ],
    "deals": [
        {
            "id": "d1",
            "title": "Tiles for the station",
            "amount": "1250.50",
            "currency": "EUR",
            "chance": 25,
            "customer": "João Costa",
            "customer_city": "",
            "close": "2024-05-17",
            "status": "open",
            "stage": "Offer",
            "tags": "Urgent,Export",
            "owner": "ana@norte.example",
            "stage_since": "2023-11-05T09:00:00Z",
            "created_at": "2023-10-01T08:00:00Z",
        },
        {
            "id": "d2",
            "title": "Second roof",
            "amount": "900",
            "status": "won",
            "stage": "Signed",
            "actual": "950",
            "products": "Tiles; Gutter, copper",
            "members": ["p1", "p3"],
            "closed_at": "2024-02-03T11:12:13Z",
            "created_at": "2023-10-02T08:00:00Z",
        },
        # Nobody knows when it was won.
        {"id": "d3", "title": "Old shed", "status": "won", "stage": "Signed"},
    ],
    "series": [
        {
            "id": "s1",
            "rule": "FREQ=WEEKLY;BYDAY=MO;COUNT=2",
            "begin": "2024-03-04T09:00:00Z",
        }
    ],
    "meetings": [
        {
            "id": "m1",
            "subject": "On the roof",
            "start": "2024-03-04T14:30:00Z",
            "stop": "2024-03-04T15:30:00Z",
            "agenda": "Bring samples and the ladder.",
            "deal_ids": ["d1"],
            "created_at": "2024-03-01T08:00:00Z",
        },
        *(
            {
                "id": key,
                "subject": "Standup",
                "start": f"{day}T09:00:00Z",
                "stop": f"{day}T09:30:00Z",
                "series": "s1",
            }
            for key, day in (("m2", "2024-03-04"), ("m3", "2024-03-11"))
        ),
    ],
    "tasks": [
        {
            "id": "t1",
            "subject": "Call back about the grout",
            "due": "2024-04-05",
            "owner": "ana@norte.example",
            "done_at": "2024-04-04T10:00:00Z",
            "deal_ids": ["d1"],
        },
        {
            "id": "t2",
            "subject": "Send the colour chart",
            "due": "2024-04-08",
            "owner": "",
            "deal_ids": ["d1"],
        },
        {
            "id": "t3",
            "subject": "Measure",
            "due": "2024-04-09",
            "effort": 2.5,
            "deal_ids": ["d2"],
        },
    ],
    "notes": [
        {
            "id": "n1",
            "text": "They want it in blue; the architect agrees with that.",
            "written": "2024-01-02T03:04:05Z",
            "by": "ana@norte.example",
            "deal_ids": ["d1"],
        },
        {
            "id": "n2",
            "text": "Delivery through the yard only.",
            "written": "2024-01-03T03:04:05Z",
            "by": "ana@norte.example",
            "deal_ids": ["d1"],
        },
        {
            "id": "n3",
            "text": "It hangs on nobody.",
            "written": "2024-01-04T03:04:05Z",
            "by": "ana@norte.example",
            "deal_ids": [],
        },
        {
            "id": "n4",
            "subject": "Re: Angebot für Jörg",
            "text": "Sent.",
            "details": {"to": "books@norte.example", "cc": ["b@norte.example"]},
            "written": "2024-01-05T03:04:05Z",
            "by": "ana@norte.example",
            "deal_ids": ["d2"],
        },
    ],
}
