"""What this installation's database has: tables and columns, and which we may read.

Asked of the system catalog and not of ``information_schema``, which hides what we may
not read: a table that is missing and one that is closed to us need different advice.
"""

import re
from dataclasses import dataclass, field

from ..core.errors import ConfigurationError

_COLUMNS = """
SELECT c.relname, c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT'),
       a.attname, t.typname, t.typtype::text,
       has_column_privilege(c.oid, a.attnum, 'SELECT')
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
  JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
 WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
   AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY c.relname, a.attnum
"""
_PLAIN = frozenset(
    """uuid text varchar bpchar int2 int4 int8 numeric float4 float8 bool date timestamp
    timestamptz time json jsonb _text _varchar _uuid _int4""".split()
)
"""Types that a customer's own column may have; others hold bytes or derived data."""
_SECRET = re.compile(
    r"token|secret|passw|pwd|key|hash|credential|encrypted|auth|session|signature",
    re.IGNORECASE,
)
_UNREAD = frozenset({"__v"})
OTHER_TABLES = frozenset(
    """_prisma_migrations account session verification ApiKeys ApiToken systemServices
    openAi_keys gpt_models CalendarConnection EmailAccount EmailEmbedding
    crm_Document_Chunks crm_Embeddings_Accounts crm_Embeddings_Contacts
    crm_Embeddings_Leads crm_Embeddings_Opportunities crm_Embeddings_Documents
    crm_Contact_Enrichment crm_Target_Enrichment Employees TodoList ImageUpload MyAccount
    modulStatus system_Modules_Enabled secondBrain_notions invoice_States
    DocumentsToInvoices DocumentsToOpportunities DocumentsToContacts DocumentsToTasks
    DocumentsToCrmAccountsTasks DocumentsToLeads DocumentsToAccounts AccountWatchers
    BoardWatchers EmailsToContacts EmailsToAccounts crm_ActivityLinks
    CampaignToTargetLists ContactsToOpportunities TargetsToTargetLists
    Invoice_Currencies""".split()
)
"""Tables of NextCRM that no stream lists: secrets, derived data, links, leftovers."""
CORE = ("Users", "crm_Accounts", "crm_Contacts", "crm_Leads", "crm_Opportunities")
"""Tables that every release since the switch to PostgreSQL has."""


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    is_enum: bool = False
    is_readable: bool = True


def _is_harmless(column):
    known = column.type in _PLAIN or column.is_enum
    return known and not _SECRET.search(column.name)


@dataclass
class Catalog:
    """``tables`` is ``{name: {column: Column}}``; ``whole`` those that are plain tables
    of which we may read every column, system columns included."""

    tables: dict = field(default_factory=dict)
    whole: set = field(default_factory=set)

    def has(self, table, *columns):
        """Tell whether a table with these columns is there and open to us."""
        there = self.tables.get(table, {})
        readable = [column for column in there.values() if column.is_readable]
        names = {column.name for column in readable}
        return bool(readable) and set(columns) <= names

    def is_there(self, table):
        """Tell whether this table, and not another one of its name, is there."""
        columns = self.tables.get(table.name, {})
        wanted = {table.told_by} if table.told_by else set(table.key)
        return wanted <= set(columns)

    def columns_of(self, table):
        """Return the columns that are read of a table, in the order of the list."""
        there = self.tables.get(table.name, {})
        listed = [there[name] for name in table.listed if name in there]
        return [c for c in (*listed, *self.foreign(table)) if c.is_readable]

    def foreign(self, table):
        """Return the columns that NextCRM does not know: a customer has added them."""
        return [c for c in self._unlisted(table) if _is_harmless(c)]

    def unread(self, table):
        """Return the names of a customer's columns that are left alone."""
        return [c.name for c in self._unlisted(table) if not _is_harmless(c)]

    def _unlisted(self, table):
        if not table.foreign:
            return []
        return [
            column
            for column in self.tables.get(table.name, {}).values()
            if column.name not in table.listed and column.name not in _UNREAD
        ]

    def strangers(self, known):
        """Return the names of plain tables that no release has that we know."""
        return sorted(self.whole - set(known) - OTHER_TABLES)

    def closed(self, table):
        """Return the listed columns that are there, but not for us."""
        there = self.tables.get(table.name, {})
        return [n for n in table.listed if n in there and not there[n].is_readable]


def read_catalog(database):
    """Return the ``Catalog`` of the schema.

    :raises ConfigurationError: this is no database of NextCRM
    """
    catalog = Catalog()
    for name, whole, column, kind, category, readable in database.fetch(
        _COLUMNS, (database.schema,)
    ):
        columns = catalog.tables.setdefault(name, {})
        columns[column] = Column(column, kind, category == "e", readable)
        if whole:
            catalog.whole.add(name)
    missing = [name for name in CORE if name not in catalog.tables]
    if missing:
        about = {"host": database.host, "schema": database.schema}
        about["tables"] = ", ".join(missing)
        raise ConfigurationError("no_nextcrm_tables", **about)
    return catalog
