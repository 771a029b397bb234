"""Makes the invented Net-Results account that the simulator serves."""

import random
from datetime import datetime, timedelta, timezone

from . import net_results_words as words

START = datetime(2016, 6, 25, 14, 27, 8, tzinfo=timezone.utc)


class Account:
    """The truth: tables as ``{id: row}`` under the names of the first aliases.

    values: ``{contact id: [row]}`` of custom attributes; history: the same of activities
    members: ``{segment id: [contact id]}``; on_list: ``{list id: {contact id}}``;
    in_status: ``{lead status id: [contact id]}``
    """

    def __init__(self):
        self.contacts, self.accounts, self.lists, self.segments = {}, {}, {}, {}
        self.campaigns, self.emails, self.attributes, self.statuses = {}, {}, {}, {}
        self.overlays, self.forms, self.users, self.folders = {}, {}, {}, []
        self.values, self.history, self.members, self.on_list = {}, {}, {}, {}
        self.in_status = {}
        self.alerts, self.reports, self.domain_groups = {}, {}, {}
        self._next_contact = 700000244

    def add_contact(self, **members):
        """Add a contact at the end of the id order; return its row."""
        key = self._next_contact
        self._next_contact += 7
        made = START + timedelta(hours=key % 5000)
        row = {
            "contact_id": key,
            "contact_email_address": f"c{key}@people.example",
            "contact_first_name": "",
            "contact_last_name": "",
            "contact_title": "",
            "contact_unsubscribed": False,
            "contact_bounced": False,
            "account_id": 81000001,
            "account_name": "-",
            "contact_address_1": "",
            "contact_address_2": "",
            "country_name": "",
            "state_name": "",
            "city_name": "",
            "contact_postalcode": "",
            "contact_work_phone": "",
            "contact_home_phone": None,
            "contact_mobile_phone": None,
            "contact_fax": None,
            "flag_19": False,
            "contact_create_date": made.isoformat(),
            "contact_modified_date": (made + timedelta(days=30)).isoformat(),
            "last_event_date": None,
            "last_event_name": None,
            "other_event_date": None,
            "other_event_name": None,
            "owner_email": None,
            **members,
        }
        self.contacts[key] = row
        self.accounts[row["account_id"]] = {
            "account_id": row["account_id"],
            "account_name": row["account_name"],
        }
        return row


def make_account(contacts=60, activities=3, emails=12, seed=11):
    """Return an account; the same arguments give the same one.

    activities: rows of history per contact, on average; the first contact has many
    """
    account, rng = Account(), random.Random(seed)
    _add_settings(account, emails)
    for number in range(contacts):
        _add_person(account, number, rng)
    for number, key in enumerate(account.contacts):
        _add_history(account, key, number, activities, rng)
        _add_values(account, key, number)
    _add_members(account, rng)
    return account


def _add_person(account, number, rng):
    awkward = number < len(words.PEOPLE)
    if awkward:
        first, last, title, firm, email, country, state, city, code = words.PEOPLE[number]  # fmt: skip
    else:
        first, last, title = rng.choice(words.FIRST), rng.choice(words.LAST), "Buyer"
        firm, email = rng.choice(words.FIRMS), f"person{number}@firm{number % 9}.example"  # fmt: skip
        country, state, city, code = "USA", "CO", "Denver", f"{80000 + number}"
    firm_id = 81000001 if firm in ("-", "") else 81000100 + len(firm) * 3 + sum(map(ord, firm)) % 997 * 100  # fmt: skip
    if number == 6:
        firm_id += 1  # a second account that is called Acme as well
    account.add_contact(
        contact_email_address=email,
        contact_first_name=first,
        contact_last_name=last,
        contact_title=title,
        contact_unsubscribed=number in (1, 3) or number % 40 == 39,
        contact_bounced=number in (0, 3) or number % 9 == 8,
        account_id=firm_id,
        account_name=firm,
        contact_address_1="12 Canal Road" if number % 2 else "",
        country_name=country,
        state_name=state,
        city_name=city,
        contact_postalcode=code,
        contact_work_phone="(555) 010-0144" if number % 3 else "555.010.0144 x12",
        contact_mobile_phone="+1 555 010 0199" if number % 5 == 0 else None,
        contact_fax="555-010-0100" if number % 7 == 0 else None,
        contact_lead_score=number,
        contact_twitter_username="@mara" if number == 0 else "",
        owner_email=words.OWNERS[number % 3][0] if number % 4 == 0 else None,
    )


