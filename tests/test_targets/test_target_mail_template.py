"""A template of another system is readable, harmless, and known to need a review."""

from odoo.tests import tagged

from ...connectors.mapping.apply import apply, as_json
from ...connectors.mapping.vocabulary import (
    field,
    mapping,
    template_body,
    template_subject,
    template_tags,
)
from ..loader_common import LoaderCase

TEMPLATES = mapping(
    "templates",
    "mail.template",
    field("name", "name"),
    field("subject", "subject", template_subject("braces")),
    field("body_html", "html", template_body("braces")),
    field("@review", ("subject", "html"), template_tags("braces")),
)
BODY = """<p onclick="steal()">Dear {{first_name}} {{last_name}},</p>
<p>{{ shoe_size }} of {{ company | default: "your firm" }} &amp; 50 %</p>
<t t-out="env.cr">x</t><script>alert(1)</script><a t-att-href="user">y</a>
<p>${object.env} {% if x %} #{object.name}</p>"""


@tagged("post_install", "-at_install")
class TestMailTemplates(LoaderCase):
    def load_templates(self, **templates):
        rows = {
            key: apply(as_json(TEMPLATES)["fields"], values).values
            for key, values in templates.items()
        }
        return self.load("templates", "mail.template", rows)

    def render(self, template, partner):
        return {
            name: template._render_field(name, partner.ids)[partner.id]
            for name in ("subject", "body_html")
        }

    def test_merge_tags_show_the_values_of_the_contact(self):
        mails = self.env["mail.mail"].search_count([])
        self.load_templates(
            a={"name": "Hello", "subject": "{{first_name}}, news ✓", "html": BODY}
        )
        template = self.loaded("templates", "a")
        self.assertEqual(template.model, "res.partner")
        company = self.env["res.partner"].create(
            {"name": "Ærø & Co", "is_company": True}
        )
        person = self.env["res.partner"].create(
            {"name": "Zoë <b>", "parent_id": company.id}
        )
        rendered = self.render(template, person)
        self.assertEqual(rendered["subject"], "Zoë <b>, news ✓")
        body = str(rendered["body_html"])
        self.assertIn("Dear Zoë &lt;b&gt;,", body)
        self.assertIn("of Ærø &amp; Co", body)
        alone = self.render(template, self.env["res.partner"].create({"name": "Bo"}))
        self.assertIn("your firm", str(alone["body_html"]))
        self.assertEqual(self.verify("templates", "mail.template", ["a"]), [])
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertFalse(template.ref_ir_act_window)

    def test_nothing_of_the_source_acts(self):
        self.load_templates(
            a={"name": "Evil", "subject": "{{ object.env }}", "html": BODY}
        )
        template = self.loaded("templates", "a")
        person = self.env["res.partner"].create({"name": "Bo"})
        rendered = self.render(template, person)
        for text in (template.body_html, *rendered.values()):
            for sign in ("script", "onclick", "env.cr", "steal", "alert"):
                self.assertNotIn(sign, str(text))
        self.assertEqual(rendered["subject"], "{ { object.env } }")

    def test_a_template_goes_to_whom_it_names_itself(self):
        rows = {
            "own": {
                "name": "Own",
                "email_to": "{{ object.name }} <office@print.example>",
            },
            "none": {"name": "None", "subject": "Hello"},
        }
        self.load("templates", "mail.template", rows)
        person = self.env["res.partner"].create({"name": "Bo", "email": "bo@x.example"})
        recipients = {}
        for key in rows:
            template = self.loaded("templates", key)
            fields = ("email_to", "partner_to", "email_cc")
            found = template._generate_template(person.ids, fields)[person.id]
            recipients[key] = (found.get("email_to"), found.get("partner_ids"))
        self.assertEqual(recipients["own"], ("Bo <office@print.example>", None))
        self.assertIn(person.id, recipients["none"][1])
        found = self.verify("templates", "mail.template", ["own", "none"])
        self.assertEqual(found, [])

    def test_raw_texts_that_a_person_mapped_are_tamed_as_well(self):
        values = {
            "name": "Raw",
            "subject": "{{ object.name }} {{ object.nope }} {{ 7 * 7 }}",
            "body_html": '<div>a<t t-out="object.name"/><t t-out="7*7"/>'
            '<t t-foreach="env" t-as="e">{{ first_name }}</t></div>',
            "email_to": "{{ user.email }}",
            "lang": "{{ object.env.user.login }}",
        }
        self.load("templates", "mail.template", {"a": values})
        template = self.loaded("templates", "a")
        person = self.env["res.partner"].create({"name": "Bo"})
        rendered = self.render(template, person)
        self.assertEqual(rendered["subject"], "Bo { { object.nope } } { { 7 * 7 } }")
        self.assertIn("Bo", str(rendered["body_html"]))
        self.assertNotIn("49", str(rendered["body_html"]))
        (message,) = self.messages("template_tags_left")
        for tag in (
            "object.nope",
            "7 * 7",
            "t-out=7*7",
            "user.email",
            "{{ first_name }}",
        ):
            self.assertIn(tag, template.description)
            self.assertIn(tag, message.text)

    def test_each_is_flagged_for_review(self):
        self.load_templates(a={"name": "Plain", "subject": "Hi", "html": "<p>Hi</p>"})
        template = self.loaded("templates", "a")
        self.assertIn("to be reviewed", template.description)
        self.assertTrue(self.messages("template_review"))
        self.load_templates(b={"name": "Shoes", "subject": "{{shoe_size}}", "html": ""})
        self.assertIn("shoe size", self.loaded("templates", "b").description)
        self.assertIn("shoe size", self.messages("template_tags_left").text)

    def test_a_rollback_takes_it_back(self):
        before = self.table_digest("mail_template")
        self.load_templates(a={"name": "Plain", "subject": "Hi", "html": "<p>Hi</p>"})
        self.unload("templates")
        self.assertEqual(self.table_digest("mail_template"), before)

    def test_a_copy_goes_besides_the_mail_and_not_instead_of_it(self):
        """By the record's own addresses alone Odoo leaves the copy out (19.0)."""
        lead = self.env["ir.model"]._get_id("crm.lead")
        copy = {"name": "Copy", "email_cc": "boss@firm.example"}
        other = self.env["ir.model"]._get_id("res.company")
        self.load(
            "templates",
            "mail.template",
            {
                "a": copy,
                "b": {**copy, "model_id": lead},
                "c": {**copy, "model_id": other},
            },
        )
        partner = self.env["res.partner"].create(
            {"name": "Zoë", "email": "zoe@client.example"}
        )
        deal = self.env["crm.lead"].create({"name": "D", "partner_id": partner.id})
        for key, record in (("a", partner), ("b", deal)):
            template = self.loaded("templates", key)
            found = template._generate_template_recipients(
                record.ids, {"email_cc", "email_to", "partner_to"}
            )[record.id]
            self.assertEqual(found["email_cc"], "boss@firm.example")
            self.assertEqual(found["partner_ids"], partner.ids)
        self.assertTrue(self.loaded("templates", "c").use_default_to)
        self.assertIn("boss@firm.example", self.messages("copy_left").text)
