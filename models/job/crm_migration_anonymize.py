"""Open a source such that other people stand in it: *Anonymize People*."""

import secrets
from functools import partial

from odoo import models
from odoo.exceptions import UserError

from ...connectors.anonymize import Anonymized
from ..duplicates.web_domains import is_nobodys
from .vat_numbers import is_valid_vat

LENGTH = 32
"""Bytes of the secret out of which the invented people come."""


class CrmMigrationAnonymize(models.AbstractModel):
    """Stands before ``crm.migration.connection``: nothing is read around it."""

    _name = "crm.migration.anonymize"
    _description = "Migration: Anonymize"

    def _open_source(self, seconds=None):
        source = super()._open_source(seconds)
        if not self.sudo().anonymize:
            return source
        try:
            return self._disguise(source)
        except UserError:
            source.close()
            raise

    def _disguise(self, source):
        """Return a source that gives what this one gives, with invented people."""
        country = self.country_id or self.company_id.country_id
        return Anonymized(
            source,
            self._get_salt(),
            self._get_known_kinds(),
            self._keep_kinds,
            is_public=is_nobodys,
            is_valid_code=partial(is_valid_vat, country=country.code),
        )

    def _get_salt(self):
        """Return the secret as bytes: of a dialog one that nobody keeps."""
        return self._invent_salt()

    def _invent_salt(self):
        return secrets.token_bytes(LENGTH)

    def _get_known_kinds(self):
        return {}

    def _keep_kinds(self, kinds):
        """Do nothing: what a dialog shows is decided anew."""

    def _disguise_tables(self, tables, seconds):
        """Return tables as a dialog shows them, with invented people in their rows.

        :raises ConnectorError: the files cannot be read
        """
        source = self._open_source(seconds)
        try:
            return [source.disguise_table(table) for table in tables]
        finally:
            source.close()
