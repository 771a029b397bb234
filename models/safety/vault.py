"""Keep secrets unreadable in the database: Fernet with a key that lies outside it."""

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from odoo.tools import config

from .server_options import get_option

OPTION = "key"
"""Option of ``odoo.conf`` that names the key (``Fernet.generate_key()``)."""


KEY_FILE = "crm_migration.key"
"""Else this file in Odoo's data directory, made once, readable by Odoo alone."""


def _read_key():
    if key := get_option(OPTION):
        return key.encode()
    path = Path(config["data_dir"]) / KEY_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # O_EXCL: of two workers that start at once, one makes the key, both read it.
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes()
        with os.fdopen(handle, "wb") as stream:
            stream.write(Fernet.generate_key())
    return path.read_bytes()


def encrypt(text):
    """Return ``text`` as an opaque string.

    :raises ValueError: the key of ``odoo.conf`` is not one
    """
    return Fernet(_read_key()).encrypt(text.encode()).decode()


def decrypt(token):
    """Return the text, or None when it was encrypted with another key."""
    try:
        return Fernet(_read_key()).decrypt(token.encode()).decode()
    except InvalidToken:
        return None
