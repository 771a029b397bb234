"""Read one record of the source again by its id, and load nothing else."""

import time
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError

from ...connectors.core.errors import ConnectorError
from ...connectors.core.one_by_one import ensure_brought_by
from ..phases.shared import WORKERS
from ..staging.crm_migration_record_fetched import list_parents
from .crm_migration_job_fetched import shorten
from .kinds import ALIVE, PHASES_OF_KIND

READING_SECONDS = 25
"""What the source has to answer: somebody is waiting for a request to end."""

LONGEST_SECONDS = 60
"""What the request may take; the server would end it some time later."""


class Fetched(NamedTuple):
    """What the source answered about a record.

    ``key`` is (object, source id) of what was read: of something derived, that from which
    it is. ``is_there``: the source has it. ``record_ids``: of all staging records
    concerned; what is derived from it among them. ``parents``: what brings what along.
    """

    key: tuple
    is_there: bool
    record_ids: list
    parents: dict


class CrmMigrationJobFetch(models.AbstractModel):
    """Within a request: read, stage, transform, look for duplicates, compare with Odoo."""

    _name = "crm.migration.job.fetch"
    _description = "Migration: Job Fetch"

    def action_ask_fetch(self):
        """Ask which record.

        :raises UserError: none can be fetched now
        """
        self.ensure_one()
        self._as_manager()._check_fetchable()
        return self._open_dialog(
            self.env._("Fetch One Record Again"),
            "crm.migration.fetch",
            default_job_id=self.id,
        )

    # -- whether -------------------------------------------------------------------

    def _check_fetchable(self):
        """Refuse where a single record cannot be brought over.

        :raises UserError: says what stands in the way
        """
        self._check_not_closed()
        self._check_not_frozen()
        if self.run_id.state in ALIVE:
            raise UserError(self.env._("This migration is still at work."))
        if not self._get_fetchable_streams():
            raise UserError(self.env._("There is no mapping yet. Discover first."))
        self.invalidate_recordset(["loaded_count", "is_sample"])
        if not self.loaded_count:
            raise UserError(self.env._("Nothing has been loaded yet."))
        if self.is_sample:
            raise UserError(self.env._("Only a sample is loaded. Load the rest first."))
        self._check_files_there()

    def _get_fetchable_streams(self):
        """Return the objects whose records a load would bring."""
        return self.mapping_ids.filtered("selected").stream_id.filtered("selected")

    def _check_own(self, stream):
        """Refuse what the screen does not offer: of another migration, or left out.

        :raises UserError: names the objects that there are
        """
        known = self._get_fetchable_streams()
        if stream not in known:
            raise UserError(
                self.env._(
                    "“%(job)s” has no object %(name)s. It has: %(known)s.",
                    job=self.name,
                    name=stream.name,
                    known=", ".join(known.mapped("name")),
                )
            )

    def _check_readable(self, stream, source_id):
        """Return (object, source id) of what is read for a record.

        What comes with the pages of another record is read with that one.

        :raises UserError: nobody knows which one that is
        """
        if not source_id:
            raise UserError(self.env._("Enter the id of the record."))
        if not stream.derived_from:
            return stream, source_id
        record = self.env["crm.migration.record"].search(
            [("stream_id", "=", stream.id), ("source_id", "=", source_id)]
        )
        parent = (record.payload or {}).get("_parent")
        parent = parent if isinstance(parent, dict) else {}
        above = self.stream_ids.filtered(lambda s: s.name == parent.get("stream"))
        if not above or parent.get("id") in (None, "") or above == stream:
            brought_by = self.stream_ids.filtered(
                lambda s: s.name == stream.derived_from
            )
            raise UserError(
                self.env._(
                    "%(object)s come with what they belong to, and of %(id)s nobody knows "
                    "what that is. Fetch the record that has it: %(parents)s.",
                    object=stream.label,
                    id=shorten(source_id),
                    parents=brought_by.label or stream.derived_from,
                )
            )
        return self._check_readable(above, str(parent["id"]))

    # -- fetch -----------------------------------------------------------------------

    def _fetch(self, stream, source_id, along=()):
        """Read a record, stage it anew, and prepare it as the phases would.

        :param along: ids of staging records that are compared and loaded with it
        :return: ``Fetched``
        :raises UserError: says why it cannot be fetched; nothing has changed
        """
        self.ensure_one()
        job = self._as_manager()
        with self.env.cr.savepoint():
            job._check_fetchable()
            job._check_own(stream)
            above, source_id = job._check_readable(stream, source_id)
            return job._fetch_now(above, source_id, along, stream)

    def _fetch_now(self, stream, source_id, along, asked):
        """Read what was asked for with the record that brings it along."""
        key, ends = (stream.name, source_id), time.monotonic() + LONGEST_SECONDS
        run = self.run_ids.create(
            {
                "job_id": self.id,
                "kind": "fetch",
                "phase": "extract",
                "user_id": self.env.uid,
                "parameters": {"records": []},
            }
        )
        page, parents, absent = self._read_one(run, stream, source_id, asked)
        # Not before: the source may take its time, and others write on the migration.
        if not self._try_lock():
            raise UserError(self.env._("This migration is busy. Try again shortly."))
        is_there = key in {(each.stream, each.source_id) for each in page.records}
        if is_there:
            staging = run._in_language(self.env["crm.migration.record"])
            ids = staging._stage_one(run, page, key, parents, absent)
            run.parameters = {"records": sorted({*ids, *along})}
            self._reopen_missing(run._get_chosen())
            self._prepare_fetched(run, ends)
            self._message_log(
                body=self.env._(
                    "Fetched again: %(object)s %(id)s.",
                    object=stream.label,
                    id=shorten(source_id),
                ),
                author_id=self.env.user.partner_id.id,
            )
        run.write({"state": "done", "ended_at": fields.Datetime.now()})
        return Fetched(key, is_there, run._get_chosen(), parents)

    def _read_one(self, run, stream, source_id, asked):
        """Return the page of a record, what brings what along, and columns that are gone.

        :raises UserError: the source cannot or does not say
        """
        extract = self.env["crm.migration.phase.extract"]
        try:
            source = self._open_source(READING_SECONDS)
            try:
                definition = extract._define(run, stream, source)
                if asked != stream:
                    ensure_brought_by(extract._define(run, asked, source), stream.name)
                page = source.read_one(definition, source_id)
                self._ensure_usable(page, stream.name, source_id)
                absent = extract._get_absent(run, stream, source, definition)
                parents = list_parents(source.get_streams())
            finally:
                source.close()
        except ConnectorError as error:
            raise UserError(self._say_unread(error)) from None
        known = set(self.stream_ids.mapped("name"))
        if not {each.stream for each in page.records} <= known:
            self._ensure_streams()
        return page, parents, absent

    def _ensure_usable(self, page, stream, source_id):
        """Refuse a record that is there and cannot be read.

        :raises RecordError: says why
        """
        for error in page.errors:
            if (error.stream, str(error.source_id)) == (stream, source_id):
                raise error

    def _say_unread(self, error):
        if error.code == "time_budget":
            return self.env._(
                "The source did not give this record in the time that a person can wait. "
                "Read Changes takes the time that it needs."
            )
        return self._format_error(error)[1]

    def _prepare_fetched(self, run, ends):
        """Go through the phases that make values of what was read, and compare them.

        :param ends: by ``time.monotonic``
        :raises UserError: it takes longer than a request may
        """
        run = run.with_context(**{WORKERS: 1})
        for phase in PHASES_OF_KIND["fetch"]:
            run._enter(phase)
            while not run._work():
                if time.monotonic() > ends:
                    raise UserError(
                        self.env._(
                            "Looking for duplicates of this record takes too long to "
                            "wait for. Read Changes does it beside your work."
                        )
                    )
        # What was cleaned up, and is named now, can be fetched and loaded with it.
        self.env["crm.migration.target"]._bring_back_cleaned(self)
        self.env.flush_all()
        self.env["crm.migration.sample.draw"]._unmark(self)
        self.env.invalidate_all()

    # -- what follows -----------------------------------------------------------------

    def _load_fetched(self, record_ids):
        """Begin to load these staging records, and nothing else.

        :raises UserError: a load would be refused
        """
        self.ensure_one()
        if not record_ids:
            raise UserError(self.env._("There is nothing to load."))
        job = self._as_manager()
        job._check_fetchable()
        parameters = {"records": sorted(record_ids), "phase": job.phase}
        return self._start_run("load", parameters)

    def _let_vanish(self, stream, source_id):
        """Take a record, with what is derived from it, for gone from the source.

        The source is asked once more, so that nothing is taken for gone that is there.

        :return: ids of the staging records concerned
        :raises UserError: the source has it, does not say, or never had it
        """
        self.ensure_one()
        job = self._as_manager()
        with self.env.cr.savepoint():
            fetched = job._fetch(stream, source_id)
            if fetched.is_there:
                raise UserError(self.env._("The source has this record after all."))
            job._check_known(fetched)
            staging = job.env["crm.migration.record"]
            return staging._let_vanish(job, fetched.key, fetched.parents)
