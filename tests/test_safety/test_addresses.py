"""Whose addresses are called, what is said of them, and where secrets do not belong."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..common import MigrationCase

SECRET = "s3cret-t0ken-of-a-customer"


class Stranger(BaseHTTPRequestHandler):
    """Some service within a network that is no CRM."""

    answer = (200, {"Content-Type": "text/html"}, b"<html>Printer</html>")

    def do_GET(self):
        status, headers, body = self.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_args):
        """Keep the log of the tests clean."""


@tagged("post_install", "-at_install")
class TestAddresses(MigrationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env["crm.migration.job"].create(
            {"name": "From within", "source": "concord"}
        )
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.open_port = cls.server.server_address[1]
        with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as other:
            cls.closed_port = other.server_address[1]

    def ask(self, port, answer=None, *, job=None, more=None):
        """Return what *Check Connection* says, with the port left out."""
        job, url = job or self.job, f"http://127.0.0.1:{port}"
        given = {"authority": url} if job.source == "opex365" else {}
        job._set_settings({"url": url, **given, **(more or {"token": SECRET})})
        with patch.object(Stranger, "answer", answer or Stranger.answer):
            self.assertFalse(job.action_check_connection())
        check = job.check_ids.filtered(lambda c: c.code.startswith("source."))
        return check.code, check.text.replace(str(port), "…")

    def test_one_sentence_for_whatever_is_no_such_crm(self):
        elsewhere = {"Location": "http://10.1.2.3:5984/_utils"}
        said = {
            "closed": self.ask(self.closed_port),
            "a page": self.ask(self.open_port),
            "nothing there": self.ask(self.open_port, (404, {}, b"")),
            "an error": self.ask(self.open_port, (500, {}, b"oops")),
            "busy": self.ask(self.open_port, (503, {}, b"")),
            "elsewhere": self.ask(self.open_port, (302, elsewhere, b"")),
            "a login page": self.ask(
                self.open_port, (302, {"Location": "/login"}, b"")
            ),
            "a login": self.ask(
                self.open_port,
                (401, {"WWW-Authenticate": 'Basic realm="NAS"'}, b"<html>Who?</html>"),
            ),
            "another login": self.ask(
                self.open_port,
                (
                    401,
                    {"Content-Type": "application/json"},
                    b'{"error": {"status": 401}}',
                ),
            ),
            "a closed door": self.ask(self.open_port, (403, {}, b"")),
            "other data": self.ask(
                self.open_port,
                (200, {"Content-Type": "application/json"}, b'{"couchdb": "Hi"}'),
            ),
        }
        self.assertEqual(len(set(said.values())), 1, said)
        text = said["closed"][1]
        self.assertIn("does not answer as this CRM would", text)
        self.assertNotIn("10.1.2.3", text)

    def test_of_no_system_is_more_said(self):
        """Each would name what it misses: a service that is off, a login, its API."""
        answers = {
            "a login": (401, {}, b""),
            "a closed door": (403, {}, b""),
            "nothing there": (404, {}, b""),
            "other data": (200, {"Content-Type": "application/json"}, b"{}"),
            "nothing at all": (200, {}, b""),
        }
        for source, more in {
            "net_results": {"auth": "basic", "login": "a", "password": SECRET},
            "opex365": {"tenant": "t", "client_id": "c", "client_secret": SECRET},
            "soffront": {
                "user": "anna",
                "password": SECRET,
                "developer_key": SECRET,
                "timezone": "UTC",
                "allow_http": True,
            },
        }.items():
            job = self.job.create({"name": "From within", "source": source})
            asked = {"closed": self.ask(self.closed_port, job=job, more=more)}
            for kind, answer in answers.items():
                asked[kind] = self.ask(self.open_port, answer, job=job, more=more)
            with self.subTest(source=source):
                self.assertEqual(len(set(asked.values())), 1, asked)

    def test_what_only_the_crm_itself_answers_is_said(self):
        """Whoever has mistyped the token of a CRM in the house must hear of it."""
        json_headers = {"Content-Type": "application/json"}
        refusal = (401, json_headers, b'{"message": "Unauthenticated."}')
        code, text = self.ask(self.open_port, refusal)
        self.assertEqual(code, "source.bad_credentials", text)

    def test_a_crm_that_once_answered_is_spoken_of_plainly(self):
        self.ask(self.closed_port)
        self.job.login = "Anna"
        self.assertFalse(self.job.action_check_connection())
        self.assertIn("No answer from", self.job.check_ids[-1].text)
        # Another address has shown nothing yet.
        self.ask(self.open_port)
        self.assertFalse(self.job.login)

    def test_this_machine_is_called_only_where_the_administrator_says_so(self):
        with patch(
            "odoo.addons.crm_migration.models.safety.network.get_option",
            return_value=None,
        ):
            code, text = self.ask(self.open_port)
        self.assertEqual(code, "source.own_machine")
        self.assertIn("loopback = True", text)

    def test_odoo_s_own_database_is_no_source(self):
        host, port = self.env.cr.connection.info.host, self.env.cr.connection.info.port
        job = self.job.create({"name": "Sly", "source": "nextcrm"})
        given = {
            "database": self.env.cr.dbname,
            "login": self.env.cr.connection.info.user,
        }
        job._set_settings({**given, "host": host, "port": port, "password": "x"})
        self.assertFalse(job.action_check_connection())
        wanted = "bad_setting" if host.startswith("/") else "own_database"
        self.assertEqual(job.check_ids.mapped("code"), [f"source.{wanted}"])

    # -- secrets where they do not belong ------------------------------------------

    def get_plan(self, **settings):
        return {
            "plan": 1,
            "name": "Pasted",
            "source": "concord",
            "settings": {"url": "https://crm.example.com", **settings},
        }

    def test_a_secret_in_a_plan_is_refused_and_nowhere_kept(self):
        jobs = self.env["crm.migration.job"]
        before = jobs.search_count([])
        with self.assertRaises(UserError) as caught:
            jobs._import_plan(self.get_plan(token=SECRET))
        self.assertIn("CRM_MIGRATION_TOKEN", str(caught.exception))
        self.assertNotIn(SECRET, str(caught.exception))
        self.assertEqual(jobs.search_count([]), before)

    def test_what_a_plan_says_aside_is_not_kept_either(self):
        plan = self.get_plan(_note=f"the token is {SECRET}") | {"_by": SECRET}
        job = self.env["crm.migration.job"]._import_plan(plan, {"token": SECRET})
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(job)::text FROM crm_migration_job AS job WHERE id = %s",
            [job.id],
        )
        self.assertNotIn(SECRET, self.env.cr.fetchone()[0])
        self.assertNotIn(SECRET, json.dumps(job._export_plan(), default=str))
        self.assertEqual(job._get_secrets(), {"token": SECRET})

    def test_a_password_in_an_address_is_refused(self):
        address = f"https://anna:{SECRET}@crm.example.com"
        for give in (
            lambda: self.job._set_settings({"url": address, "token": "t"}),
            lambda: self.job._import_plan(self.get_plan(url=address)),
        ):
            with self.assertRaises(UserError) as caught:
                give()
            self.assertIn("before the @", str(caught.exception))
            self.assertNotIn(SECRET, str(caught.exception))
        self.assertNotIn(SECRET, str(self.job.settings_open))

    def test_not_even_at_level_debug_does_a_log_hold_a_secret(self):
        values = {"url": "https://crm.example.com", "token": SECRET}
        settings = {"settings": {"fields": [], "values": values}}
        start = self.env["crm.migration.job.start"].create({"source": "concord"})
        calls = (
            (self.job, "web_save", [self.job.ids, settings], {"specification": {}}),
            (start, "web_save", [start.ids, settings], {"specification": {}}),
            (start, "onchange", [[], settings, ["settings"], {"settings": {}}], {}),
            (self.job, "write", [self.job.ids, settings], {}),
            (start, "create", [{"source": "concord", **settings}], {}),
        )
        for model, name, args, more in calls:
            with self.subTest(model=model._name, method=name):
                with self.assertLogs("odoo", "DEBUG") as log:
                    call_kw(self.env[model._name], name, args, more)
                text = "\n".join(log.output)
                self.assertIn(f".{name}(", text)
                self.assertNotIn(SECRET, text)

    def test_the_calls_of_others_are_logged_as_ever(self):
        with self.assertLogs("odoo.service.model", "DEBUG") as log:
            call_kw(
                self.env["res.partner"], "search_count", [[("name", "=", "Zoë")]], {}
            )
        self.assertIn("Zoë", log.output[0])
