"""Two at once make what may exist once: whoever comes second does it again, and uses it."""

from types import SimpleNamespace

from psycopg2 import errors

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.odoo.meanwhile import TakenMeanwhile, is_taken_meanwhile
from ..common import CrmMigrationCase

ADDRESS = "leave.me.alone@example.com"


class Item(SimpleNamespace):
    """What the division of a batch knows of a record."""

    outcome = res_id = error = None

    def __init__(self, **values):
        super().__init__(problems=[], extras={}, **values)

    def refuse(self, error):
        self.error = error


@tagged("post_install", "-at_install")
class TestMeanwhile(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.one, self.two = self.registry.cursor(), self.registry.cursor()
        self.addCleanup(self.forget)
        self.addCleanup(self.one.close)
        self.addCleanup(self.two.close)
        # What it sees from now on.
        self.two.execute("SELECT count(*) FROM mail_blacklist")
        self.ours = api.Environment(self.two, SUPERUSER_ID, {})

    def forget(self):
        with self.registry.cursor() as cursor:
            cursor.execute("DELETE FROM mail_blacklist WHERE email = %s", [ADDRESS])

    def block(self, cursor, *addresses):
        cursor.execute(
            "INSERT INTO mail_blacklist (email, active) SELECT unnest(%s), true",
            [list(addresses)],
        )

    def try_to_block(self, *addresses):
        """Return why Odoo does not take what is blocked in the second transaction."""
        try:
            with self.two.savepoint():
                self.block(self.two, *addresses)
        except errors.IntegrityError as error:
            return error
        return None

    @mute_logger("odoo.sql_db")
    def test_what_is_there_only_for_others_was_made_meanwhile(self):
        self.block(self.one, ADDRESS)
        self.one.commit()
        self.assertTrue(is_taken_meanwhile(self.ours, self.try_to_block(ADDRESS)))
        self.two.rollback()
        self.two.execute("SELECT count(*) FROM mail_blacklist")
        error = self.try_to_block(ADDRESS)
        self.assertIsInstance(error, errors.UniqueViolation)
        self.assertFalse(is_taken_meanwhile(self.ours, error), "we could have known")

    @mute_logger("odoo.sql_db")
    def test_what_is_twice_within_our_own_rows_is_no_conflict(self):
        error = self.try_to_block(ADDRESS, ADDRESS)
        self.assertIsInstance(error, errors.UniqueViolation)
        self.assertFalse(is_taken_meanwhile(self.ours, error))
        self.assertFalse(is_taken_meanwhile(self.ours, ValueError("a bad value")))

    @mute_logger("odoo.sql_db")
    def test_an_index_may_be_made_of_formulas(self):
        """A value of a list is unique by its list, its key, and where it is meant."""
        stage = "INSERT INTO crm_migration_value_map (job_id, list, key) VALUES (%s, 'a', 'b')"
        jobs = api.Environment(self.one, SUPERUSER_ID, {})["crm.migration.job"]
        job_id = jobs.create({"name": "Of two", "source": "fake"}).id
        self.one.commit()
        self.addCleanup(self.forget_job, job_id)
        self.two.rollback()
        self.two.execute("SELECT count(*) FROM crm_migration_value_map")
        self.one.execute(stage, [job_id])
        self.one.commit()
        with self.assertRaises(errors.UniqueViolation) as caught, self.two.savepoint():
            self.two.execute(stage, [job_id])
        self.assertTrue(is_taken_meanwhile(self.ours, caught.exception))

    @mute_logger("odoo.sql_db")
    def test_what_a_row_refers_to_may_be_there_only_for_others(self):
        tag = "INSERT INTO res_partner_category (name, parent_id) VALUES ('{}', %s)"
        self.one.execute(f"{tag} RETURNING id", [None])
        (made,) = self.one.fetchone()
        self.one.commit()
        self.addCleanup(self.forget_tag, made)
        for parent_id, is_there in ((made, True), (2**31 - 1, False)):
            with (
                self.assertRaises(errors.ForeignKeyViolation) as caught,
                self.two.savepoint(),
            ):
                self.two.execute(tag, [parent_id])
            self.assertIs(is_taken_meanwhile(self.ours, caught.exception), is_there)

    def forget_tag(self, tag_id):
        with self.registry.cursor() as cursor:
            cursor.execute("DELETE FROM res_partner_category WHERE id = %s", [tag_id])

    def forget_job(self, job_id):
        with self.registry.cursor() as cursor:
            cursor.execute("DELETE FROM crm_migration_job WHERE id = %s", [job_id])

    @mute_logger("odoo.sql_db")
    def test_a_record_is_not_refused_for_it_but_comes_again_with_its_batch(self):
        """Refused, it would have stayed out for good: "already exists", says Odoo."""
        self.block(self.one, ADDRESS)
        self.one.commit()
        items = [Item(email=ADDRESS), Item(email="somebody.else@example.com")]
        batch = SimpleNamespace(kept_savepoints=0, remember=lambda item: None)
        batch.model = self.ours["mail.blacklist"]
        target = self.ours["crm.migration.target.mail.blacklist"]
        with self.assertRaises(TakenMeanwhile):
            target._attempt(
                batch,
                items,
                lambda batch, some: self.block(self.two, *(one.email for one in some)),
            )
        self.assertEqual([item.error for item in items], [None, None])
