"""After a migration: what it created and nobody uses goes, and what was read of the source.

Unlike *Close* it ends nothing: what can go is shown piece by piece, and can be asked again.
"""

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import formatLang, human_size

from ..loading.bisect import REFUSALS
from ..loading.referrers import count_by_reason
from ..odoo.registry import restore_registry
from ..staging.wanted import Wanted
from ..words.clean_up import OF_DATA, TO_COME
from ..words.messages import agreed
from .crm_migration_job_wipe import DONE
from .kinds import ALIVE

NAMED = 12
"""Records that are named; of the others the number is told."""

FIELDS, MODELS, RECORDS, DATA = "fields", "models", "records", "data"
KINDS = (RECORDS, MODELS, FIELDS, DATA)
"""In the order in which they go: what is gone refers to nothing any more."""

PARTS = {
    FIELDS: FIELDS,
    MODELS: MODELS,
    RECORDS: RECORDS,
    "payloads": ("payloads", "values", "conflicts"),
    "files": ("files", "corrections"),
    "credentials": ("credentials",),
}
"""What the command line calls it → a kind, or keys of the data."""


class CrmMigrationJobCleanUp(models.AbstractModel):
    """A *piece* is a dict: ``kind``, ``key``, ``name``, ``about``, ``count``, ``size``
    (bytes), ``note``, and ``offered``: whether it can go."""

    _name = "crm.migration.job.clean.up"
    _description = "Migration: Job Clean Up"
    _inherit = ["crm.migration.job.created.fields", "crm.migration.job.wipe"]

    def action_ask_clean_up(self):
        """Show what can go, and what is in use and why."""
        self.ensure_one()
        self._as_manager()._check_idle()
        return self.env["crm.migration.clean.up"].create({"job_id": self.id})._show()

    def _check_idle(self):
        """Refuse while a run needs what would go.

        :raises UserError: one is at work, or somebody else does something with it
        """
        if self.run_id.state in ALIVE:
            raise UserError(self.env._("This migration is still at work."))

    # -- what can go ---------------------------------------------------------------

    def _find_pieces(self):
        """Return all pieces of this migration, those in use as well."""
        self.ensure_one()
        self.env.flush_all()
        wanted = Wanted(self.env, self)
        return [
            *self._list_field_pieces(wanted),
            *self._list_model_pieces(),
            *self._list_record_pieces(wanted),
            *self._list_data_pieces(),
        ]

    def _list_field_pieces(self, wanted):
        objects = self._find_created_models()
        going = {maker.model_name for maker, _count, reason in objects if not reason}
        for lines, count, uses in self._find_created_fields():
            model_name, name = lines[0].model_name, lines[0].custom_field
            if model_name in going:
                continue  # they go with their model
            kinds, notes = ", ".join(uses), []
            if uses:
                notes.append(self.env._("used by: %(kind)s", kind=kinds))
            if any(
                (each.mapping_id.id, each.target) in wanted.targets for each in lines
            ):
                notes.append(self.env._("a record that is still to be loaded fills it"))
            field = self.env["ir.model.fields"]._get(model_name, name)
            yield {
                "kind": FIELDS,
                "key": f"{model_name}:{name}",
                "name": field.field_description,
                "about": self.env["ir.model"]._get(model_name).name,
                "count": count,
                "note": "; ".join(notes),
                "offered": not count and not notes,
            }

    def _list_model_pieces(self):
        for maker, count, reason in self._find_created_models():
            yield {
                "kind": MODELS,
                "key": maker.model_name,
                "name": self.env["ir.model"]._get(maker.model_name).name,
                "about": maker.model_name,
                "count": count,
                "note": reason or "",
                "offered": not reason,
            }

    def _list_record_pieces(self, wanted):
        found = self.env["crm.migration.target"]._find_unused(self, wanted=wanted)
        for name, (ids, reasons) in found.items():
            why = [
                f"{formatLang(self.env, count, digits=0)} × {reason}"
                for reason, count in count_by_reason(reasons).items()
            ]
            yield {
                "kind": RECORDS,
                "key": name,
                "name": self._name_records(name, ids) if ids else "",
                "about": self.env["ir.model"]._get(name).name,
                "count": len(ids),
                "note": "\n".join(why),
                "offered": bool(ids),
            }

    def _name_records(self, name, ids):
        """Return the names of some of the records, and how many more there are."""
        records = self.env[name].with_context(active_test=False).browse(sorted(ids))
        names = ", ".join(each.display_name or "" for each in records[:NAMED])
        if (more := len(ids) - NAMED) > 0:
            return self.env._("%(names)s and %(count)s more", names=names, count=more)
        return names

    def _list_data_pieces(self):
        read = self._measure_read()
        files, workbooks = self.file_ids, self._get_corrections()
        folder = self._measure_work_folder()
        counts = {
            "payloads": read["payloads"],
            "values": read["values"],
            "conflicts": read["conflicts"],
            "files": (len(files), sum(files.mapped("file_size")) + folder),
            "corrections": (len(workbooks), sum(workbooks.mapped("file_size"))),
            "credentials": (int(self._has_credentials()), 0),
        }
        words = self._get_data_words(read["to_come"][0])
        for key, (count, size) in counts.items():
            if count or size:
                name, note = words[key]
                yield {
                    "kind": DATA,
                    "key": key,
                    "name": name,
                    "about": "",
                    "count": count,
                    "size": size,
                    "note": note,
                    "offered": True,
                }

    def _has_credentials(self):
        """Tell whether a secret is kept that *Close* would wipe."""
        return bool(self.sudo().settings_secret)

    def _get_data_words(self, to_come):
        """Return key → (what it is, what can no longer be done without it)."""
        words = {
            key: [self.env._(text) for text in texts] for key, texts in OF_DATA.items()
        }
        if to_come:
            count = formatLang(self.env, to_come, digits=0)
            text = agreed(self.env, self.env._(TO_COME), {"count": to_come})
            words["payloads"][1] += " " + text % {"count": count}
        return words

    # -- what goes -----------------------------------------------------------------

    def _clean_up(self, chosen):
        """Remove the chosen pieces that can still go; tell it in the chatter.

        :param chosen: pairs (kind, key)
        :return: list of sentences
        :raises UserError: at work, nothing chosen, or values without what was read
        """
        self.ensure_one()
        job = self._as_manager()
        job._check_idle()
        if not job._try_lock():
            raise UserError(self.env._("This migration is busy. Try again shortly."))
        if job.loaded_count:
            # What they still have to reach keeps its data.
            job._follow_decisions()
        # What has been used since it was shown stays.
        pieces = [p for p in job._find_pieces() if (p["kind"], p["key"]) in chosen]
        going = [piece for piece in pieces if piece["offered"]]
        job._check_pieces(going)
        told = []
        for kind in KINDS:
            if of_kind := [piece for piece in going if piece["kind"] == kind]:
                told += getattr(job, f"_clean_{kind}")(of_kind)
        late = [piece for piece in pieces if not piece["offered"]]
        told += [job._say_kept(piece["name"], piece["note"]) for piece in late]
        job._tell_clean_up(told)
        return told

    def _check_pieces(self, going):
        if not going:
            raise UserError(self.env._("There is nothing more to clean up."))
        keys = {piece["key"] for piece in going if piece["kind"] == DATA}
        if (
            "values" in keys
            and "payloads" not in keys
            and self._measure_read()["payloads"][0]
        ):
            raise UserError(
                self.env._(
                    "The values are made anew of what was read: wipe what was read as "
                    "well, or neither."
                )
            )

    def _tell_clean_up(self, told):
        items = Markup().join(Markup("<li>%s</li>") % each for each in told)
        head = self.env._("Cleaned up:")
        self.message_post(body=Markup("<p>%s</p><ul>%s</ul>") % (head, items))

    def _say_kept(self, name, reason):
        return self.env._("Kept: %(name)s: %(reason)s", name=name, reason=reason)

    def _clean_records(self, pieces):
        targets, told = self.env["crm.migration.target"], []
        chosen = {piece["key"] for piece in pieces}
        shown, found = targets._find_unused(self), targets._find_unused(self, chosen)
        for name in sorted(chosen & set(found)):
            ids, reasons = found[name]
            # They would go if what refers to them did.
            needed = self.env[name].browse(sorted(shown[name][0] - ids))
            told += [self._say_kept(n.display_name, reasons[n.id]) for n in needed]
            names = dict.fromkeys(ids)
            for record in self.env[name].with_context(active_test=False).browse(ids):
                names[record.id] = record.display_name or ""
            refused = targets._remove_unused(self, name, ids)
            gone = [label for res_id, label in names.items() if res_id not in refused]
            kind = self.env["ir.model"]._get(name).name
            if gone:
                told.append(self._say_gone(kind, gone))
            told += [
                self._say_kept(names[res_id], why) for res_id, why in refused.items()
            ]
        return told

    def _say_gone(self, kind, names):
        text = self.env._(
            "%(count)s [[count|record|records]] removed: %(kind)s (%(names)s).",
            count=formatLang(self.env, len(names), digits=0),
            kind=kind,
            names=", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else ""),
        )
        return agreed(self.env, text, {"count": len(names)})

    def _clean_models(self, pieces):
        makers = self.mapping_ids.filtered(
            lambda m: m.object_refs and m.model_name in {p["key"] for p in pieces}
        )
        names = ", ".join(piece["name"] for piece in pieces)
        same = self.mapping_ids.filtered(
            lambda m: m.model_name in makers.mapped("model_name")
        )
        if reason := self._try_to(self._drop_objects, list(makers)):
            return [self._say_kept(names, reason)]
        (makers | same).write({"is_cleaned_up": True})
        return [self.env._("Custom objects removed: %(names)s.", names=names)]

    def _clean_fields(self, pieces):
        told, gone = [], []
        by_key = {
            f"{lines[0].model_name}:{lines[0].custom_field}": lines
            for lines, _count, _uses in self._find_created_fields()
        }
        for piece in pieces:
            # One by one: what Odoo does not let go shall not keep the others.
            lines = by_key.get(piece["key"])
            if not lines:
                continue
            if reason := self._try_to(self._drop_fields, lines[0].model_name, lines):
                told.append(self._say_kept(piece["name"], reason))
                continue
            lines.write({"is_cleaned_up": True})
            gone.append(f"{piece['name']} ({piece['about']})")
        if gone:
            names = ", ".join(gone)
            told.insert(0, self.env._("Fields removed: %(names)s.", names=names))
        return told

    def _try_to(self, drop, *what):
        """Change models, or leave all as it was; return why Odoo does not let it."""
        try:
            with self.env.cr.savepoint():
                drop(*what)
                self.env.flush_all()
        except REFUSALS as error:
            restore_registry(self.env)
            self.env.invalidate_all(flush=False)
            return str(error).split("\n")[0]
        return None

    def _clean_data(self, pieces):
        wipes = {
            "payloads": lambda: self._wipe_payloads(DONE, keeps_names=True),
            "values": lambda: self._wipe_values(DONE),
            "conflicts": self._wipe_conflicts,
            "files": self._wipe_files,
            "corrections": self._wipe_corrections,
            "credentials": self._wipe_credentials,
        }
        told = []
        for piece in pieces:
            wipes[piece["key"]]()
            size = f", {human_size(piece['size'])}" if piece.get("size") else ""
            told.append(
                self.env._(
                    "Wiped: %(name)s (%(count)s%(size)s).",
                    name=piece["name"],
                    count=formatLang(self.env, piece["count"], digits=0),
                    size=size,
                )
            )
        return told
