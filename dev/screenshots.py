"""Take pictures of the screens of a running server, for the README and the store page."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SIZE = {"width": 1600, "height": 900}
COMPANIES = """id;name;email;city;created_at
1;Söderström & Co;info@soderstrom.example;Malmö;04/03/2021
2;Peña Hermanos;hola@pena.example;Cádiz;31/01/2020
3;O'Neill "Dockside" Ltd;not an address;Cork;24/12/2019
"""


LISTS = {
    "mapping_lines": "mapping_line",
    "values": "value_map",
    "owners": "owner",
    "records": "record",
    "duplicates": "duplicate",
    "problems": "message",
    "reconciliation": "reconciliation",
    "differences": "difference",
}
"""Name of the button → name of the action behind it."""


class Screens:
    """Each method shows one screen and takes its picture, named after the method."""

    def __init__(self, page, options):
        self.page = page
        self.options = options

    def take(self, name):
        # The form asks for news every few seconds, so the network never is idle.
        self.page.wait_for_selector(".o_loading_indicator", state="detached")
        self.page.wait_for_timeout(1200)
        self.page.mouse.move(0, 0)
        path = self.options.output / f"{name}.png"
        self.page.screenshot(path=path)
        print(path)

    def log_in(self):
        self.page.goto(f"{self.options.url}/web/login")
        self.page.fill("input[name=login]", self.options.login)
        self.page.fill("input[name=password]", self.options.password)
        self.page.click("button[type=submit]")
        self.page.wait_for_selector(".o_web_client")

    def open_jobs(self):
        self.page.goto(f"{self.options.url}/odoo/crm-migration")
        self.page.wait_for_selector(".o_list_view")

    def open_job(self):
        self.open_jobs()
        rows = self.page.locator(".o_data_row")
        name = self.options.migration
        (rows.filter(has_text=name) if name else rows).first.locator("td").nth(
            1
        ).click()
        self.page.wait_for_selector(".o_form_view .o_statusbar_status")

    def open_list(self, name):
        """Open a list from its button on the form; decided ones have left it."""
        self.open_job()
        self.page.wait_for_timeout(500)
        button = self.page.locator(f"button[name=action_open_{name}]:visible")
        if not button.count() and self.page.locator(".o_button_more").count():
            self.page.click(".o_button_more")
            self.page.wait_for_timeout(200)
        if button.count():
            button.first.click()
        else:
            action = f"crm_migration.crm_migration_{LISTS[name]}_action"
            self.page.goto(f"{self.options.url}/odoo/action-{action}")
        self.page.wait_for_selector(".o_list_view, .o_view_nocontent")
        self.page.wait_for_timeout(500)

    def open_group(self):
        """Open the first group of a list, and the first within it, until rows show."""
        while not self.page.locator(".o_data_row").count():
            self.page.locator(".o_group_header:not(.o_group_open)").first.click()
            self.page.wait_for_timeout(1000)

    def press(self, text):
        self.page.locator(".modal footer").get_by_role("button", name=text).click()

    # -- the screens -------------------------------------------------------------

    def wizard(self):
        """Source cards, and the preview of a file. Nothing is created."""
        self.open_jobs()
        self.page.get_by_role("button", name="New Migration").click()
        self.page.wait_for_selector(".o_crm_migration_card")
        self.take("wizard_source")
        self.page.click("[data-source=spreadsheet]")
        self.press("Next")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "companies.csv"
            path.write_text(COMPANIES, encoding="utf-8")
            self.page.set_input_files(".modal input[type=file]", path)
            self.page.wait_for_selector(
                ".modal .o_attachment:has-text('companies.csv')"
            )
        self.press("Look at the Files")
        self.page.wait_for_selector(".o_crm_migration_preview")
        self.take("wizard_files")
        self.press("Next")
        self.page.wait_for_selector(".modal [name=line_ids] .o_data_row")
        self.press("Next")
        self.page.wait_for_selector(".modal [name=owner_policy]")
        self.take("wizard_options")
        self.press("Cancel")

    def migration(self):
        """The form of a migration; while it runs, that is the picture of progress."""
        self.open_job()
        self.take("migration")

    def mapping(self):
        self.open_list("mapping_lines")
        if self.page.locator(".o_searchview_facet:has-text('To Decide')").count():
            self.page.click(".o_searchview_facet:has-text('To Decide') .o_facet_remove")
            self.page.wait_for_selector(".o_group_header, .o_data_row")
        self.open_group()
        self.take("mapping")

    def values(self):
        self.open_list("values")
        self.open_group()
        self.take("values")

    def owners(self):
        self.open_list("owners")
        self.open_group()
        self.take("owners")

    def staging(self):
        self.open_list("records")
        self.take("staging_list")
        self.page.fill(".o_searchview_input", "Oliveira")
        self.page.press(".o_searchview_input", "Enter")
        self.page.wait_for_timeout(800)
        self.page.locator(".o_data_row td:nth-child(4)").first.click()
        self.page.wait_for_selector(".o_crm_migration_comparison")
        self.take("staging_record")

    def duplicates(self):
        self.open_list("duplicates")
        facet = ".o_searchview_facet:has-text('To Decide') .o_facet_remove"
        if self.page.locator(facet).count():
            self.page.click(facet)
        self.page.locator(".o_data_row td:nth-child(2)").first.click()
        self.page.wait_for_selector(".o_crm_migration_comparison")
        self.take("duplicate")

    def problems(self):
        self.open_list("problems")
        self.take("problems")

    def reconciliation(self):
        self.open_list("reconciliation")
        self.take("reconciliation")

    def verification(self):
        self.open_list("differences")
        self.take("verification")

    def opportunity(self):
        """An imported opportunity with its chatter."""
        action = "crm.crm_lead_opportunities"
        self.page.goto(f"{self.options.url}/odoo/action-{action}")
        self.page.locator(".o_kanban_record:not(.o_kanban_ghost)").first.click()
        self.page.wait_for_selector(".o-mail-Chatter")
        self.take("opportunity")


SCREENS = (
    "wizard migration mapping values owners staging duplicates problems "
    "reconciliation verification opportunity"
).split()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("screens", nargs="*", default=SCREENS, metavar="SCREEN")
    parser.add_argument("--url", default="http://localhost:8069")
    parser.add_argument("--login", default="admin")
    parser.add_argument("--password", default="admin")
    parser.add_argument("--migration", help="its name; the newest otherwise")
    parser.add_argument("--output", type=Path, default=ROOT / "static/description")
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    options = parser.parse_args()
    if unknown := set(options.screens) - set(SCREENS):
        parser.error(f"no such screen: {', '.join(sorted(unknown))}")
    options.output.mkdir(parents=True, exist_ok=True)
    failed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=options.chromium, args=["--no-sandbox"]
        )
        page = browser.new_page(viewport=SIZE)
        page.set_default_timeout(15_000)
        screens = Screens(page, options)
        screens.log_in()
        for name in options.screens:
            try:
                getattr(screens, name)()
            except Error as error:
                failed.append(name)
                print(f"{name}: {error.message.splitlines()[0]}", file=sys.stderr)
        browser.close()
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