def _add_history(account, key, number, activities, rng):
    count = 25 if number == 0 else rng.randint(0, 2 * activities)
    rows = account.history[key] = []
    for position in range(count):
        kind = rng.choice(list(words.TYPES))
        moment = START + timedelta(days=rng.randint(0, 2000), seconds=position)
        row = {
            "activity_id": key * 100 + position,
            "activity_type": words.TYPES[kind],
            "activity_date": moment.isoformat(),
        }
        if kind <= 4:
            row |= {"email_id": 4410, "email_name": "October news", "email_subject": "News"}  # fmt: skip
            row |= {"campaign_id": 9000, "campaign_name": "Newsletter 2020"}
        if kind == 3:
            row["url"] = "https://s.example/?a=1"
        if kind == 4:
            row |= {"bounce_type": "hard", "bounce_code": "5.1.1"}
        if number % 6 == 5:
            row.pop("activity_id")
        rows.append(row)


def _add_values(account, key, number):
    account.values[key] = [
        {"custom_attribute_id": 501 + place, "custom_attribute": label, "value": value}
        for place, ((label, _type), value) in enumerate(
            zip(words.ATTRIBUTES, words.VALUES, strict=True)
        )
        if (number + place) % 3 == 0
    ]


def _add_members(account, rng):
    keys = list(account.contacts)
    everybody, some, nobody = account.segments
    account.members = {everybody: keys, some: keys[::3], nobody: []}
    for number, key in enumerate(account.statuses):
        account.in_status[key] = keys[number :: len(account.statuses) + 1]
    for number, key in enumerate(account.lists):
        account.on_list[key] = set(rng.sample(keys, len(keys) // (number + 2)))


def _add_settings(account, emails):
    for number, (name, kind) in enumerate(words.LISTS):
        account.lists[220101 + number] = {
            "email_list_id": 220101 + number,
            "email_list_name": name,
            "email_list_type": kind,
        }
    for number, name in enumerate(words.SEGMENTS):
        account.segments[330001 + number] = {
            "contact_segment_id": 330001 + number,
            "contact_segment_name": name,
        }
    for number, (name, kind, status) in enumerate(words.CAMPAIGNS):
        account.campaigns[9000 + number] = {
            "campaign_id": 9000 + number,
            "campaign_name": name,
            "campaign_type": kind,
            "campaign_status": status,
            "campaign_start_date": START.isoformat(),
        }
    for number, (label, kind) in enumerate(words.ATTRIBUTES):
        account.attributes[501 + number] = {
            "custom_attribute_id": 501 + number,
            "custom_attribute": label,
            "data_type": kind,
        }
    for number in range(emails):
        name, subject, body = words.EMAILS[number % len(words.EMAILS)]
        account.emails[4410 + number] = {
            "email_id": 4410 + number,
            "email_name": f"{name} {number}".strip(),
            "email_subject": subject,
            "email_content_html": body,
            "email_content_text": "text",
            "email_reply_to_address": "news@seller.example",
            "email_reply_to_label": "Seller & Söhne",
        }
    for number, name in enumerate(words.STATUSES):
        account.statuses[number + 1] = {"lead_status_id": number + 1, "lead_status": name}  # fmt: skip
    account.overlays[1] = {"lead_score_overlay_id": 1, "lead_score_overlay_name": "Default"}  # fmt: skip
    account.forms[61] = {"form_id": 61, "form_name": "Contact us"}
    for number, name in enumerate(words.INVENTORY, 1):
        account.alerts[number] = {"alert_id": number, "alert_name": name}
        account.reports[number] = {"report_id": number, "report_name": name}
        account.domain_groups[number] = {"domain_group_id": number, "domain_group_name": name}  # fmt: skip
    for email, first, last in words.OWNERS:
        if first:
            account.users[email] = {
                "user_id": 40 + len(account.users),
                "email": email,
                "first_name": first,
                "last_name": last,
                "api_key": "users-own-api-key",
            }
    account.folders = [
        {
            "folder_id": 1,
            "folder_name": "All",
            "children": [{"folder_id": 2, "folder_name": "2019", "children": []}],
        }
    ]
