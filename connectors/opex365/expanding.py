"""What is asked for together with the rows of a table, named by the metadata."""

from .invoices import COLUMNS as DETAIL_COLUMNS
from .invoices import DETAIL
from .relations import RELATED, ends_of
from .streams import BECAME, BY_NAME

MAX_EXPANDS = 15
_DEAL_COLUMNS = {
    "opportunityproduct": "opportunityproductid,_productid_value,productdescription,"
    "opportunityproductname,quantity,_uomid_value,priceperunit,manualdiscountamount,"
    "volumediscountamount,tax,extendedamount,lineitemnumber,description",
    "opportunityclose": "activityid,subject,description,actualend,createdon,"
    "actualrevenue,_competitorid_value,opportunitystatuscode",
}
INSTANCE_COLUMNS = (
    "businessprocessflowinstanceid,_activestageid_value,_processid_value,"
    "activestagestartedon,completedon,traversedpath,statecode,statuscode"
)
_OF_LINE = (
    "productdescription,quantity,_uomid_value,priceperunit,manualdiscountamount,"
    "volumediscountamount,tax,extendedamount,lineitemnumber,description,_productid_value"
)
LINES = {
    "quotes": ("quotedetail", "quoteid"),
    "orders": ("salesorderdetail", "salesorderid"),
}
"""Stream → table of its lines, and the lookup that leads from there to it."""
_PARTS = "_associatedproduct_value,quantity,productisrequired,_uomid_value"
_LIST_TARGETS = {"listlead_association": "lead"}


class Expander:
    """Finds the navigation properties of a table.

    :param remark: ``(code, kind, **data)``, called where something is left out
    """

    def __init__(self, metadata, remark):
        self.metadata = metadata
        self.remark = remark

    def of(self, kind):
        """Return the navigation properties of a kind; some only metadata can name."""
        expand = list(kind.expand)
        if kind.name == "deals":
            # Lines and closings before processes, of which there may be many.
            found = sorted(self._of_deals(kind), key=_is_instance)
            expand += found
        elif kind.name == "cases":
            found = self.metadata.collections(kind.table)
            if navigation := found.get(("incidentresolution", "incidentid")):
                expand.append((navigation, "activityid,actualend,createdon"))
        elif kind.name in LINES:
            table, _column = LINES[kind.name]
            columns = f"{table}id,{table}name,{_OF_LINE}"
            expand += self._of_collection(kind, *LINES[kind.name], columns)
        elif kind.name == "products":
            columns = f"productassociationid,{_PARTS}"
            expand += self._of_collection(
                kind, "productassociation", "productid", columns
            )
        elif kind.name == "leads":
            found = self.metadata.collections(kind.table)
            if BECAME == found.get(("opportunity", "originatingleadid")):
                expand.append((BECAME, "opportunityid"))
        elif kind.name == "invoices":
            found = self.metadata.collections(kind.table)
            if navigation := found.get((DETAIL, "invoiceid")):
                expand.append((navigation, DETAIL_COLUMNS))
        elif kind.name == "activity_parties":
            expand = [e for e in expand if self.metadata.has(e[0].partition("_")[2])]
        elif kind.name == "marketing_lists":
            expand = [
                e for e in expand
                if self.metadata.has(_LIST_TARGETS.get(e[0], kind.table))
            ]  # fmt: skip
        elif kind.name not in BY_NAME:
            expand += self._of_relations(kind)
        if kind.name in RELATED:
            expand += [
                (navigation, self.metadata.tables[other].id)
                for navigation, other in ends_of(self.metadata, kind.table)
            ]
        if len(expand) > MAX_EXPANDS:
            count = len(expand) - MAX_EXPANDS
            self.remark("relations_left_out", kind, count=count)
        return tuple(expand[:MAX_EXPANDS])

    def has_links(self, kind):
        """Tell whether rows are related many to many, which neither of them dates."""
        if kind.name not in BY_NAME:
            return any(self._of_relations(kind))
        return kind.name in RELATED and any(ends_of(self.metadata, kind.table))

    def _of_deals(self, kind):
        for (table, column), navigation in self.metadata.collections(
            kind.table
        ).items():
            described = self.metadata.tables.get(table)
            columns = _DEAL_COLUMNS.get(table) if column == "opportunityid" else None
            if described and described.is_process:
                columns = INSTANCE_COLUMNS
            if columns and described:
                yield navigation, columns

    def _of_collection(self, kind, table, column, columns):
        """Return the collection of a table's rows that point here, [] where it is none."""
        if not self.metadata.has(table):
            return []
        found = self.metadata.collections(kind.table).get((table, column))
        return [(found, columns)] if found else []

    def _of_relations(self, kind):
        """Yield what a table of the customer's is related to, many to many."""
        for navigation, other in self.metadata.relations(kind.table).items():
            if other in self.metadata.tables:
                yield navigation, self.metadata.tables[other].id


def _is_instance(item):
    return item[1] == INSTANCE_COLUMNS
