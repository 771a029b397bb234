"""Mail accounts, folders and messages of the invented company."""

from html import unescape

from .concord_files import pdf, png
from .concord_people import days_from
from .concord_words import SENTENCES

FOLDER_TYPES = ("inbox", "sent", "drafts", "spam", "trash", "archive", "other")

ACCOUNTS = (
    # label, address, alias, owner (None = shared)
    ("shared_account", "sales@example.com", "offers@example.com", None),
    ("own_account", "nora@example.com", None, 1),
    ("private_account", "ines@example.com", None, 2),
)

AWKWARD_MESSAGES = (
    # label, account, folder types, given values
    ("message_with_files", 1, ("sent",), {"opens": 2, "opened_at": "2025-02-11T10:00:00.000000Z"}),
    ("message_in_two_folders", 1, ("inbox", "archive"), {}),
    ("draft", 1, ("drafts",), {"is_draft": True, "message_id": None}),
    ("spam", 1, ("spam",), {"subject": "💰💰💰 <b>WIN</b>"}),
    ("deleted_message", 1, ("trash",), {}),
    ("same_message_shared", 1, ("inbox",), {"message_id": "<twice@example.com>"}),
    ("same_message_private", 3, ("inbox",), {"message_id": "<twice@example.com>"}),
    ("message_without_id", 1, ("inbox",), {"message_id": None, "subject": None}),
    ("text_only", 2, ("inbox",), {"html_body": None, "text_body": "Hello,\n\n> quoted\n-- \nMarta"}),
    ("empty_message", 1, ("inbox",), {"html_body": None, "text_body": None, "subject": ""}),
    ("unread", 1, ("inbox",), {"is_read": False}),
    ("gone_remotely", 1, ("inbox",), {"_gone_remotely": True, "is_read": False}),
    ("inline_picture", 1, ("inbox",), {}),
    ("private_message", 3, ("sent",), {"subject": "Doctor's appointment (private)"}),
    ("from_alias", 1, ("other",), {}),
    ("without_sender", 1, ("inbox",), {"_addresses": []}),
)  # fmt: skip


class MailMaker:
    def __init__(self, company, rng, files):
        self.company = company
        self.rng = rng
        self.files = files
        self.folders = {}

    def add_accounts(self):
        for label, address, alias, user_id in ACCOUNTS:
            account = self.company.insert(
                "mail-accounts", label, email=address, alias_email=alias,
                user_id=user_id, connection_type="Imap", display_email=alias or address,
                username=address, imap_server="imap.example.net", imap_port=993,
                imap_encryption="ssl", smtp_server="smtp.example.net", smtp_port=465,
                requires_auth=False, is_sync_disabled=False, created_by=user_id or 1,
                created_at=days_from(self.company, -1500),
            )  # fmt: skip
            for kind in FOLDER_TYPES:
                name = {"other": "Kunden/Été", "sent": "Gesendet"}.get(
                    kind, kind.title()
                )
                folder = self.company.insert(
                    "folders", name=name, display_name=name.split("/")[-1], type=kind,
                    email_account_id=account["id"], parent_id=None, syncable=True,
                    created_at=account["created_at"],
                )  # fmt: skip
                self.folders[account["id"], kind] = folder["id"]

    def add_messages(self, count):
        for number in range(count):
            if number < len(AWKWARD_MESSAGES):
                label, account_id, kinds, given = AWKWARD_MESSAGES[number]
            else:
                account_id = self.rng.choice((1, 1, 1, 2, 3))
                kinds = (self.rng.choice(("inbox", "inbox", "sent", "archive")),)
                label, given = None, {}
            values = {**self._message(number, account_id, kinds), **given}
            row = self.company.insert("emails", label, **values)
            self._dress(label, row)
            if number % 20 == 19:
                self._attach(
                    row, "offer.pdf", "application/pdf", pdf(f"Offer {number}")
                )

    def _message(self, number, account_id, kinds):
        rng, company = self.rng, self.company
        account = company["mail-accounts"][account_id]
        moment = days_from(company, -number // 3 - 1, rng.randrange(24), number % 60)
        contact = self._contact(number)
        ours = (account["email"], "Sales – Vendas")
        theirs = (
            (contact["email"], f"{contact['first_name']} {contact['last_name']}")
            if contact
            else ("stranger@example.net", None)
        )
        outgoing = "sent" in kinds or "drafts" in kinds
        sender, recipient = (ours, theirs) if outgoing else (theirs, ours)
        return {
            "email_account_id": account_id,
            "remote_id": str(4000 + number),
            "message_id": f"<m{number}.{account_id}@example.com>",
            "subject": f"{rng.choice(('', 'Re: ', 'AW: '))}{unescape(rng.choice(SENTENCES))}",
            "html_body": f"<html><body><p>{rng.choice(SENTENCES)}</p></body></html>",
            "is_read": rng.random() < 0.9,
            "date": moment,
            "_addresses": [("from", *sender), ("to", *recipient)]
            + ([("cc", "Team <all>", None)] if number % 11 == 0 else []),
            "folder_ids": [self.folders[account_id, kind] for kind in kinds],
            "contact_ids": [contact["id"]] if contact else [],
            "company_ids": contact["company_ids"][:1] if contact and number % 2 else [],
            "deal_ids": [number % 7 + 1] if number % 7 + 1 in company["deals"] and number % 4 == 0 else [],
            "created_at": moment,
            "updated_at": moment,
        }  # fmt: skip

    def _contact(self, number):
        """Return somebody with an e-mail; nobody for each ninth message."""
        rows = self.company.rows("contacts")
        if not rows or number % 9 == 8:
            return None
        row = rows[(number * 7) % len(rows)]
        return row if row["email"] and "@" in row["email"] else rows[0]

    def _dress(self, label, row):
        if label == "message_with_files":
            self._attach(row, "quote.pdf", "application/pdf", pdf("Quote"))
            self._attach(row, "Übersicht – Été.txt", "text/plain", b"overview")
            row["tag_ids"].append(7)
        elif label == "inline_picture":
            media = self.files.add("email-account-message", "logo.png", "image/png", png(), inline=True)  # fmt: skip
            row["inline_media_ids"].append(media["id"])
            row["html_body"] = (
                f'<p>Regards</p><img src="{self.company.app_url}/media/'
                f'{media["token"]}/preview">'
            )
        elif label == "from_alias":
            row["_addresses"][0] = ("from", "Offers@Example.com", "Offers")

    def _attach(self, row, name, mime_type, content):
        media = self.files.add("email-account-message", name, mime_type, content)
        row["media_ids"].append(media["id"])
