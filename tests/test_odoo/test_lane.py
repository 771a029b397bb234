"""What takes the fast lane is, column for column, what Odoo would have created."""

from datetime import date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

from ...models.odoo.lane_plan import KNOWN_SOURCES, digest_of_create
from ...models.odoo.lane_rule import RULES, digest_of
from .lane_common import LaneCase

RUNS = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

texts = st.one_of(
    st.just(False),
    st.sampled_from(
        ["Ærø ApS", "a\tb\nc", "\\N", "\\.", '"Quoted", O\'Neil', "  blank  ", "0"]
    ),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12
    ),
)
names = texts.filter(lambda text: text and text.strip())
emails = st.one_of(
    st.just(False),
    st.sampled_from(
        [
            "ana@example.com",
            "Ana.Silva@Firma.PT",
            "Ana <ana@gmail.com>",
            "ana@gmail.com, rui@firma.example",
            "ana@@firma.example",
            "no address",
            "ünï@firma.example",
            "a..b@firma.example",
            "'ana'@firma.example",
            "ana@localhost",
        ]
    ),
    st.emails(),
)
phones = st.sampled_from(
    [
        False,
        "+351 912 345 678",
        "912 345 678",
        "0151/2345",
        "x",
        "+49 30 1234567 ext. 4",
    ]
)
amounts = st.one_of(
    st.sampled_from([0, 0.005, 10.555, 1e9, -3.335]), st.floats(-1e6, 1e6)
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
html = st.sampled_from(
    [
        *(False, "", "plain", "two<br>lines", "a & b < c", "Mail --Ana", " blank "),
        *("<p>Hi <b>you</b></p>", "<p>One</p><p>two<br>three</p>"),
        *("<script>x</script><p>y</p>", '<p class="c" style="color:red">z</p>'),
    ]
)


def some(**strategies):
    """Records of which each gives some of the fields, and not the others."""
    return st.fixed_dictionaries({}, optional=strategies)


@tagged("post_install", "-at_install")
class TestLane(LaneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        cls.firm = partners.create(
            {
                "name": "Firma",
                "is_company": True,
                "country_id": cls.env.ref("base.pt").id,
            }
        )
        cls.anna = partners.create({"name": "Anna", "parent_id": cls.firm.id})
        cls.loose = partners.create(
            {"name": False, "type": "invoice", "email": "x@y.zz"}
        )
        yen = cls.env.ref("base.JPY")
        yen.active = True
        cls.other = cls.env["res.company"].create(
            {"name": "Other", "currency_id": yen.id}
        )
        cls.tags = cls.env["res.partner.category"].create([{"name": n} for n in "ab"])
        cls.deal_tags = cls.env["crm.tag"].create([{"name": n} for n in "cd"])
        cls.stages = cls.env["crm.stage"].search([])
        cls.model_id = cls.env["ir.model"]._get_id("res.partner")
        cls.todo = cls.env.ref("mail.mail_activity_data_todo").id

    def countries(self):
        ids = [self.env.ref(f"base.{code}").id for code in ("pt", "de", "us")]
        return st.sampled_from([False, *ids])

    def users(self):
        return st.sampled_from([False, self.env.ref("base.user_admin").id])

    def links(self, records):
        return st.lists(st.sampled_from(records.ids), max_size=2).map(
            lambda ids: [Command.set(ids)]
        )

    def contacts(self):
        parents = [False, self.firm.id, self.anna.id, self.loose.id]
        return some(
            name=names,
            is_company=st.booleans(),
            type=st.sampled_from(["contact", "invoice", "other"]),
            parent_id=st.sampled_from(parents),
            company_name=texts,
            email=emails,
            phone=phones,
            street=texts,
            city=texts,
            country_id=self.countries(),
            comment=html,
            website=st.sampled_from([False, "firma.example", "https://a.example/b?c"]),
            lang=st.sampled_from([False, "en_US"]),
            tz=st.sampled_from([False, "Europe/Lisbon"]),
            user_id=self.users(),
            active=st.booleans(),
            color=st.integers(0, 11),
            category_id=self.links(self.tags),
            company_id=st.sampled_from([False, self.env.company.id]),
        ).filter(
            lambda vals: vals.get("name") or vals.get("type", "contact") != "contact"
        )

    def deals(self):
        return some(
            name=names,
            type=st.sampled_from(["lead", "opportunity"]),
            partner_id=st.sampled_from([False, self.firm.id, self.anna.id]),
            user_id=self.users(),
            stage_id=st.sampled_from(self.stages.ids),
            expected_revenue=amounts,
            recurring_revenue=amounts,
            probability=st.sampled_from([0, 12.5, 100]),
            active=st.booleans(),
            email_from=emails,
            phone=phones,
            country_id=self.countries(),
            city=texts,
            contact_name=texts,
            partner_name=texts,
            description=html,
            priority=st.sampled_from(["0", "3"]),
            date_closed=moments,
            date_open=moments,
            date_deadline=st.dates(date(2000, 1, 1), date(2030, 1, 1)),
            date_last_stage_update=moments,
            tag_ids=self.links(self.deal_tags),
            company_id=st.sampled_from([self.env.company.id, False, self.other.id]),
        ).filter(lambda vals: vals.get("name"))

    def to_dos(self):
        return st.fixed_dictionaries(
            {
                "res_model_id": st.just(self.model_id),
                "res_id": st.sampled_from([self.firm.id, self.anna.id]),
                "activity_type_id": st.just(self.todo),
                "date_deadline": st.dates(date(2000, 1, 1), date(2020, 1, 1)),
                "user_id": self.users(),
            },
            optional={
                "summary": texts,
                "note": html,
                "active": st.booleans(),
                "date_done": st.dates(date(2000, 1, 1), date(2020, 1, 1)),
                "automated": st.booleans(),
            },
        )

    def meetings(self):
        def build(row):
            start, hours, guests, answer, whole, more = row
            vals = {
                "name": "Meeting",
                "start": start,
                "stop": start.replace(hour=23) if hours else start,
                "partner_ids": [Command.set(guests)],
                "attendee_ids": [
                    Command.create({"partner_id": guest, "state": answer})
                    for guest in dict.fromkeys(guests)
                ],
                "allday": whole,
                "activity_ids": [],
                "alarm_ids": [Command.clear()],
                **more,
            }
            if whole:
                vals |= {"start_date": start.date(), "stop_date": start.date()}
            return vals

        more = some(
            description=html,
            location=texts,
            user_id=self.users(),
            res_id=st.sampled_from([False, self.firm.id]),
            privacy=st.sampled_from(["public", "private"]),
            show_as=st.sampled_from(["free", "busy"]),
            videocall_location=st.sampled_from([False, "https://meet.example/a"]),
        )
        return st.tuples(
            moments,
            st.booleans(),
            st.lists(st.sampled_from([self.firm.id, self.anna.id]), max_size=2),
            st.sampled_from(["needsAction", "accepted", "declined"]),
            st.booleans(),
            more,
        ).map(build)

    def check(self, model, records):
        @RUNS
        @given(st.lists(records, min_size=1, max_size=8))
        def same(vals_list):
            self.assert_same_both_ways(model, vals_list)

        same()

    def test_contacts(self):
        self.check("res.partner", self.contacts())

    def test_deals(self):
        self.check("crm.lead", self.deals())

    def test_to_dos(self):
        self.check("mail.activity", self.to_dos())

    def test_meetings(self):
        self.check("calendar.event", self.meetings())

    # -- what is done in Odoo's place --------------------------------------------

    def test_this_odoo_is_known(self):
        """Where Odoo does something else than what was read, the lane is closed."""
        self.assertIn(digest_of_create(), KNOWN_SOURCES)

    def test_rules_stand_in_for_what_this_odoo_does(self):
        for (model, field), rule in RULES.items():
            with self.subTest(model=model, field=field):
                digest = digest_of(type(self.env[model]), rule.methods)
                self.assertEqual(digest, rule.digest)
