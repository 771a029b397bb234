"""Write staged records into Odoo: the frame that every model's loader shares."""

from odoo import SUPERUSER_ID, models
from odoo.tools import SQL, mute_logger

from ..loading.batch import REF, UNUSABLE, Batch, Item, Refused, hash_row
from ..loading.memberships import ONTO
from ..loading.usage import as_array
from ..odoo.lane import LANE, Lane
from ..odoo.silence import QUIET_CONTEXT
from ..safety.context import DRY_RUN
from ..words.reader import READER
from .rule_hints import RuleHints

MAX_WAVES = 20
"""Generations of a hierarchy within one batch; deeper ones are linked afterwards."""


class CrmMigrationTarget(models.AbstractModel):
    """Write staged records into one Odoo model: a subclass describes it, see below.

    A target is one file ``targets/<model>.py``, imported in ``targets/__init__.py``::

        class CrmMigrationTargetProjectTask(models.AbstractModel):
            _name = "crm.migration.target.project.task"
            _inherit = ["crm.migration.target"]
            _description = "Migration Target: Tasks"
            _model, _app = "project.task", "project"
            _stand_ins = (stand_in("mail.activity", name="summary"),)
            _form = "project.view_task_form2"

    The attributes below are the whole contract; ``create`` and ``write`` of the model do
    the rest. Where they do not suffice, a subclass overrides ``_derive`` (targets that are
    no field), ``_complete`` (defaults, so that Odoo need not look them up record by
    record), ``_after_create`` (what needs the ids), ``_settle`` (what needs everything in
    place) or ``_unlink`` (where the model archives what it is to delete). What no target
    describes is not loaded: see ``resolving``.
    """

    _name = "crm.migration.target"
    _description = "Migration Target"
    _inherit = [
        "crm.migration.target.arranging",
        "crm.migration.target.resolving",
        "crm.migration.target.muting",
        "crm.migration.target.settling",
        "crm.migration.loading.read.again",
        "crm.migration.loading.reassign",
        "crm.migration.loading.reassign.write",
        "crm.migration.loading.reassign.undo",
        "crm.migration.loading.archive",
        "crm.migration.loading.history",
        "crm.migration.loading.row.images",
        "crm.migration.loading.translations",
        "crm.migration.loading.restore",
        "crm.migration.loading.roll.back",
        "crm.migration.loading.usage",
        "crm.migration.loading.loose.references",
        "crm.migration.loading.unused",
        "crm.migration.loading.verify.audit.columns",
        "crm.migration.loading.verify.shapes",
        "crm.migration.loading.verify.sql",
        "crm.migration.loading.verify.explanations",
        "crm.migration.loading.verify.odd.columns",
        "crm.migration.loading.verify.columns",
        "crm.migration.loading.verify",
        "crm.migration.loading.followers",
        "crm.migration.loading.link",
        "crm.migration.loading.memberships",
        "crm.migration.loading.merge",
        "crm.migration.loading.update",
        "crm.migration.loading.beside",
        "crm.migration.loading.disputes",
        "crm.migration.loading.outcome",
        "crm.migration.loading.websites",
        "crm.migration.loading.states",
        "crm.migration.loading.statistics",
        "crm.migration.loading.amounts",
        "crm.migration.loading.audit.columns",
        "crm.migration.loading.field.types",
        "crm.migration.loading.further.threads",
        "crm.migration.loading.renewed.chatter",
        "crm.migration.loading.threads",
        "crm.migration.loading.further.links",
        "crm.migration.loading.found.later",
        "crm.migration.loading.leave.out",
        "crm.migration.loading.default.names",
        "crm.migration.loading.several.names",
        "crm.migration.loading.kept.values",
        "crm.migration.loading.rows",
        "crm.migration.loading.helpers",
        "crm.migration.loading.foresight",
        "crm.migration.loading.chatter.notes",
        "crm.migration.loading.quick.values",
        "crm.migration.loading.values",
        "crm.migration.loading.bisect",
    ]

    _model = None
    """The Odoo model that it describes; None for a frame that several share."""
    _app = None
    """Technical name of the application that brings the model; None: always here."""
    _fields_needed = ()
    """Fields by which two descriptions of one model are told apart."""
    _stand_ins = ()
    """``stand_in``s for a database without the application; without any, its records are
    staged and reported as not loaded, with the application that would take them."""
    _chunk = 500
    """Records of a batch, which succeeds or is taken back as a whole."""
    _lane = ()
    """Models whose records take the fast lane: its own, and that of its rows."""
    _kept_together = None
    """Targets whose records touch what they refer to: several processes load the model, and
    rows with the same reference go to one of them. None: one process, in their order."""
    _must_stand = False
    """Whether a record that somebody deleted is missed even where deleting counts as work."""
    _is_history = False
    """Left out where a migration brings no history."""
    _chosen_by = None
    """(option, {value: ``stand_in``}): what takes its place where the migration says so."""
    _asked_for = None
    """(option, value) of the migration without which its mappings are not proposed."""
    _is_file = False
    """Left out where a migration brings no files."""
    _goes_along = False
    """What else a record becomes arrives where this part of it cannot be made."""
    _form = None
    """Xml id of the form with a notebook that shows fields made for the migration."""
    _hangs_on = None
    """The fields (model, id) that name the record it hangs on."""
    _hands_on = False
    """What belongs to it goes into the chatter of the record it hangs on."""
    _own_rows = ()
    """Models whose rows belong to a record and go with it."""
    _own_relations = ()
    """(model, field) that are the other end of a field the record itself holds."""
    _known_columns = {}
    """Computed column → SQL condition on which it surely is what Odoo computes."""
    _own_life = frozenset()
    """Columns that change, or differ, without anybody's doing."""
    _own_lists = frozenset()
    """Lists that are filled here, not from the other side of the same relation."""
    _is_person = False
    """Who has no name is named by an address, or by nobody."""
    _named_by = ()
    """The fields with such addresses."""
    _muted = {}
    """Method of the model that tells people something → what it returns to a load."""
    _settles = False
    """``_settle`` is called once everything is loaded and linked."""
    _notes_in_chatter = False
    """What has no field becomes an internal note: the model's own text is for customers."""
    _essentials = ()
    """Targets that people miss at once where no column fills them; said beforehand."""
    _due = None
    """The day by which what is still open should have come to its end."""
    _places = ()
    """What is no field and may be chosen for a column, besides what every target takes."""
    _rule_hints = RuleHints()
    """How automation rules on the model are written."""

    def _without_side_effects(self, job):
        """Return this loader in an environment that reaches nobody.

        Nothing else of the caller's context survives: a ``default_…`` would end up in
        every record, a time zone in every contact.
        """
        company = job.company_id
        context = {
            **QUIET_CONTEXT,
            "lang": company.partner_id.lang or "en_US",
            READER: self.env.context.get(READER) or self.env.lang,
            "allowed_company_ids": company.ids,
            DRY_RUN: self.env.context.get(DRY_RUN, False),
        }
        return self.with_env(self.env(user=SUPERUSER_ID, context=context, su=True))

    def _get_checks(self, job):
        """Return (code, level, sentence) of what is to be known before the load.

        The codes begin with ``target.``; asked again once the values are staged.
        """
        return []

    def _begin(self, run, mapping, rows):
        """Return the quiet loader and the batch, in its environment."""
        loader = self._without_side_effects(run.job_id)
        env = loader.env
        return loader, Batch(run.with_env(env), mapping.with_env(env), rows)

    # -- load ------------------------------------------------------------------

    def _load(self, run, mapping, rows):
        """Create, update or merge a batch, and write down what became of each row.

        :return: Counter of created, updated, merged, skipped, failed and, for what
            had been loaded with the same values before, unchanged
        :raises psycopg2.OperationalError: a conflict: the whole batch comes again
        """
        loader, batch = self._begin(run, mapping, rows)
        # What others have in the cache is none of our quiet business.
        self.env.flush_all()
        with mute_logger("odoo.sql_db"):  # it would log the customer's data
            loader._classify(batch)
            loader._collect(batch)
            loader._create_in_generations(batch, batch.with_outcome(None))
            loader._attempt(batch, batch.with_outcome("onto"), loader._put_onto)
            loader._attempt(batch, batch.with_outcome("merge"), loader._merge)
            loader._attempt(batch, batch.with_outcome("update"), loader._update)
            loader._write_links(batch, batch.newly_known())
            loader._count_tables()
        loader._record_outcome(batch)
        loader._record_disputes(batch)
        loader.env["crm.migration.creation"]._count(batch)
        batch.cache.clear()  # it refers to the batch: nobody has to look for the circle
        return batch.count()

    def _classify(self, batch):
        """Sort out what is to be done with each row, before anything is looked up."""
        self._fetch_loaded(batch)
        there = self._existing(
            batch.model,
            [item.res_id for item in batch.items if item.mapped]
            + [item.row.get("merge_id") for item in batch.items],
        )
        for item in batch.items:
            row = item.row
            if item.mapped and self._is_another(batch, item):
                label = self.env["ir.model"]._get(item.mapped["res_model"]).name
                item.res_id = None
                item.refuse(Refused("became_another", model=label))
            elif item.mapped and item.res_id not in there:
                item.skip("gone_in_odoo")
            elif item.mapped:
                same = item.mapped.get("values_hash") == hash_row(row)
                changed = "onto" if ONTO in item.targets else "update"
                item.outcome = "unchanged" if same else changed
                batch.remember(item)
            elif ONTO in item.targets:
                item.outcome = "onto"
            elif row.get("decision") == "skip":
                item.skip("duplicate_skipped")
            elif row.get("decision") == "merge":
                item.outcome = "merge"
                if row.get("merge_id") and row["merge_id"] not in there:
                    item.refuse(Refused("merge_target_gone"))

    def _is_another(self, batch, item):
        """Tell whether the row was loaded as something else than it is by now."""
        return item.mapped.get("res_model", batch.model_name) != batch.model_name

    def _create_in_generations(self, batch, items):
        """Create parents before children where both are in the batch."""
        for _wave in range(MAX_WAVES):
            waiting = {item.key for item in items}
            ready = [item for item in items if not self._awaits(item, waiting)]
            if not ready:
                break
            self._create_wave(batch, ready)
            tried = set(ready)
            items = [item for item in items if item not in tried]
        if items:
            self._create_wave(batch, items)

    def _awaits(self, item, waiting):
        return any(
            key in waiting and key != item.key
            for kind, key in item.references
            if kind == REF
        )

    def _create_wave(self, batch, items):
        self._attempt(batch, self._prepare_each(batch, items), self._create_together)

    def _prepare_each(self, batch, items):
        """Return the items whose values Odoo can take; the others are refused."""
        ready = []
        for item in items:
            error = self._prepare_one(batch, item)
            if error and not self._rescue(batch, item, self._prepare_only, error):
                item.refuse(error)
            else:
                ready.append(item)
        return ready

    def _prepare_one(self, batch, item):
        """Return why Odoo cannot take the values of a new record, None if it can."""
        try:
            self._prepare(batch, item)
            self._complete(batch, item)
            self._check_required(batch, item, creating=True)
        except UNUSABLE as error:
            return self._as_refused(batch, error)
        return None

    def _prepare_only(self, batch, items):
        """Do nothing with the items: that they can be prepared is all that is asked."""

    def _create_together(self, batch, items):
        ids = self._create_records(batch, items)
        for item, res_id in zip(items, ids, strict=True):
            item.res_id = res_id
            item.outcome = "created"
        self._preset_create_date(batch, items)
        self._after_create(batch, items)
        self._leave_notes(batch, items)
        self._own_the_rows(batch, items)
        self.env.flush_all()
        self._keep_audit_columns(batch, items)
        self._write_links(batch, items)

    def _create_records(self, batch, items):
        """Return the ids of the new records, in the order of the items."""
        if not self._lane:
            # ``create`` of some models changes what it is given.
            return batch.model.create([dict(item.vals) for item in items]).ids
        lane = batch.once("lane", lambda: Lane(self._lane))
        model = batch.model.with_context(**{LANE: lane})
        return model.create(
            [{**item.vals, **self._origin_columns(batch, item)} for item in items]
        ).ids

    def _after_create(self, batch, items):
        """Do what needs the ids; runs within the savepoint of the creation."""

    def _fetch_loaded(self, batch):
        """Give each row that was loaded before the values it was loaded with."""
        mapped = {item.key: item for item in batch.items if item.mapped}
        if not mapped:
            return
        lineage = batch.job._get_lineage().ids
        self.env.cr.execute(
            """
            SELECT stream, source_id, loaded, watermark, extras, withheld, deferred
              FROM crm_migration_id_map
             WHERE job_id = ANY(%s) AND part = %s AND source_id = ANY(%s)
             -- What this migration wrote itself counts most, hence comes last.
             ORDER BY array_position(%s, job_id) DESC
            """,
            [
                lineage,
                batch.mapping.part or "",
                [key[1] for key in mapped],
                lineage,
            ],
        )
        for stream, source_id, loaded, *known in self.env.cr.fetchall():
            if item := mapped.get((stream, source_id)):
                item.loaded = Item(item.row, loaded) if loaded is not None else None
                item.watermark, extras, withheld, deferred = known
                item.known_extras = extras or {}
                item.known_deferred = deferred or {}
                self._withhold_again(item, withheld or {})
        self._fetch_disputes(batch)

    def _existing(self, model, ids):
        """Return which of the ids are in the table."""
        ids = [res_id for res_id in ids if res_id]
        if not ids:
            return set()
        # As ``exists``, which writes each of thousands of ids into its statement.
        query = SQL(
            "SELECT record.id FROM %s AS record WHERE record.id = ANY(%s::int[])",
            model._table_sql,
            as_array(ids),
        )
        return {res_id for (res_id,) in self.env.execute_query(query)}
