"""The rest of the invented company: contracts, money, boards, to-dos, mails and files."""

import datetime as dt


def add_work(c):
    for step in (_contracts, _products, _invoices, _boards, _todos, _mails, _documents, _reports):  # fmt: skip
        step(c)


def _first(c):
    return c.rows["Users"][0]["id"]


def _user(c):
    return c.rows["Users"][c.random.randrange(len(c.rows["Users"]))]["id"]


def _contracts(c):
    for number in range(c.sizes["contracts"]):
        row = c.stamped("crm_Contracts", __v=0, title=f"Rámcová smlouva č. {number}", value="12000.00",
                        account=c.pick("crm_Accounts"), assigned_to=_user(c), status="SIGNED", currency="CZK",
                        startDate=c.moment(), endDate="20261-01-01 00:00:00" if number == 1 else c.moment())  # fmt: skip
        c.bin(row, number)


def _products(c):
    category = c.row(
        "crm_ProductCategories",
        name="Services",
        updatedAt=c.moment(),
        createdBy=_user(c),
    )
    for number in range(c.sizes["products"]):
        row = c.row("crm_Products", name=f"Support plan {number}", sku=f"SKU-{number:05d}" if number % 2 else None,
                    type=("PRODUCT", "SERVICE")[number % 2], status=("ACTIVE", "DRAFT", "ARCHIVED")[number % 3],
                    unit_price="346.00", currency="USD", tax_rate="21.00", unit="month", is_recurring=True,
                    billing_period="MONTHLY", categoryId=category["id"], createdBy=_user(c), updatedAt=c.moment())  # fmt: skip
        c.bin(row, number)
        c.row("crm_AccountProducts", accountId=c.pick("crm_Accounts"), productId=row["id"], currency="EUR",
              start_date=row["updatedAt"], notes="Renewed by phone", updatedAt=c.moment(), createdBy=_first(c))  # fmt: skip
    for number, deal in enumerate(c.rows["crm_Opportunities"]):
        for order in range(number % 3):
            c.row("crm_OpportunityLineItems", opportunityId=deal["id"], productId=c.pick("crm_Products"),
                  name=f"Line <{order}>", quantity=order + 1, unit_price="99.90", discount_value="10.00",
                  line_total=f"{8991 * (order + 1) / 100:.2f}", currency="EUR", sort_order=order, updatedAt=c.moment(), createdBy=_user(c))  # fmt: skip


HAPPENED = (
    ("ISSUED", None),
    ("SENT", {"to": "billing@strata.example", "subject": "Invoice № 1"}),
    ("PAYMENT_ADDED", {"amount": 2435.12, "method": "bank_transfer"}),
)


def _invoices(c):
    series = c.row("Invoice_Series", name="Default", prefixTemplate="INV-{YYYY}-{####}", updatedAt=c.moment())  # fmt: skip
    rate = c.row("Invoice_TaxRates", name="VAT 21", rate="21.00", updatedAt=c.moment())
    c.row("Invoice_Settings", baseCurrency="USD", updatedAt=c.moment())
    for number in range(c.sizes["invoices"]):
        issued = number % 3 != 2
        row = c.row("Invoices", type=("INVOICE", "CREDIT_NOTE", "PROFORMA")[number % 3], updatedAt=c.moment(),
                    status="PAID" if issued else "DRAFT", number=f"INV-2025-{number:04d}" if issued else None,
                    seriesId=series["id"], accountId=c.pick("crm_Accounts"), createdBy=_user(c), currency="EUR",
                    billingSnapshot={"name": "Strata", "street": "Hauptstraße 157", "city": "München", "zip": None,
                                     "state": None, "country": "Deutschland", "vat_id": "DE123456789", "registration_id": None}, issueDate=c.moment(), dueDate=c.moment(),
                    baseCurrency="USD", fxRateToBase="1.08400000", subtotal="5031.25", vatTotal="1056.56",
                    grandTotal="6087.81", paidTotal="2435.12", balanceDue="3652.69")  # fmt: skip
        if issued:
            row["pdfStorageKey"] = f"invoices/{row['id']}.pdf"
            c.files[row["pdfStorageKey"]] = b"%PDF-1.7 invoice " + str(number).encode()
        c.row("Invoice_LineItems", invoiceId=row["id"], position=0, description="Consulting", quantity="3.5000",
              unitPrice="1437.5000", taxRateId=rate["id"], taxRateSnapshot="21.00", lineSubtotal="5031.25",
              lineVat="1056.56", lineTotal="6087.81")  # fmt: skip
        c.row("Invoice_Payments", invoiceId=row["id"], paidAt=c.moment(), amount="2435.12", method="bank_transfer", createdBy=_first(c))  # fmt: skip
        action, meta = HAPPENED[number % 3]
        c.row("Invoice_Activity", invoiceId=row["id"], action=action, meta=meta, actorId=_user(c))  # fmt: skip


