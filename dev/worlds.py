"""The two worlds that a migration is tried in: Odoo's CRM alone, and among other apps."""

import argparse
import os
import subprocess
import sys

import oca
from databases import ENV, MODULES

PHONENUMBERS = "phonenumbers==9.0.18"
"""Wanted by ``account_peppol``; Odoo does without it, and so does world A."""

APPS = (
    *("crm", "calendar", "contacts", "base_automation", "project", "sale_management"),
    *("sale_crm", "account", "account_peppol", "base_vat", "mass_mailing"),
    *("mass_mailing_crm", "google_calendar", "microsoft_calendar", "crm_iap_enrich"),
    *("crm_sms", "partner_autocomplete", "helpdesk_mgmt", "crm_phonecall"),
    "document_page",
)
"""What the addon may meet: apps whose records refer to ours, or that act on them."""

WORLDS = {"A": MODULES, "B": ",".join(APPS)}


def fetch():
    """Fetch what world B needs besides Odoo; return the environment that knows it."""
    folder = ENV / "apps"
    if not (folder / "phonenumbers").is_dir():
        command = [ENV / "venv/bin/pip", "install", "-q", "--target", folder]
        subprocess.run([*command, PHONENUMBERS], check=True)
    oca.main()
    return {**os.environ, "PYTHONPATH": str(folder)}


def main():
    parser = argparse.ArgumentParser(description="Print the apps of world B.")
    parser.add_argument("--fetch", action="store_true", help="fetch them as well")
    if parser.parse_args().fetch:
        fetch()
    sys.stdout.write(f"{WORLDS['B']}\n")


if __name__ == "__main__":
    main()
