"""What a stretch of staging records is compared with, fetched in a handful of queries."""

from .alike import fold
from .case import Case
from .look_for_auditors import LookForAuditors

PERSON_FIELDS = (
    "name",
    "email",
    "login",
    "phone",
    "complete_name",
    "code",
    "file_name",
)
TEXTS = ("char", "text", "html")


class Look(LookForAuditors):
    """Odoo as it is now, the decisions of the migration and its messages.

    :param env: as superuser, archived records included, in the language of the load
    :param plan: the ``StreamPlan`` of the object
    """

    def __init__(self, env, job, plan, streams, words):
        self.env, self.job, self.plan, self.streams = env, job, plan, streams
        self.words = words
        self.currency = job.company_id.currency_id.with_env(env)
        self.links, self.decisions, self.owners, self.former = {}, {}, {}, {}
        self.owner_names = {}
        self.within = {}  # (list, value) → what it means in one country or another
        self.told, self.messages = {}, env["mail.message"]
        self._names, self._labels, self._moves, self._members = {}, {}, None, {}
        self._bearers, self._pool, self._together = {}, {}, {}
        self._displays, self._called, self._texts = {}, {}, {}
        self.leads = []

    # -- fetching --------------------------------------------------------------

    def fetch(self, rows):
        """Return a ``Case`` for each row; everything they need is read at once."""
        maps = self._fetch_maps(rows)
        existing = self._fetch_records(maps)
        cases, extras = [], set()
        for row in rows:
            case = Case(self, row)
            for mapping_id, part in self._parts_of(row):
                found = maps.get((row["source_id"], part))
                record = found and existing.get((found["res_model"], found["res_id"]))
                if record:
                    case.add_part(mapping_id, record, found)
                    extras.update((found["extras"] or {}).get("mail.message", ()))
                elif found:
                    case.gone.add(mapping_id)
            cases.append(case)
        self.messages = self.env["mail.message"].browse(extras).exists()
        if self.messages:
            self.messages.fetch(["body", "subject", "model", "res_id", "date"])
            for message in self.messages.filtered("res_id"):
                # What links here is asked for its name, one record after the other.
                self._pool.setdefault(message.model, set()).add(message.res_id)
        self._fetch_told([row["id"] for row in rows])
        return cases

    def _parts_of(self, row):
        for part, mapping_id in (row["parts"] or {}).items():
            if mapping_id in self.plan.mappings:
                yield mapping_id, part

    def _fetch_maps(self, rows):
        self.env.cr.execute(
            """
            SELECT source_id, part, res_model, res_id, outcome, watermark, extras,
                   loaded_at, archived_at, run_id
              FROM crm_migration_id_map
             WHERE job_id = %s AND stream = %s AND source_id = ANY(%s)
            """,
            [self.job.id, self.plan.stream, [row["source_id"] for row in rows]],
        )
        return {(m["source_id"], m["part"]): m for m in self.env.cr.dictfetchall()}

    def _fetch_records(self, maps):
        ids = {}
        for found in maps.values():
            if found["res_model"] in self.env:
                ids.setdefault(found["res_model"], []).append(found["res_id"])
        existing = {}
        for model, wanted in ids.items():
            records = self.env[model].browse(dict.fromkeys(wanted))
            names = self.names_of(model)
            # ``exists`` costs a query; what ``fetch`` did not find is not there either.
            records = records.exists()
            if names and records:
                records.fetch(names)
                self._remember_links(records, names)
                self._remember_texts(records, names)
            existing |= {(model, record.id): record for record in records}
        self.leads = [res_id for model, res_id in existing if model == "crm.lead"]
        self._moves = None
        return existing

    def _remember_links(self, records, names):
        """Collect what the records are linked with: their names are read at once."""
        for model_name in ("model", "res_model"):
            if model_name in names and "res_id" in names:
                for record in records:
                    if record[model_name] and record.res_id:
                        pool = self._pool.setdefault(record[model_name], set())
                        pool.add(record.res_id)
        for name in names:
            field = records._fields[name]
            if field.relational:
                pool = self._pool.setdefault(field.comodel_name, set())
                pool.update(records.mapped(name).ids)

    def _remember_texts(self, records, names):
        """Keep the texts of the records, each is looked at often."""
        names = [name for name in names if records._fields[name].type in TEXTS]
        for record in records:
            self._texts[record._name, record.id] = {
                name: record[name] for name in names
            }

    def texts_of(self, record):
        """Return name → text of the texts of a record that was fetched."""
        return self._texts.get((record._name, record.id), {})

    def _read_names(self, model):
        """Read the names of everything of a model that this stretch may ask for."""
        ids = self._pool.pop(model, ())
        if model not in self.env or not ids:
            return
        records = self.env[model].browse(sorted(ids)).exists()
        known = [n for n in PERSON_FIELDS if n in records._fields]
        stored = [n for n in known if records._fields[n].store]
        if records and stored:
            records.fetch(stored)
        former = self.env["crm.migration.id.map"]._get_former_names(self.job, records)
        for record in records:
            self._displays[model, record.id] = record.display_name or ""
            texts = [record.display_name]
            texts += [str(record[name]) for name in known if record[name]]
            texts += former.get(record.id, ())
            texts = [text for text in texts if text]
            self._names[model, record.id] = fold(" \n ".join(texts))
            self._called[model, record.id] = set(map(fold, texts))

    def names_of(self, model):
        """Return the fields of a model that this object's verification reads."""
        return self.plan.fields_of(self.env, model)

    def _fetch_told(self, ids):
        """Collect what messages said about values of these records: field → texts."""
        self.env.cr.execute(
            """
            SELECT record_id, field, code, text, value FROM crm_migration_message
             WHERE record_id = ANY(%s) AND field IS NOT NULL
               AND phase IN ('transform', 'load', 'link') AND solved_run_id IS NULL
            """,
            [ids],
        )
        self.told = {}
        for record_id, *message in self.env.cr.fetchall():
            self.told.setdefault(record_id, []).append(message)

    def resolve(self, wanted, cases):
        """Look up what the payloads refer to, and what was decided about their values."""
        keys = [pair for pair in wanted if pair not in self.links]
        if keys:
            self.env.cr.execute(
                """
                SELECT map.stream, map.source_id, map.res_model, map.res_id
                  FROM unnest(%s, %s) AS ref (stream, source_id)
                  JOIN crm_migration_id_map AS map
                    ON map.job_id = %s AND map.stream = ref.stream
                   AND map.source_id = ref.source_id AND map.part = ''
                """,
                [*map(list, zip(*keys, strict=True)), self.job.id],
            )
            for stream, source_id, model, res_id in self.env.cr.fetchall():
                self.links[stream, source_id] = (model, res_id)
                self._pool.setdefault(model, set()).add(res_id)

    # -- answers ---------------------------------------------------------------

    def stands_for(self, hit, model, ids):
        """Tell whether a migrated record is among the linked ones, or its person is."""
        found, res_id = hit
        if found == model:
            if res_id in ids:
                return True
            if model != "res.partner":
                return False
            # A person of the company stands for it as well: Odoo shows both.
            partners = self._linked(model, *ids)
            return res_id in partners.parent_id.ids + partners.commercial_partner_id.ids
        if model == "res.partner" and found == "res.users":
            return self._linked("res.users", res_id).partner_id.id in ids
        if model == "res.partner" and found == "crm.lead":
            return self._linked("crm.lead", res_id).partner_id.id in ids
        if model == "mailing.contact":
            return self._has_address_of(hit, ids)
        if found == "mail.message":
            # Who became a note is the customer of what the note stands on.
            bearer = self.bearer_of(hit)
            return bearer[0] != found and self.stands_for(bearer, model, ids)
        return False

    def _has_address_of(self, hit, ids):
        """Tell whether a contact of Email Marketing has a migrated record's address."""
        found = self._linked(*hit)
        address = "email_normalized" in found._fields and found.email_normalized
        contacts = self._linked("mailing.contact", *ids)
        return bool(address) and address in contacts.mapped("email_normalized")

    def _linked(self, model, *ids):
        """Return records that are read together with all others that are linked.

        What somebody has deleted since is not among them.
        """
        there, asked = self._together.setdefault(model, (set(), set()))
        if not asked.issuperset(ids):
            found = {res_id for name, res_id in self.links.values() if name == model}
            known = {key[1] for key in self._names if key[0] == model}
            new = (found | known | self._pool.get(model, set()) | set(ids)) - asked
            asked |= new
            there |= set(self.env[model].browse(new).exists().ids)
        records = self.env[model].browse([each for each in ids if each in there])
        return records.with_prefetch(there)

    def name_of(self, model, res_id):
        """Return, folded, all by which people call a record."""
        key = (model, res_id)
        if key not in self._names:
            self._pool.setdefault(model, set()).add(res_id)
            self._read_names(model)
            self._names.setdefault(key, "")
        return self._names[key]

    def called(self, model, res_id):
        """Return each of the names by which people call a record, folded."""
        self.name_of(model, res_id)
        return self._called.get((model, res_id), set())

    def display_of(self, model, res_id):
        """Return the name of a record as Odoo shows it."""
        self.name_of(model, res_id)
        return self._displays.get((model, res_id), "")

    def is_choice(self, decided, found):
        if isinstance(decided, tuple):
            return fold(found) in self.name_of(*decided)
        return decided == found

    def choice_label(self, model, name, found):
        key = (model, name)
        if key not in self._labels:
            field = self.env[model]._fields[name]
            self._labels[key] = {
                value: fold(label)
                for value, label in field._description_selection(self.env)
            }
        return self._labels[key].get(found)

    def is_member(self, ids, model, members, value):
        """Tell whether one of the linked records came of one that bears the value."""
        known = self._members.setdefault((model, tuple(members)), {})
        if any(res_id not in known for res_id in ids):
            # Those of the whole stretch together: their names were read before.
            together = {key[1] for key in self._names if key[0] == model} | set(ids)
            wanted = together - known.keys()
            known.update((res_id, set()) for res_id in wanted)
            self.env.cr.execute(
                """
                SELECT map.res_id,
                       lower(trim(COALESCE(record.payload ->> member,
                                   record.payload #>> string_to_array(member, '.'))))
                  FROM crm_migration_id_map AS map
                  JOIN crm_migration_record AS record
                    ON record.job_id = map.job_id AND record.stream = map.stream
                   AND record.source_id = map.source_id
                  CROSS JOIN unnest(%s) AS member
                 WHERE map.job_id = %s AND map.res_model = %s AND map.res_id = ANY(%s)
                """,
                [list(members), self.job.id, model, list(wanted)],
            )
            for res_id, text in self.env.cr.fetchall():
                known[res_id].add(" ".join((text or "").split()))
        wanted = " ".join(str(value).split()).lower()
        return any(wanted in known[res_id] for res_id in ids)

    def bearer_of(self, hit):
        """Return what a message or a to-do hangs on: comments on it go there."""
        if hit[0] not in ("mail.message", "mail.activity"):
            return hit
        if hit not in self._bearers:
            name = "model" if hit[0] == "mail.message" else "res_model"
            found = {res_id for model, res_id in self.links.values() if model == hit[0]}
            for record in self.env[hit[0]].browse(found | {hit[1]}).exists():
                self._bearers[hit[0], record.id] = (record[name], record.res_id)
            self._bearers.setdefault(hit, hit)
        return self._bearers[hit]

    def moves_of(self, lead_id):
        """Return [(moment, old id, its name, new id, its name)] of a lead's stages."""
        if self._moves is None:
            self.env.cr.execute(
                """
                SELECT message.res_id, value.create_date, value.old_value_integer,
                       value.old_value_char, value.new_value_integer,
                       value.new_value_char
                  FROM mail_tracking_value AS value
                  JOIN mail_message AS message ON message.id = value.mail_message_id
                 WHERE value.field_id = %s AND message.model = 'crm.lead'
                   AND message.res_id = ANY(%s)
                """,
                [
                    self.env["ir.model.fields"]._get("crm.lead", "stage_id").id,
                    self.leads,
                ],
            )
            self._moves = {}
            for res_id, *move in self.env.cr.fetchall():
                self._moves.setdefault(res_id, []).append(tuple(move))
        return self._moves.get(lead_id, [])
