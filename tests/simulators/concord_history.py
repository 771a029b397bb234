"""Activities, notes, calls and comments of the invented company."""

from .concord_people import days_from
from .concord_words import ACTIVITY_TITLES, SENTENCES

AWKWARD_ACTIVITIES = (
    # days from the reference day, due time, end day offset, end time, done, links, guests
    ("all_day", (5, None, 1, None, False, "c", ())),
    ("timed_without_end", (3, "10:00:00", 0, None, False, "cd", ())),
    ("meeting_with_guests", (4, "09:30:00", 0, "11:00:00", False, "ccod", (("contacts", 1), ("contacts", 2), ("users", 2), ("users", 8)))),
    ("no_link", (2, "08:00:00", 0, None, False, "", ())),
    ("overdue", (-30, "23:45:00", 0, None, False, "d", ())),
    ("done", (-10, "15:00:00", 0, "15:30:00", True, "co", ())),
    ("done_early", (40, None, 0, None, True, "o", ())),
    ("over_midnight", (6, "22:00:00", 1, "02:00:00", False, "c", ())),
    ("guest_without_email", (7, "10:00:00", 0, "10:30:00", False, "", (("contacts", 5),))),
    ("in_2099", (27206, "12:00:00", 0, None, False, "c", ())),
    ("done_in_1999", (-9420, "12:00:00", 0, None, True, "c", ())),
    ("all_day_today_plus_one", (1, None, 0, None, False, "o", ())),
    ("begins_at_ten_ends_in_two_days", (8, "10:00:00", 2, None, False, "c", ())),
    ("ends_at_noon_of_a_day", (9, None, 0, "12:00:00", False, "c", ())),
    ("ends_before_it_begins", (11, "15:00:00", 0, "14:00:00", False, "d", ())),
    ("evening_far_in_the_west", (13, "02:00:00", -1, None, False, "o", ())),
)  # fmt: skip

OUTSIDER = "https://tracker.example.net/pixel.gif"


def awkward_notes(company):
    """Return (label, body, names of inline pictures) of the awkward notes."""

    def picture(label):
        token = company.find(label)["token"]
        return f'<img src="{company.app_url}/media/{token}/preview" alt="">'

    mention = (
        '<span class="mention" data-mention-id="{}" data-notified="true">@{}</span>'
    )
    return (
        ("empty_note", "", ()),
        ("blank_note", "<p><br></p>", ()),
        ("huge_note", "<p>" + "Lorem ipsum à la carte. " * 21000 + "</p>", ()),
        ("script_note", "<p>before</p><script>alert('x')</script><style>p{color:red}</style>"
         "<p onclick=\"go()\">after <a href='javascript:go()'>link</a></p>", ()),
        ("picture_note", f"<p>See {picture('inline_red')} and {picture('inline_blue')}</p>",
         ("inline_red", "inline_blue")),
        ("mention_note", f"<p>{mention.format(2, 'Inês Prado')} please, and "
         f"{mention.format(99, 'Gone User')}.</p>", ()),
        ("plain_note", "No markup at all & < 3\nsecond line", ()),
        ("tracker_note", f'<p>Hi</p><img src="{OUTSIDER}" width="1">', ()),
        ("table_note", "<table><tr><td>客户</td><td dir=\"rtl\">שלום</td></tr></table>", ()),
        ("unclosed_note", "<p><strong>bold <em>both</strong> tail", ()),
    )  # fmt: skip


ORPHANS = {"notes": 1, "activities": 1, "calls": 1, "comments": 1}
"""Records that hang on nothing, besides those that were asked for: see ``add_orphans``."""


