"""Streams that no table holds: tags out of rows, opt-outs, mails without their doubles.

Each is a function of the ``Catalog`` that returns a SELECT, None where nothing of it is
there. ``%`` is written twice: the statements take values.
"""

TAG = "lower(btrim({0}))"
"""What makes two spellings of a tag the same one."""

_WORDS = ("label", "name", "title", "text", "value", "tag")
_TAGGED = ("crm_Contacts", "crm_Targets")
_TAGGED_WORK = ("Tasks", "crm_Accounts_Tasks", "Documents")


def jsonb_tags(column):
    """Return SQL for the tags in a JSON value: texts, or objects with a word for one.

    What has no such word is a tag as it is written: it says something to somebody.
    """
    words = ", ".join(f"e.item ->> '{name}'" for name in _WORDS)
    return f"""(
        SELECT COALESCE({words},
               CASE WHEN jsonb_typeof(e.item) <> 'null'
                     AND e.item NOT IN ('{{}}'::jsonb, '[]'::jsonb)
                    THEN e.item #>> '{{}}' END) AS tag
          FROM jsonb_array_elements(
               CASE WHEN jsonb_typeof({column}) = 'array' THEN {column}
                    ELSE jsonb_build_array({column}) END) AS e(item))"""


def _tags(parts):
    if not parts:
        return None
    # Of several spellings the most frequent one is the name.
    return f"""
        SELECT {TAG.format("tag")} AS id,
               mode() WITHIN GROUP (ORDER BY btrim(tag)) AS name, count(*) AS used_by
          FROM ({" UNION ALL ".join(parts)}) AS tags
         WHERE btrim(tag) <> '' GROUP BY 1"""


def contact_tags(catalog):
    parts = []
    for table in _TAGGED:
        if catalog.has(table, "tags"):
            live = _live(catalog, table)
            parts.append(f'SELECT unnest(tags) AS tag FROM "{table}"{live}')
    return _tags(parts)


def task_tags(catalog):
    return _tags(
        [
            f'SELECT j.tag FROM "{table}" AS t, LATERAL {jsonb_tags("t.tags")} AS j'
            f"{_live(catalog, table)}"
            for table in _TAGGED_WORK
            if catalog.has(table, "tags")
        ]
    )


def _live(catalog, table):
    there = catalog.has(table, "deletedAt")
    return ' WHERE "deletedAt" IS NULL' if there else ""


def opt_outs(catalog):
    """Who must not be mailed, at whichever address: also a target in the bin said so."""
    parts = []
    if catalog.has("crm_Targets", "do_not_email", "do_not_email_at"):
        parts += [
            f"SELECT {column} AS email, do_not_email_at AS at, 'target' AS reason"
            ' FROM "crm_Targets" WHERE do_not_email'
            for column in ("email", "company_email", "personal_email")
            if catalog.has("crm_Targets", column)
        ]
    if catalog.has("crm_campaign_sends", "unsubscribed_at", "email"):
        parts.append(
            "SELECT email, unsubscribed_at AS at, 'campaign' AS reason"
            " FROM crm_campaign_sends"
            " WHERE unsubscribed_at IS NOT NULL"
        )
    if not parts:
        return None
    return f"""
        SELECT lower(btrim(email)) AS id, min(btrim(email)) AS email, min(at) AS at,
               min(reason) AS reason
          FROM ({" UNION ALL ".join(parts)}) AS said
         WHERE btrim(email) <> '' GROUP BY 1"""


DERIVED = {"contact_tags": contact_tags, "task_tags": task_tags, "opt_outs": opt_outs}


def derived_pages(select, after):
    """Return (statement, values) for the rows of a derived stream behind ``after``."""
    behind = ' WHERE q.id COLLATE "C" > %(after)s' if after is not None else ""
    sql = f"""SELECT row_to_json(q)::text, q.id FROM ({select}) AS q{behind}
              ORDER BY q.id COLLATE "C" """
    return sql, {"after": after}


def derived_row(select, source_id):
    """Return (statement, values) for the row of an id."""
    sql = f"SELECT row_to_json(q)::text, q.id FROM ({select}) AS q WHERE q.id = %(id)s"
    return sql, {"after": None, "id": source_id}


def mails(catalog):
    """Return what to select mails from: one of those that lie in several mailboxes, and
    only those of somebody we know; of the others NextCRM has fetched no text.

    NextCRM's own matching minds the case of a contact's address; ours does not, but
    leaves an address alone that several contacts share.
    """
    linked = " UNION ALL ".join(
        f'SELECT "emailId" FROM "{table}"'
        for table in ("EmailsToContacts", "EmailsToAccounts")
        if catalog.has(table, "emailId")
    )
    is_linked = f"OR e.id IN ({linked})" if linked else ""
    return f"""(
        WITH matches AS MATERIALIZED (
            SELECT id, array_agg(DISTINCT contact_id) AS matched
              FROM ({_ADDRESSES}) AS a JOIN ({_people(catalog)}) AS p USING (address)
             GROUP BY id
        )
        SELECT e.*, e.xmin, c.copies, m.matched FROM "Email" AS e JOIN (
            SELECT min(e.id::text)::uuid AS id, array_agg(e.id::text ORDER BY e.id) AS copies
              FROM "Email" AS e LEFT JOIN matches AS m USING (id)
             WHERE NOT e."isDeleted"
             GROUP BY CASE WHEN e."rfcMessageId" LIKE '%%-header@local' THEN e.id::text
                           ELSE e."rfcMessageId" END
            HAVING bool_or(m.id IS NOT NULL {is_linked})
        ) AS c USING (id) LEFT JOIN matches AS m USING (id)) AS t"""


def _recipients(column):
    return f"""CASE WHEN jsonb_typeof({column}) = 'array' THEN {column}
               ELSE '[]'::jsonb END"""


_ADDRESSES = f"""
    SELECT id, lower(btrim("fromEmail")) AS address FROM "Email"
    UNION ALL
    SELECT e.id, lower(btrim(r.item ->> 'email')) FROM "Email" AS e,
           jsonb_array_elements({_recipients('e."toRecipients"')}
                                || {_recipients('e."ccRecipients"')}) AS r(item)"""


def _people(catalog):
    live = _live(catalog, "crm_Contacts").replace("WHERE", "AND")
    return f"""
        SELECT min(id::text) AS contact_id, lower(btrim(email)) AS address
          FROM "crm_Contacts" WHERE email LIKE '%%@%%'{live}
         GROUP BY 2 HAVING count(*) = 1"""
