"""A plan or a file that is not as it should be: a sentence and a status, no traceback."""

import json

from odoo.tests import tagged

from .command_common import COMPANIES, PLAN, CommandCase


@tagged("post_install", "-at_install")
class TestBadPlans(CommandCase):
    """Each of them with its status and a sentence, before anything is begun."""

    def refuse_plan(self, says="", **members):
        plan = {**PLAN, **members}
        jobs = self.env["crm.migration.job"].search_count([])
        with self.subTest(members=members):
            self.refuse(2, "run", self.save(plan), says=says)
            self.assertEqual(self.env["crm.migration.job"].search_count([]), jobs)

    def refuse_text(self, content, says=""):
        with self.subTest(content=content[:40]):
            self.refuse(2, "run", self.save(content), says=says)

    def test_a_file_that_is_no_plan(self):
        self.refuse_text("", "is empty")
        self.refuse_text("   \n", "is empty")
        self.refuse_text("{", "is not JSON")
        self.refuse_text('{"plan": 1,}', "is not JSON")
        self.refuse_text(b"\xff\xfe\x00\x01\x02", "")
        self.refuse_text(b"PK\x03\x04\x80\x81", "")
        self.refuse_text("[" * 100_000, "is not JSON")
        self.refuse_text("null", "is a JSON object")
        self.refuse_text("[]", "is a JSON object")
        self.refuse_text('"plan"', "is a JSON object")
        self.refuse_text("42", "is a JSON object")
        self.refuse_text("{}", "“plan” must be 1")
        self.refuse_text('{"plan": 2, "source": "fake"}', "must be 1")
        self.refuse_text('{"plan": "1", "source": "fake"}', "must be 1")
        self.refuse_text('{"plan": true, "source": "fake"}', "must be 1")

    def test_what_no_database_can_keep(self):
        for value in ("NaN", "1e400", '"x\\u0000"', '"\\ud800"'):
            domain = f'[["Amount", ">", {value}]]'
            text = '{"plan": 1, "source": "fake", "filters": {"deals": %s}}'
            self.refuse_text(text % domain, "can be read")

    def test_every_member_of_a_wrong_type(self):
        wrong = {
            "name": [[], {}, 7, True],
            "source": [[], {}, 7, None, "", True],
            "settings": [[], "url", 7, True],
            "options": [[], "tz", 7, True],
            "streams": [[], "companies", 7, True],
            "mapping": [{}, "x", 7, True],
            "values": [{}, "x", 7, True],
            "owners": [{}, "x", 7, True],
            "accept_above": ["60", [], {}, True, -1, 101],
            "create_fields": ["yes", 1, [], {}],
            "continues": [7, [], {}, "No Such Migration"],
        }
        for member, values in wrong.items():
            for value in values:
                self.refuse_plan(**{member: value})

    def test_a_member_that_no_plan_has(self):
        self.refuse_plan("“strems” is not a member", strems={})
        status, text = self.run_plan({**PLAN, "_remark": "for Ana"})
        self.assertNotEqual(status, 2, text)

    def test_a_source_that_is_not_known(self):
        self.refuse_plan("“hubspot” is not known", source="hubspot")

    def test_settings(self):
        self.refuse_plan("no setting “adress”", settings={"adress": "https://a.test"})
        self.refuse_plan("“settings.url” must be", settings={"url": 7})
        self.refuse_plan("“settings.url” must be", settings={"url": ["https://a.test"]})

    def test_options(self):
        archived = self.env["crm.team"].create({"name": "Old Team", "active": False})
        self.assertFalse(archived.active)
        twins = self.env["crm.team"].create([{"name": "Twin"}, {"name": "Twin"}])
        self.assertEqual(len(twins), 2)
        for options, says in (
            ({"tz": "Mars/Base"}, "Mars/Base"),
            ({"tz": 7}, "must be"),
            ({"owner_policy": "nobody"}, "one of wait, placeholder, empty"),
            ({"duplicate_policy": "delete"}, "one of review"),
            ({"history_policy": "some"}, "one of"),
            ({"attachment_policy": "ten"}, "one of"),
            ({"vanished_policy": "delete"}, "one of keep, archive"),
            ({"sign_off": "never"}, "one of"),
            ({"sign_off": []}, "one of"),
            ({"attachment_limit": "big"}, "whole number"),
            ({"attachment_limit": -5}, "whole number"),
            ({"attachment_limit": 2.5}, "whole number"),
            ({"since": "yesterday"}, "is not a date"),
            ({"since": "2024-13-45"}, "is not a date"),
            ({"since": 20240101}, "is not a date"),
            ({"team_id": "No Such Team"}, "does not have"),
            ({"team_id": "Old Team"}, "is archived"),
            ({"team_id": "Twin"}, "2 records have this name"),
            ({"team_id": 1}, "must be a text"),
            ({"company_id": "No Such Company"}, "does not have"),
            ({"country_id": "XX"}, "does not have"),
            ({"country_id": "%"}, "does not have"),
            ({"currency_id": "QQQ"}, "does not have"),
            ({"colour": "red"}, "no option “colour”"),
        ):
            self.refuse_plan(says, options=options)

    def test_a_date_limit_that_files_cannot_heed(self):
        since = {"since": "2024-12-31"}
        says = "“options.since”: files are always read as a whole"
        self.refuse_plan(says, source="spreadsheet", options=since)
        self.use_source(companies=COMPANIES)
        status, text = self.run_plan({**PLAN, "options": since})
        self.assertNotEqual(status, 2, text)

    def test_decisions(self):
        line = {"stream": "companies", "source": "name", "state": "accepted"}
        for member, row, says in (
            ("mapping", "x", "must be an object"),
            ("mapping", {}, "has no “stream”"),
            ("mapping", {**line, "state": "perhaps"}, "one of open"),
            ("mapping", {**line, "source": 7}, "must be"),
            ("mapping", {**line, "source": [7]}, "must be"),
            ("mapping", {**line, "steps": [["nonsense"]]}, "is not a conversion"),
            ("mapping", {**line, "steps": "strip"}, "must be a list"),
            ("mapping", {**line, "colour": "red"}, "which is not known"),
            ("values", {"list": "stages"}, "has no “key”"),
            ("values", {"list": "s", "key": "x", "decision": "?"}, "one of map"),
            ("values", {"list": "s", "key": "x", "order": 0}, "from 1 to"),
            ("owners", {"decision": "assign"}, "has no “key”"),
            ("owners", {"key": "1", "decision": "fire"}, "one of assign"),
            (
                "owners",
                {"key": "1", "decision": "assign", "login": "nobody@x.test"},
                "no user with the login “nobody@x.test”",
            ),
        ):
            self.refuse_plan(says, **{member: [row]})
        self.refuse_plan("must be true or false", streams={"companies": "yes"})

    def test_objects_that_the_source_does_not_have(self):
        self.use_source(companies=COMPANIES)
        text = self.refuse(
            2, "run", self.save({**PLAN, "streams": {"planets": True}}), says="planets"
        )
        self.assertIn("companies", text, "what it has instead")

    def test_secrets_wherever_they_stand(self):
        """A plan is mailed around: a secret in it is one that many know."""
        secret = "0a1b2c3d4e5f6071"
        profile = {"headers": {"Authorization": f"Bearer {secret}"}}
        place = "settings.endpoints.headers.Authorization"
        for change, says in (
            ({"settings": {"endpoints": profile}}, place),
            ({"settings": {"endpoints": json.dumps(profile)}}, place),
            (
                {"settings": {"endpoints": f"Authorization: Bearer {secret}"}},
                "settings.endpoints",
            ),
            (
                {"settings": {"endpoints": {"x": [f"/a?api_key={secret}"]}}},
                "settings.endpoints.x[1]",
            ),
            ({"settings": {"url": f"https://a.test/?token={secret}"}}, "settings.url"),
            ({"settings": {"_old": {"password": secret}}}, "settings._old.password"),
            ({"_remark": f"https://ana:{secret}@a.test"}, "_remark"),
            ({"name": f"password={secret}"}, "name"),
            ({"settings": {"password": secret}}, "settings.password"),
            ({"settings": {"url": f"https://ana:{secret}@a.test"}}, "web address"),
        ):
            with self.subTest(says=says):
                plan = self.save({**PLAN, "source": "net_results", **change})
                text = self.refuse(2, "run", plan, says=says)
                self.assertNotIn(secret, text)
                self.assertLessEqual(text.count(f"“{says}”"), 1, "said once")
                jobs = self.env["crm.migration.job"].search([])
                self.assertNotIn(secret, str(jobs.sudo().mapped("settings_open")))

    def test_all_that_is_wrong_is_said_at_once(self):
        options = {"tz": "Mars/Base", "owner_policy": "nobody"}
        text = self.refuse(2, "run", self.save({**PLAN, "options": options}))
        self.assertIn("Mars/Base", text)
        self.assertIn("owner_policy", text)

    def test_secrets_that_are_missing(self):
        plan = {**PLAN, "source": "concord", "settings": {"url": "https://a.test"}}
        self.refuse(2, "run", self.save(plan), says="CRM_MIGRATION_TOKEN")
        self.refuse(2, "run", self.save({**plan, "settings": {}}), says="Address")