TASK_TAGS = (["urgent", "Urgent "], [{"label": "Büro"}, {"name": "urgent"}], "single", {"name": "one"}, None, [], [7, {"value": "VIP"}, {"color": "#fff"}, {}])  # fmt: skip


def _boards(c):
    for number in range(c.sizes["boards"]):
        board = c.stamped("Boards", __v=0, title=f"ERP rollout {number}", description="Project", user=_user(c),
                          visibility=("private", "public", None)[number % 3], sharedWith=[_user(c), c.key()])  # fmt: skip
        c.bin(board, number + 2)
        c.add("BoardWatchers", board_id=board["id"], user_id=_user(c))
        for position, title in enumerate(("Backlog", "Doing", "Hotovo")):
            c.row("Sections", __v=0, board=board["id"], title=title, position=(position, None)[position == 2])  # fmt: skip
    for number in range(c.sizes["tasks"]):
        c.stamped("Tasks", __v=0, title=f"Prepare report {number}", content="<p>Prepare <i>data</i></p>", position=1000,
                  priority=("high", "Normal", "")[number % 3], section=c.often(c.pick("Sections"), 0.9), user=c.often(_user(c)),
                  tags=TASK_TAGS[number % 7], dueDateAt=c.moment(), lastEditedAt=c.moment(),
                  taskStatus=("ACTIVE", "PENDING", "COMPLETE")[number % 3])  # fmt: skip
        c.row("tasksComments", __v=0, comment="Done ✅", task=c.rows["Tasks"][-1]["id"], user=_user(c), createdAt=c.moment())  # fmt: skip


def _todos(c):
    for number in range(c.sizes["todos"]):
        row = c.stamped("crm_Accounts_Tasks", __v=0, title=f"Cadence touch {number}", content="Call the customer",
                        priority="high", taskStatus=("ACTIVE", "COMPLETE")[number % 2], dueDateAt=c.moment(), user=_user(c),
                        account=c.often(c.pick("crm_Accounts")), tags=TASK_TAGS[number % 7],
                        opportunity_id=c.often(c.pick("crm_Opportunities"), 0.5))  # fmt: skip
        c.row("tasksComments", __v=0, comment="<b>ok</b>", assigned_crm_account_task=row["id"] if number else None,
              user=_user(c), createdAt=c.moment())  # fmt: skip


def _mails(c):
    boxes = [c.row("EmailAccount", userId=_user(c), label="Work", imapHost="mail.firm.example", imapPort=993, smtpHost="mail.firm.example",
                   smtpPort=465, username="x@firm.example", passwordEncrypted=f"mailbox-secret-{n}", updatedAt=c._clock)
             for n in range(2)]  # fmt: skip
    people = [row for row in c.rows["crm_Contacts"] if "@" in (row["email"] or "")]
    for number in range(c.sizes["emails"]):
        shared = number % 5 == 1  # the copy of the mail before, in the other mailbox
        name = f"<m{number - shared}@mail.example>" if number % 7 else f"{number}-header@local"  # fmt: skip
        person = people[number % len(people)]
        to = [{"name": "Jana", "email": person["email"].lower() if number % 6 == 2 else f"nobody{number}@else.example"},
              {"name": "", "email": ""}]  # fmt: skip
        row = c.row("Email", emailAccountId=boxes[number % 2]["id"], userId=_user(c), rfcMessageId=name, imapUid=number,
                    folder=("INBOX", "SENT")[number % 2], subject="Re: Nabídka 💼", fromName="Eva Nová",
                    fromEmail="eva.nova@firm.example", toRecipients=to, ccRecipients=[], bodyText="Dobrý den…",
                    bccRecipients=[{"name": "", "email": "blind-secret@firm.example"}], bodyHtml="<p>Dobrý den…</p>",
                    sentAt=c.moment(), updatedAt=c.moment(), isDeleted=number % 11 == 10)  # fmt: skip
        if number % 3 == 0 or shared:
            c.add("EmailsToContacts", emailId=row["id"], contactId=c.pick("crm_Contacts"))  # fmt: skip
        if number % 4 == 0:
            c.add("EmailsToAccounts", emailId=row["id"], accountId=c.pick("crm_Accounts"))  # fmt: skip


