"""What a source says reaches the user in their language."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile

import polib

from odoo.tests import tagged
from odoo.tools.translate import (
    PYTHON_TRANSLATION_COMMENT,
    CodeTranslations,
    code_translations,
)

from ...connectors import available_sources, get_source_class
from ...connectors.core.errors import SENTENCES, ConfigurationError, RecordError
from ...connectors.core.file_sentences import FILE_SENTENCES
from ...connectors.core.sentences import Listing, Sentences, _lt
from ...connectors.core.source import CheckResult, Page, Record
from ...connectors.mapping.vocabulary import (
    ValueList,
    custom_field,
    field,
    left_out,
    mapping,
)
from ...models.words.messages import IN_NOTES, KEPT_LATER, KEPT_WHERE, get_heading
from ...models.words.messages_loading import WORDING as LOADING
from ...models.words.messages_values import VALUE
from ..common import CrmMigrationCase, FakeSource

OWN = Sentences(
    {
        "fake_rows_kept": "%(count)s [[count|row|rows]] of %(stream)s were kept.",
        "fake_lacks": "There is no %(streams)s.",
        "fake_asleep": "%(host)s is asleep: %(reason)s.",
    }
)
PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"""


@tagged("post_install", "-at_install")
class TestTranslations(CrmMigrationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")
        cls.env.user.lang = "pl_PL"
        cls.polish = cls.env["base"].with_context(lang="pl_PL").env

    @contextmanager
    def translated(self, **texts):
        """Let a PO of the addon hold these texts, as one in ``i18n/`` would."""
        po = PO + "".join(
            f"\n#. module: crm_migration\n#. {PYTHON_TRANSLATION_COMMENT}\n"
            f"#: code:addons/crm_migration/connectors/x.py:0\n"
            f'msgid "{source}"\nmsgstr "{text}"\n'
            for source, text in texts.items()
        )
        with NamedTemporaryFile(suffix=".po") as file:
            file.write(po.encode())
            known = CodeTranslations._read_code_translations_file(
                file, lambda row: row.get("value")
            )
        self.assertEqual(known, texts)
        key = ("crm_migration", "pl_PL")
        before = code_translations.python_translations.get(key)
        code_translations.python_translations[key] = known
        try:
            yield
        finally:
            code_translations.python_translations.pop(key)
            if before is not None:
                code_translations.python_translations[key] = before

    def test_the_answers_of_a_check(self):
        def check(source):
            told = [
                SENTENCES.finding("passed", "logged_in", login="ana@fake.example"),
                OWN.finding("warning", "fake_rows_kept", count=5, stream="deals"),
            ]
            return CheckResult("ana@fake.example", findings=tuple(told))

        self.patch(FakeSource, "check", check)
        start = self.env["crm.migration.job.start"].with_context(lang="pl_PL")
        start = start.create({"source": "fake"})
        with self.translated(
            **{
                "Logged in as %(login)s.": "Zalogowano jako %(login)s.",
                OWN["fake_rows_kept"]: "%(stream)s: [[count|został|zostały|zostało]] "
                "%(count)s [[count|wiersz|wiersze|wierszy]].",
            }
        ):
            start.action_check()
        self.assertEqual(
            start.finding_ids.mapped("text"),
            ["Deals: zostało 5 wierszy.", "Zalogowano jako ana@fake.example."],
        )

    def test_a_check_names_objects_as_the_screens_do(self):
        """By their labels, each of several in the words of the user's language."""

        def check(source):
            told = [
                OWN.finding("warning", "fake_rows_kept", count=1, stream="deals"),
                OWN.finding("warning", "fake_lacks", streams=Listing(labels)),
            ]
            return CheckResult(findings=tuple(told))

        labels = [_lt("Deals"), "Żółte"]
        self.patch(FakeSource, "check", check)
        start = self.env["crm.migration.job.start"].with_context(lang="pl_PL")
        start = start.create({"source": "fake"})
        streams = tuple(replace(s, label=_lt(s.label)) for s in FakeSource.streams)
        self.patch(FakeSource, "streams", streams)
        with self.translated(
            **{
                "Deals": "Szanse",
                OWN["fake_rows_kept"]: "%(stream)s: %(count)s.[[count||]]",
                OWN["fake_lacks"]: "Brak: %(streams)s.",
            }
        ):
            start.action_check()
        self.assertEqual(
            start.finding_ids.mapped("text"), ["Szanse: 1.", "Brak: Szanse, Żółte."]
        )

    def test_the_name_of_a_source_is_said_in_the_language_of_the_user(self):
        self.patch(FakeSource, "label", _lt("Files of the fake"))
        with self.translated(**{"Files of the fake": "Pliki"}):
            sources = dict(self.polish["crm.migration.job"]._selection_source())
        self.assertEqual(sources["fake"], "Pliki")

    def test_a_refusal_and_the_reason_within(self):
        def check(source):
            reason = _lt("more than %(limit)s rows", limit=3)
            error = ConfigurationError(
                "fake_asleep", host="fake.example", reason=reason
            )
            error.is_own_answer = True
            raise error

        self.patch(FakeSource, "check", check)
        start = self.env["crm.migration.job.start"].with_context(lang="pl_PL")
        start = start.create({"source": "fake"})
        with self.translated(
            **{
                OWN["fake_asleep"]: "%(host)s śpi (%(reason)s).",
                "more than %(limit)s rows": "ponad %(limit)s wiersze",
            }
        ):
            start.action_check()
        self.assertEqual(start.finding_ids.text, "fake.example śpi (ponad 3 wiersze).")

    def test_the_messages_of_a_page(self):
        def read_pages(source, stream, checkpoint):
            rows = [{"id": 1, "name": "Żółw"}] if stream.name == "deals" else []
            told = OWN.finding("warning", "fake_rows_kept", count=1, stream="deals")
            wrong = RecordError("missing_key", stream="deals", source_id="#2", key="id")
            yield Page(
                tuple(Record(stream.name, str(row["id"]), row) for row in rows),
                errors=(wrong,) if rows else (),
                warnings=(told,) if rows else (),
            )

        self.patch(FakeSource, "read_pages", read_pages)
        with self.translated(
            **{
                OWN[
                    "fake_rows_kept"
                ]: "[[count|Został|Zostały|Zostało]] %(count)s z %(stream)s.",
                "A record of %(stream)s has no %(key)s.": "Rekord (%(stream)s) nie ma %(key)s.",
            }
        ):
            self.job = self.job.with_context(lang="pl_PL")
            self.work(self.job._start_run("discover"))
            self.work(self.job._start_run("extract"))
            told = self.env["crm.migration.message"].search(
                [("job_id", "=", self.job.id)], order="id"
            )
            heading = get_heading(self.polish, "missing_key")
        by_code = {message.code: message.text for message in told}
        # In the words of the screens, where the object has a name of its own.
        self.assertEqual(by_code["fake_rows_kept"], "Został 1 z Deals.")
        self.assertEqual(by_code["missing_key"], "Rekord (Deals) nie ma id.")
        self.assertNotIn("record", heading)

    def load_what_does_not_fit(self):
        """Read and load as the scheduler does, which has no language.

        Odoo's data is in English here, the language of the company.
        """
        self.env.company.partner_id.lang = "en_US"
        companies = [{"id": 1, "name": "Żabka", "email": "u szefa"}]
        contacts = [{"id": 7, "name": "Łukasz", "company_id": "99"}]
        self.use_source(companies=companies, contacts=contacts)
        plain = self.env["base"].with_context(lang=None).env
        texts = {
            VALUE["bad_email"][0]._source: "„%(value)s“ to nie adres.",
            KEPT_LATER._source: "Trafi do uwag.",
            KEPT_WHERE[IN_NOTES]._source: "Jest w uwagach.",
            LOADING["reference_missing"][0]._source: "Brak: %(value)s.",
        }
        with self.translated(**texts):
            for kind in ("discover", "extract", "load"):
                run = self.job.with_user(self.env.user)._start_run(kind)
                self.job = self.job.with_env(plain)
                self.work(run.with_env(plain))
                yield kind

    def test_what_a_load_tells_is_in_the_language_of_whoever_began_it(self):
        list(self.load_what_does_not_fit())
        self.assertEqual(self.get_messages("reference_missing").text, "Brak: 99.")
        self.assertEqual(self.staged("contacts").message, "Brak: 99.")

    def test_what_is_checked_and_proposed_is_in_the_language_of_whoever_began_it(self):
        self.use_source(companies=[{"id": 1, "name": "Żabka", "owner": "Nikt"}])
        plain = self.env["base"].with_context(lang=None).env
        texts = {
            "Every chosen object can be read.": "Wszystko da się odczytać.",
            "No user in Odoo has this e-mail address or name.": "Nie ma go w Odoo.",
        }
        with self.translated(**texts):
            for kind in ("discover", "extract"):
                run = self.job.with_user(self.env.user)._start_run(kind)
                self.job = self.job.with_env(plain)
                self.work(run.with_env(plain))
        check = self.job.check_ids.filtered(lambda one: one.code == "odoo.streams")
        self.assertEqual(check.text, texts["Every chosen object can be read."])
        self.assertEqual(
            set(self.job.owner_ids.mapped("reason")), {"Nie ma go w Odoo."}
        )

    def test_what_a_load_finds_told_before_is_told_anew_in_its_own_language(self):
        list(self.load_what_does_not_fit())
        told = self.get_messages("bad_email").text
        self.assertEqual(told, "„u szefa“ to nie adres. Jest w uwagach.")

    def test_whoever_loads_may_speak_another_language_than_who_has_read(self):
        for kind in self.load_what_does_not_fit():
            if kind == "extract":
                self.env.user.lang = "en_US"
        self.assertIn("is kept in the notes", self.get_messages("bad_email").text)
        self.assertIn("refers to", self.get_messages("reference_missing").text)

    def test_a_heading_has_no_quotation_marks(self):
        """What stands for all values is no value, and languages quote in their own way."""
        source = VALUE["bad_email"][0]._source
        for said in ("„%(value)s“ to nie adres.", "« %(value)s » to nie adres."):
            with self.subTest(said), self.translated(**{source: said}):
                heading = get_heading(self.polish, "bad_email")
                self.assertNotRegex(heading, "[„“«»]")
                self.assertIn("to nie adres", heading)

    def test_what_the_wizard_asks(self):
        setting = get_source_class("concord").settings[0]
        start = self.env["crm.migration.job.start"].with_context(lang="pl_PL")
        with self.translated(**{"Address": "Adres", setting.help: "Gdzie jest."}):
            start = start.create({"source": "concord"})
            (first, *_others) = start.settings["fields"]
        self.assertEqual((first["label"], first["help"]), ("Adres", "Gdzie jest."))

    def test_the_template_holds_what_sources_say(self):
        """Odoo's exporter has found every one of them."""
        path = Path(__file__).parents[2] / "i18n" / "crm_migration.pot"
        exported = {entry.msgid for entry in polib.pofile(str(path))}
        said = {text.template for text in {**SENTENCES, **FILE_SENTENCES}.values()}
        for name, source in available_sources().items():
            if name == "fake":
                continue
            said |= {source.summary}
            said |= {text for one in source.settings for text in (one.label, one.help)}
            said |= {stream.label for stream in source.streams}
        self.assertGreater(len(said), 250)
        self.assertEqual(said - exported - {""}, set())

    def test_what_a_profile_says_in_the_review(self):
        """Why a field or records are left out, what is lost, and what lists are called."""
        mappings = (
            mapping(
                "companies",
                "res.partner",
                field("name", "name", lossy=_lt("the time of day is not kept")),
                custom_field("kind", "kind", label=_lt("Kind of company")),
                label=_lt("Companies"),
                ignored={"email": _lt("counted anew")},
            ),
        )
        lists = (
            ValueList(
                "kinds",
                _lt("Kinds"),
                choices=(("a", _lt("Open")), ("b", "Żółty")),
            ),
        )
        row = {"id": 1, "name": "Żabka", "kind": "a", "email": "biuro@zabka.test"}
        self.use_source(companies=[row])
        self.patch(FakeSource, "get_mappings", lambda source: mappings)
        self.patch(FakeSource, "get_value_lists", lambda source: lists)
        self.patch(
            FakeSource, "left_out", (left_out("deals", _lt("its list is in the bin")),)
        )
        plain = self.env["base"].with_context(lang=None).env
        with self.translated(
            **{
                "the time of day is not kept": "bez godziny",
                "Kind of company": "Rodzaj firmy",
                "Companies": "Firmy",
                "counted anew": "liczone na nowo",
                "Kinds": "Rodzaje",
                "Open": "Otwarte",
                "its list is in the bin": "lista jest w koszu",
            }
        ):
            run = self.job.with_user(self.env.user)._start_run("discover")
            # As the scheduler works on it: it has no language.
            self.job = self.job.with_env(plain)
            self.work(run.with_env(plain))
        streams = {stream.name: stream for stream in self.job.stream_ids}
        made = streams["companies"].mapping_ids
        self.assertEqual(made.label, "Firmy")
        lines = {line.source: line for line in made.line_ids}
        self.assertEqual(lines["name"].lossy, "bez godziny")
        self.assertEqual(lines["kind"].custom_label, "Rodzaj firmy")
        self.assertEqual(lines["email"].ignore_reason, "liczone na nowo")
        self.assertEqual(streams["deals"].left_out[0]["reason"], "lista jest w koszu")
        (kinds,) = (item for item in self.job.value_lists if item["name"] == "kinds")
        self.assertEqual(kinds["label"], "Rodzaje")
        # What comes from the data of the source is nobody's to translate.
        self.assertEqual(kinds["choices"], [["a", "Otwarte"], ["b", "Żółty"]])
