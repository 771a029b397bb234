"""What a reviewer reads: names and labels, never a technical word or a number."""

from lxml import etree

from odoo.tests import tagged

from ..review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewWords(ReviewCase):
    def report(self, **row):
        self.env["crm.migration.message"]._report(
            self.job.run_id,
            [{"stream": "companies", "record_id": self.company.id, **row}],
        )
        return self.get_messages(row["code"]).sorted("id")[-1]

    def test_a_message_names_the_field_and_the_owner_as_the_screens_do(self):
        owner = self.job.owner_ids.filtered(lambda row: "ana" in row.key)
        owner.name = "Ana Prado"
        message = self.report(code="owner_undecided", field="user_id", value=owner.key)
        self.assertIn("Ana Prado", message.text)
        self.assertIn("Salesperson", message.text)
        self.assertNotIn("user_id", message.text)
        self.assertEqual(message.value, owner.key)
        message = self.as_reviewer(message)
        self.assertEqual(message.field_label, "Salesperson")
        self.assertEqual(message.stream_label, "Companies")

    def test_a_value_in_a_sentence_is_quoted(self):
        message = self.report(code="bad_email", field="email", value="n/a")
        self.assertIn("“n/a” is not", message.text)

    def test_what_only_the_source_has_words_for_is_headed_by_them(self):
        sentence = "3 messages were left aside: drafts, spam or trash."
        self.report(code="left_aside_there", data={"sentence": sentence})
        messages = self.as_reviewer(self.env["crm.migration.message"])
        groups = messages.formatted_read_group(
            [("code", "=", "left_aside_there")], ["code"], ["__count"]
        )
        self.assertEqual([group["code"] for group in groups], [sentence])

    def test_groups_of_objects_and_problems_are_headed_by_words(self):
        self.report(code="bad_email", field="email", value="n/a")
        messages = self.as_reviewer(self.env["crm.migration.message"])
        domain = [("job_id", "=", self.job.id)]
        groups = messages.formatted_read_group(domain, ["stream"], ["__count"])
        self.assertIn("Companies", [group["stream"] for group in groups])
        groups = messages.formatted_read_group(domain, ["code"], ["__count"])
        heads = [group["code"] for group in groups]
        self.assertIn("A value is not an e-mail address.", heads)
        for group in groups:
            found = messages.search(domain + group["__extra_domain"])
            self.assertEqual(len(found), group["__count"])

    def test_errors_come_before_warnings_before_notes(self):
        for severity in ("info", "warning", "error"):
            self.report(code="bad_email", severity=severity)
        found = self.as_reviewer(self.env["crm.migration.message"]).search(
            [("job_id", "=", self.job.id)]
        )
        ranks = ["error", "warning", "info"]
        places = [ranks.index(message.severity) for message in found]
        self.assertEqual(places, sorted(places))

    def differ(self, model, field, expected, found):
        return self.as_reviewer(
            self.env["crm.migration.difference"].create(
                {
                    "job_id": self.job.id,
                    "record_id": self.company.id,
                    "stream": "companies",
                    "source_id": "1",
                    "res_model": model,
                    "field": field,
                    "expected": expected,
                    "found": found,
                }
            )
        )

    def test_a_difference_shows_names_instead_of_numbers(self):
        japan = self.env.ref("base.jp")
        row = self.differ("res.partner", "country_id", str(japan.id), "")
        self.assertEqual((row.expected_text, row.found_text), (japan.name, ""))
        row = self.differ("res.partner", "is_company", "True", "False")
        self.assertEqual((row.expected_text, row.found_text), ("Yes", "No"))
        # Verification keeps what is unset as no text at all.
        row = self.differ("res.partner", "is_company", "True", "")
        self.assertEqual((row.expected_text, row.found_text), ("Yes", "No"))
        row = self.differ("crm.lead", "type", "opportunity", "lead")
        self.assertEqual((row.expected_text, row.found_text), ("Opportunity", "Lead"))
        row = self.differ("crm.lead", "description", "<p>One<br/>two</p>", "")
        self.assertEqual(row.expected_text, "One\ntwo")
        # Headings and bold words are shown as such in Odoo, and without marks here.
        text = "<h1>Offer</h1><p>Until <strong>May</strong></p>"
        row = self.differ("crm.lead", "description", text, "")
        self.assertEqual(row.expected_text, "Offer\nUntil May")
        row = self.differ("res.partner", "id", "5", "")
        self.assertEqual(row.found_text, "Deleted in Odoo")
        row = self.differ("no.such.model", "anything", "5", "6")
        self.assertEqual((row.expected_text, row.found_text), ("5", "6"))
        self.assertEqual(row.stream_label, "Companies")

    def test_an_object_embedded_in_another_shows_its_name(self):
        show = self.env["crm.migration.display"]._show
        values = [[{"id": 2, "name": "Azulejos Norte"}, {"id": 3, "name": "Zoë"}]]
        self.assertEqual(show(self.job, values), ["Azulejos Norte, Zoë"])

    def test_a_link_shows_the_name_of_its_record_though_the_source_names_it_too(self):
        show = self.env["crm.migration.display"]._show
        named = [["Company", "Soderstrom"]]
        link = {"$ref": ["companies", "1"], "named": named}
        self.assertEqual(show(self.job, [[link]]), ["Söderström & Co 🏗"])
        # What was not read shows the id that the source gives.
        gone = {"$ref": ["companies", "99"], "named": named}
        self.assertEqual(show(self.job, [gone]), ["99"])

    def test_screens_speak_in_the_terms_of_the_field(self):
        """One word per concept, the one that Odoo's own screens and consultants use."""
        banned = (
            "Sure (%)",
            "Pass",
            "Passes",
            "Last Pass",
            "Bring Over",
            "Should Be",
            "Is",
            "Dealt With",
            "Mark as Dealt With",
            "Decide Again",
            "Take It In Again",
            "Take Skipped Ones In Again",
            "Take Back",
            "Take Back My Change",
            "Where the Source Is Silent",
            "What Comes Along",
            "Needs You",
            "Goes On At",
            "What Is Needed",
            "Roll Back Means",
            "Large Means Over (MB)",
            "Begun",
            "or Place",
            "What Is Wrong",
            "Read Records",
            "Told apart by",
            "Line of the headings",
        )
        said = set()
        for model in self.env:
            if model.startswith("crm.migration"):
                for field in self.env[model].fields_get().values():
                    said.add(field["string"])
                    for choice in field.get("selection", ()):
                        said.add(choice[1])
        of_us = [("model", "=like", "crm.migration%")]
        for view in self.env["ir.ui.view"].search(of_us):
            for node in etree.fromstring(view.arch).iter():
                if isinstance(node.tag, str):
                    texts = (node.get("string"), node.get("title"), node.text)
                    said.update((text or "").strip() for text in texts)
        for action in self.env["ir.actions.act_window"].search(
            [("res_model", "=like", "crm.migration%")]
        ):
            said.add(action.name)
        self.assertEqual(said.intersection(banned), set())

    def test_numbers_and_the_words_beside_them_agree(self):
        self.assertEqual(self.job._format_open(1, 0), "1 value differs.")
        self.assertEqual(
            self.job._format_open(2, 1),
            "2 values differ. 1 value of the source is unaccounted for.",
        )
        self.assertIn("1 value of the source is not", self.job._format_values(1))
        self.assertIn("2 values of the source are not", self.job._format_values(2))

    def test_the_chatter_says_what_a_reading_and_a_rehearsal_brought(self):
        self.assertIn("5 records are staged.", self.job.message_ids[0].body)
        run = self.env["crm.migration.run"].new({"kind": "dry_run"})
        self.assertIn("nothing was kept", self.job._format_sums(run, "Dry Run"))

    def test_warnings_stand_before_what_has_passed_and_are_counted(self):
        checks = self.env["crm.migration.check"]
        self.job.check_ids.unlink()
        for level in ("passed", "warning", "blocking"):
            checks.create(
                {"job_id": self.job.id, "code": level, "level": level, "text": level}
            )
        found = self.as_reviewer(checks).search([("job_id", "=", self.job.id)])
        self.assertEqual(found.mapped("level"), ["blocking", "warning", "passed"])
        self.job.invalidate_recordset(["warning_count"])
        self.assertEqual(self.as_reviewer(self.job).warning_count, 1)

    def test_the_order_of_names_is_no_difference(self):
        from ...models.evidence.crm_migration_comparison import is_other

        self.assertFalse(is_other("Hot Lead, 客户", "客户, hot lead"))
        self.assertTrue(is_other("Hot Lead", "客户, hot lead"))

    def test_every_filter_of_every_search_works_for_a_reviewer(self):
        """A filter that names a field which is gone fails only when it is clicked."""
        from odoo.tools.safe_eval import safe_eval

        for action in self.env["ir.actions.act_window"].search(
            [("res_model", "=like", "crm.migration.%"), ("target", "=", "current")]
        ):
            model = self.as_reviewer(self.env[action.res_model])
            arch = etree.fromstring(model.get_view(view_type="search")["arch"])
            names = {node.get("name") for node in arch.iter("filter")}
            chosen = {
                key.removeprefix("search_default_")
                for key in safe_eval(action.context or "{}")
                if key.startswith("search_default_")
            }
            with self.subTest(model=action.res_model):
                self.assertEqual(chosen - names, set())
            for node in arch.iter("filter"):
                with self.subTest(model=action.res_model, filter=node.get("name")):
                    model.search(safe_eval(node.get("domain") or "[]"), limit=1)
                    context = safe_eval(node.get("context") or "{}")
                    if group := context.get("group_by"):
                        model.formatted_read_group([], [group], ["__count"])

    def test_a_reviewer_writes_to_the_others(self):
        job = self.as_reviewer(self.job)
        job.message_post(body="Please look at the owners.")
        self.assertIn("owners", job.message_ids[0].body)

    def test_one_record_is_one_record(self):
        from ...models.words.messages import format_message, get_heading

        for code, count, expected in (
            ("attendees_unknown", 1, "1 attendee is not in Odoo."),
            ("attendees_unknown", 2, "2 attendees are not in Odoo."),
        ):
            text = format_message(self.env, code, {"count": count})[0]
            self.assertEqual(text, expected)
        self.assertEqual(
            get_heading(self.env, "attendees_unknown"),
            "Several attendees are not in Odoo.",
        )
        self.assertEqual(self.job._format_owners(1).count("[["), 0)
        self.assertIn("1 owner is not decided", self.job._format_owners(1))
        self.assertIn("3 owners are not decided", self.job._format_owners(3))

    def test_a_language_takes_its_own_forms(self):
        from ...models.words.messages import agreed

        self.env["res.lang"]._activate_lang("pl_PL")
        text = "%s [[count|rekord|rekordy|rekordów|rekordu]]"
        for count, expected in ((1, "rekord"), (3, "rekordy"), (5, "rekordów")):
            polish = self.env["base"].with_context(lang="pl_PL").env
            self.assertTrue(
                agreed(polish, text % count, {"count": count}).endswith(f" {expected}")
            )
