"""Concord's mail endpoints: accounts, the messages of a folder, one message."""

from .concord_query import Refused, envelope, not_found, page_numbers, searched
from .concord_schema import LINK_KEYS


class Inbox:
    """The part of ``Api`` that answers for mail."""

    def mail_accounts(self):
        rows = self.company.rows("mail-accounts")
        seen = [row for row in rows if self.access.sees_account(row["id"])]
        return [self._account(row) for row in seen]

    def mail_account(self, account_id):
        return self._account(self._opened(account_id))

    def inbox(self, account_id, folder_id):
        """A folder's messages, newest first: ``order`` and ``with`` do nothing here."""
        self._opened(account_id)
        folder = self._row("folders", folder_id)
        if folder["email_account_id"] != account_id:
            raise not_found("folders", folder_id)
        ids = self.company.reverse("emails", "folder_ids").get(folder_id, ())
        rows = [self.company["emails"][message_id] for message_id in ids]
        rows = searched("emails", rows, self.args)
        rows.sort(key=lambda row: (row["date"], row["id"]), reverse=True)
        page, per_page = page_numbers(self.args)
        cut = rows[(page - 1) * per_page : page * per_page]
        data = [self.wire.list_row("emails", row) for row in cut]
        return envelope(data, len(rows), page, per_page, self.request.base_url)

    def message(self, folder_id, row_id):
        """One message; without ``silent=1`` the mail server is told it was read."""
        row = self.company["emails"].get(row_id)
        if not row or folder_id not in row["folder_ids"]:
            raise not_found("emails", row_id)
        self._opened(row["email_account_id"])
        if self.args.get("silent") not in ("1", "true"):
            if row["_gone_remotely"]:
                raise Refused(409, {"message": "The message does not exist any more."})
            self.simulator.marked_read.append(row_id)
            row = self.company.update("emails", row_id, is_read=True)
        return self.wire.full("emails", row, ("tags", "folders", "media", *LINK_KEYS))

    def _opened(self, account_id):
        account = self._row("mail-accounts", account_id)
        if not self.access.opens_account(account_id):
            raise Refused(403, {"message": "This action is unauthorized."})
        return account

    def _account(self, row):
        body = self.wire.full("mail-accounts", row, ())
        ids = self.company.reverse("folders", "email_account_id").get(row["id"], ())
        body["folders"] = [self.wire.small("folders", folder_id) for folder_id in ids]
        body["is_shared"] = row["user_id"] is None
        body["is_personal"] = not body["is_shared"]
        return body
