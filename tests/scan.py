"""Look for texts in everything that a database keeps: every table, every file."""

import base64
import os

from odoo.tools import SQL, config


def get_forms(token):
    """Return how a token may be written: as it is, in Base64 at any place, as hex."""
    forms = set()
    for text in {token, token.lower(), token.upper(), token.capitalize()}:
        data = text.encode()
        forms.add(data.hex())
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + data).decode().rstrip("=")
            # What stands at the edges depends on the neighbors.
            forms.add(coded[shift + (shift > 0) : len(coded) - 1])
    return {form for form in forms if len(form) > 7}


def find_in_tables(env, tokens):
    """Return the tables in whose rows a token stands, with one of the tokens."""
    env.flush_all()
    env.cr.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
        " AND relnamespace = current_schema()::regnamespace ORDER BY relname"
    )
    plain = [f"%{token.lower()}%" for token in tokens]
    coded = [f"%{form}%" for token in tokens for form in get_forms(token)]
    found = {}
    for (name,) in env.cr.fetchall():
        env.cr.execute(
            SQL(
                "SELECT row::text FROM %s AS row"
                " WHERE lower(row::text) LIKE ANY(%s) OR row::text LIKE ANY(%s) LIMIT 1",
                SQL.identifier(name),
                plain,
                coded,
            )
        )
        if row := env.cr.fetchone():
            lower = row[0].lower()
            texts = [t for t in tokens if t.lower() in lower]
            texts += [f for t in tokens for f in get_forms(t) if f in row[0]]
            found[name] = texts, row[0][:2000]
    return found


def find_in_files(env, tokens):
    """Return the files of the file store that hold a token."""
    plain = [token.lower().encode() for token in tokens]
    coded = [form.encode() for token in tokens for form in get_forms(token)]
    found = []
    for folder, _folders, names in os.walk(config.filestore(env.cr.dbname)):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read()
            lower = content.lower()
            if any(each in lower for each in plain) or any(c in content for c in coded):
                found.append(name)
    return found
