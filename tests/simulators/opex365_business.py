"""Invented quotes, orders, invoices, goals, contracts and articles: read, not loaded."""


class BusinessMaker:
    def __init__(self, org):
        self.org = org

    def _any(self, table, number=0):
        ids = list(self.org.tables[table])
        return table, ids[number % len(ids)]

    def add_papers(self):
        """A quote that was won, its order and its invoice, each with a line; a goal."""
        add, known = self.org.add, self.org.known
        sold = {
            "customerid": self._any("account", 1),
            "opportunityid": ("opportunity", known["deal"]),
            "pricelevelid": ("pricelevel", known["price_list"]),
            "totalamount": 375.0,
            "totaltax": 71.25,
        }
        line = {"productid": self._any("product"), "quantity": 1.5, "priceperunit": 250.0, "extendedamount": 375.0, "lineitemnumber": 1}  # fmt: skip
        quote = add("quote", known="quote", name="Offerte – Drehbank", quotenumber="QUO-01000-K2M8P4", revisionnumber=1, effectivefrom="2025-01-01", statecode=2, statuscode=4, **sold)  # fmt: skip
        add("quotedetail", quoteid=("quote", quote), quotedetailname="Tour à métaux", **line)  # fmt: skip
        order = add("salesorder", known="order", name="Offerte – Drehbank", ordernumber="ORD-01000-Q7T2B9", quoteid=("quote", quote), statecode=0, statuscode=1, **sold)  # fmt: skip
        add("salesorderdetail", salesorderid=("salesorder", order), salesorderdetailname="Tour à métaux", **line)  # fmt: skip
        # What is due for a line, and for the whole, is with tax (reference of invoice).
        due = {"totalamount": 446.25, "totaltax": 71.25}
        taxed = {"tax": 71.25, "extendedamount": 446.25}
        invoice = add("invoice", known="invoice", name="Rechnung 7", invoicenumber="INV-01000-Z3D5F1", salesorderid=("salesorder", order), duedate="2025-03-31", statecode=2, statuscode=100001, **{**sold, **due})  # fmt: skip
        add("invoicedetail", invoiceid=("invoice", invoice), invoicedetailname="Tour à métaux", **{**line, **taxed})  # fmt: skip
        add("goal", title="Umsatz Q1", goalownerid=("systemuser", known["siri"]), goalstartdate="2025-01-01T00:00:00Z", goalenddate="2025-03-31T00:00:00Z", targetmoney=250_000.0, actualmoney=99_000.0, percentage=39.6, amountdatatype=0)  # fmt: skip
        add("annotation", known="quote_note", subject="Skonto", notetext="2 % bei Zahlung in 10 Tagen", objectid=("quote", quote), objecttypecode="quote")  # fmt: skip

    def add_contracts(self):
        contract = self.org.add("contract", title="Wartung 2025", contractnumber="CNR-01000-K2M8P4", customerid=self._any("account", 2), activeon="2025-01-01T00:00:00Z", expireson="2025-12-31T00:00:00Z", totalprice=1200.0, statecode=2, statuscode=3)  # fmt: skip
        self.org.add("contractdetail", title="Zwei Besuche", contractid=("contract", contract), price=1200.0, initialquantity=2)  # fmt: skip

    def add_articles(self):
        self.org.add("knowledgearticle", title="Spindel klemmt", articlepublicnumber="KA-01000", content="<p>Öl nachfüllen</p>", keywords="Spindel; Öl", statecode=3, statuscode=7)  # fmt: skip