class HistoryMaker:
    def __init__(self, company, rng):
        self.company = company
        self.rng = rng
        self.ids = {
            name: [row["id"] for row in company.rows(name)]
            for name in ("contacts", "companies", "deals", "users")
        }

    def add_activities(self, count):
        rng, company = self.rng, self.company
        types = [row["id"] for row in company.rows("activity-types")]
        for number in range(count):
            if number < len(AWKWARD_ACTIVITIES):
                label, plan = AWKWARD_ACTIVITIES[number]
            else:
                label, plan = None, self._plan()
            days, due_time, span, end_time, done, links, guests = plan
            owner = rng.choice(self.ids["users"])
            created = days_from(company, min(days, 0) - rng.randrange(1, 20), 8, number % 60)  # fmt: skip
            company.insert(
                "activities",
                label,
                title=f"{rng.choice(ACTIVITY_TITLES)} {number}",
                activity_type_id=types[number % len(types)],
                due_date=days_from(company, days)[:10],
                due_time=due_time,
                end_date=days_from(company, days + span)[:10],
                end_time=end_time,
                reminder_minutes_before=rng.choice((None, 0, 30, 1440)),
                reminded_at=days_from(company, days)
                if days < 0 and number % 2
                else None,
                completed_at=days_from(company, min(days, -1), 16) if done else None,
                description=rng.choice((None, "<p>Bring samples.</p>")),
                note=f"<p>{rng.choice(SENTENCES)}</p>" if number % 3 else None,
                user_id=owner,
                created_by=rng.choice((owner, 1)),
                owner_assigned_date=created,
                _guests=[
                    (kind, guest) for kind, guest in guests if guest in company[kind]
                ],
                **self._links(links),
                created_at=created,
                updated_at=days_from(company, min(days, 0)) if days < 0 else created,
            )
        company.insert(
            "activities", title="Deleted activity", user_id=1, contact_ids=[1],
            due_date=company.today.isoformat(), end_date=company.today.isoformat(),
            created_at=days_from(company, -9), updated_at=days_from(company, -3),
            deleted_at=days_from(company, -3),
        )  # fmt: skip

    def add_notes(self, count):
        awkward = awkward_notes(self.company)
        for number in range(count):
            label, body, pictures = (
                awkward[number] if number < len(awkward) else (None, self._text(), ())
            )
            moment = self._moment()
            self.company.insert(
                "notes", label, body=body, user_id=self.rng.choice(self.ids["users"]),
                media_ids=[self.company.find(name)["id"] for name in pictures],
                **self._links(self.rng.choice(("c", "o", "d", "cod", "cc"))),
                created_at=moment, updated_at=moment,
            )  # fmt: skip

    def add_calls(self, count):
        outcomes = [None, *self.company["call-outcomes"]]
        for number in range(count):
            moment = self._moment()
            self.company.insert(
                "calls", "call_without_outcome" if number == 0 else None,
                date=moment, body=self._text() if number else "",
                call_outcome_id=outcomes[number % len(outcomes)],
                user_id=self.rng.choice(self.ids["users"]),
                **self._links(self.rng.choice(("c", "o", "cd"))),
                created_at=moment, updated_at=moment,
            )  # fmt: skip

    def add_orphans(self):
        """A note and a call of somebody who lies in the bin: their lists show no link.

        And a to-do that nobody linked, as 13 of 248 of an installation are.
        """
        gone = [r["id"] for r in self.company["contacts"].values() if r.get("deleted_at")]  # fmt: skip
        links = {"contact_ids": gone[:1], "company_ids": [], "deal_ids": []}
        moment = days_from(self.company, -3, 9)
        said = {"user_id": self.ids["users"][0], "created_at": moment, "updated_at": moment}  # fmt: skip
        self.company.insert("notes", "note_of_the_bin", body="<p>Nobody's note</p>", media_ids=[], **links, **said)  # fmt: skip
        day = self.company.today.isoformat()
        todo = self.company.insert("activities", "todo_of_nobody", title="Steuer", activity_type_id=3, due_date=day, end_date=day, contact_ids=[], company_ids=[], deal_ids=[], **said)  # fmt: skip
        self.company.insert("comments", body="<p>Belege fehlen</p>", created_by=said["user_id"], commentable_type="activities", commentable_id=todo["id"], created_at=moment)  # fmt: skip
        self.company.insert("calls", "call_of_the_bin", body="<p>Nobody's call</p>", date=moment, call_outcome_id=None, **links, **said)  # fmt: skip

    def add_comments(self):
        """Two comments on each ninth activity, note and call, in the order of time."""
        for resource in ("activities", "notes", "calls"):
            for row in self.company.rows(resource)[::9]:
                for number in range(2):
                    self.company.insert(
                        "comments", body=f"<p>{number}: {self.rng.choice(SENTENCES)}</p>",
                        created_by=self.rng.choice(self.ids["users"]),
                        commentable_type=resource, commentable_id=row["id"],
                        created_at=days_from(self.company, -1, 9 + number),
                    )  # fmt: skip

    def _plan(self):
        rng = self.rng
        days = rng.randrange(-900, 60)
        timed = rng.random() < 0.85
        return (
            days,
            f"{rng.randrange(24):02d}:{rng.choice((0, 15, 30)):02d}:00"
            if timed
            else None,
            0,
            None,
            rng.random() < (0.9 if days < 0 else 0.1),
            rng.choice(("c", "c", "cd", "o", "cod", "ccdo", "")),
            (),
        )

    def _links(self, letters):
        """Return pivots: one contact per ``c``, company per ``o``, deal per ``d``."""
        kinds = (("c", "contacts", "contact_ids"), ("o", "companies", "company_ids"), ("d", "deals", "deal_ids"))  # fmt: skip
        return {
            key: self.rng.sample(ids, min(letters.count(letter), len(ids)))
            for letter, resource, key in kinds
            for ids in (self.ids[resource],)
        }

    def _text(self):
        return "".join(
            f"<p>{self.rng.choice(SENTENCES)}</p>"
            for _ in range(self.rng.randrange(1, 4))
        )

    def _moment(self):
        rng = self.rng
        return days_from(
            self.company, -rng.randrange(1, 1800), rng.randrange(24), rng.randrange(60)
        )