LINKS = (
    ("DocumentsToAccounts", "account_id", "crm_Accounts"),
    ("DocumentsToContacts", "contact_id", "crm_Contacts"),
    ("DocumentsToOpportunities", "opportunity_id", "crm_Opportunities"),
    ("DocumentsToLeads", "lead_id", "crm_Leads"),
    ("DocumentsToTasks", "task_id", "Tasks"),
    ("DocumentsToCrmAccountsTasks", "crm_accounts_task_id", "crm_Accounts_Tasks"),
)


def _documents(c):
    for number in range(c.sizes["documents"]):
        key = f"documents/{c.key()}.pdf"
        content = f"%PDF-1.7 {number} ".encode() * (200 if number == 1 else 1)
        row = c.row("Documents", document_name=f"Smlouva č. {number}/příloha", createdBy=_user(c), createdAt=c.moment(),
                    document_file_mimeType=("application/pdf", "image/jpg", "")[number % 3], size=len(content),
                    document_file_url=f"http://minio:9000/nextcrm/{key}", key=key, updatedAt=c.moment(),
                    tags=TASK_TAGS[number % 7], content_text="extracted " * 50, description="new document")  # fmt: skip
        if number == 2:
            row["key"] = None  # only the address tells
        if number != 3:  # an upload that never finished
            c.files[key] = content if number != 8 else content[:-3]
        if number == 5:
            row["key"] = None
            row["document_file_url"] = "https://utfs.io/f/abc_old.jpg"
        if number == 6:  # a version: the first row shows the newest file
            row["parent_document_id"] = c.rows["Documents"][1]["id"]
        c.bin(row, number, every=12)
        if number != 7:
            table, member, target = LINKS[number % 6]
            c.add(table, document_id=row["id"], **{member: c.pick(target)})
        if number == 1:
            table, member, target = LINKS[0]
            for bearer in c.rows[target][:2]:
                c.add(table, document_id=row["id"], **{member: bearer["id"]})


def _reports(c):
    c.add("crm_Report_Config", id="cfg1", name="Sales", category="sales", filters={"year": 2025}, createdBy=_user(c), updatedAt=c._clock)  # fmt: skip
    c.add("crm_Report_Schedule", id="sch1", reportConfigId="cfg1", cronExpression="0 6 * * 1", recipients=["boss@firm.example"],
          format="pdf", createdBy=_user(c), updatedAt=c.moment())  # fmt: skip
    c.add("session", id="s1", token="session-secret", userId=_user(c))
    c.row("systemServices", name="smtp", serviceKey="service-secret", servicePassword="service-secret-2")  # fmt: skip


def legacy_invoices(c):
    """Return rows of the inbox of received invoices that stood there until 2026-03."""
    return [
        {"id": c.key(), "__v": 0, "invoice_number": f"R{n}", "invoice_amount": "1.234,50 Kč", "invoice_items": [{"sum": "1"}],
         "invoice_file_url": f"https://bucket.digitaloceanspaces.example/{n}.pdf", "invoice_file_mimeType": "application/pdf",
         "partner": "Dodavatel s.r.o.", "rossum_status": "exported", "date_created": c.moment() + dt.timedelta(days=n)}
        for n in range(4)
    ]  # fmt: skip
