"""Files as a small company exports them: a folder of several kinds, and the newer one."""

import csv
import io
import json
import zipfile

from ..workbooks import book

COMPANIES, PEOPLE, DEALS, NOTES = 6, 30, 20, 24


class ExportFolder:
    """Tables as lists of rows, and how each is written down at the time.

    Everything is linked by the ids that the tables bear; the archive holds two tables
    and the documents of deals, a workbook and a JSON file lie beside it.
    """

    def __init__(self):
        self.day, self.mark = "2026-11-28", ","
        self.companies = [
            ["id", "name", "city", "phone", "website"],
            *(
                [
                    *(f"C{n}", f"Sheet Works {n}", "Porto", f"+351 22 200 00 {n:02}"),
                    f"https://works{n}.example",
                ]
                for n in range(1, COMPANIES + 1)
            ),
        ]
        self.contacts = [
            ["id", "first name", "last name", "email", "company id", "job title"],
            *(
                [
                    *(f"P{n}", f"Ana {n}", "Sheet", f"ana{n}@sheet.example"),
                    *(f"C{n % COMPANIES + 1}", "Roofer"),
                ]
                for n in range(1, PEOPLE + 1)
            ),
        ]
        self.deals = [
            {
                "id": f"D{n}",
                "name": f"Roof {n}",
                "amount": n * 100 + 0.5,
                "stage": "Won" if n % 4 else "Proposal",
                "contact_id": f"P{n}",
                "tags": "Slate",
                "created_at": "2025-03-04 10:00",
            }
            for n in range(1, DEALS + 1)
        ]
        self.notes = [
            ["id", "note", "contact id", "created at"],
            *(
                [
                    f"N{n}",
                    f"They want slate, {n} m² of it.",
                    f"P{n}",
                    "2025-04-05 09:30",
                ]
                for n in range(1, NOTES + 1)
            ),
        ]
        self.documents = {
            f"deals/D{n}/offer {n}.txt": f"Offer {n}: slate" for n in range(1, 6)
        }

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        return None

    def as_files(self):
        """Return (name, bytes) of what lies in the folder, as it is called that day."""
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr(f"companies_{self.day}.csv", self._as_text(self.companies))
            file.writestr(f"notes_{self.day}.csv", self._as_text(self.notes))
            for path, text in self.documents.items():
                file.writestr(path, text)
        deals = json.dumps(self.deals, ensure_ascii=False).encode()
        return [
            (f"Export {self.day}.zip", archive.getvalue()),
            (f"Contacts {self.day}.xlsx", book(self.contacts)),
            (f"deals-{self.day}.json", deals),
        ]

    def _as_text(self, rows):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self.mark).writerows(rows)
        return text.getvalue().encode()

    def change(self, changed, removed):
        """Make the newer export: other names, separator and order, other columns.

        :return: str, the id of the contact that is new
        """
        self.day, self.mark = "2026-12-05", ";"
        # A column less, one more, and everything the other way round.
        self.companies = [[*row[:4], "Steel"] for row in self.companies]
        self.companies[0][4] = "industry"
        self.companies[1:] = reversed(self.companies[1:])
        head, *rows = self.contacts
        rows = [row for row in rows if row[0] != removed]
        for row in rows:
            if row[0] == changed:
                row[1] = "Renamed"
        rows.insert(3, ["P99", "Added", "Later", "added@sheet.example", "C1", "Buyer"])
        # Columns change places as well.
        self.contacts = [[row[0], *reversed(row[1:])] for row in (head, *rows)]
        self.deals = [dict(reversed(deal.items())) for deal in reversed(self.deals)]
        self.documents["contacts/P99/card.txt"] = "Added Later, buyer"
        return "P99"
