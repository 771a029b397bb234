"""The unit tests of ``static/tests``, in a browser as Odoo runs its own."""

import re
from pathlib import Path

from odoo.tests import HttpCase, no_retry, tagged

STATIC = Path(__file__).resolve().parents[2] / "static"
TESTS = STATIC / "tests"


def get_hoot_id(name):
    """Return by what Hoot knows a suite (``generateHash`` in its ``hoot_utils.js``).

    >>> get_hoot_id("@web/core")
    'e39ce9ba'
    """
    number = 0
    for char in name:
        number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
    return f"{number:08x}"


@tagged("post_install", "-at_install")
class TestWidgets(HttpCase):
    @no_retry
    def test_what_the_widgets_do(self):
        said = []

        def is_fatal(message):
            said.append(message)
            return "[HOOT]" not in message

        suite = get_hoot_id("@crm_migration")
        try:
            self.browser_js(
                f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
                "",
                "",
                login="admin",
                timeout=300,
                success_signal="[HOOT] Test suite succeeded",
                error_checker=is_fatal,
            )
        except self.failureException as error:
            raise self.failureException("\n\n".join([*said, str(error)])) from error

    def test_every_widget_has_tests_and_none_of_them_runs_alone(self):
        widgets = sorted(
            path.relative_to(STATIC / "src") for path in STATIC.glob("src/**/*.js")
        )
        self.assertGreater(len(widgets), 5)
        for widget in widgets:
            with self.subTest(widget=str(widget)):
                text = (TESTS / widget).with_suffix(".test.js").read_text()
                self.assertNotRegex(
                    text, re.compile(r"test.*\.(only|debug|skip|todo)\(")
                )
