"""Several names in one cell, where nobody bears all of it as a name: each is looked for.

Only whoever loads knows the names: *Costa, Rui* may be one person or two.
"""

import json
import re

from odoo import models

from .batch import REF, as_reference, find_references

_APART = re.compile(r"\s*(?: ::: |\|##\||[;|\n])\s*")


_WITH_ADDRESS = re.compile(r"(.+?)\s*[(<\[]\s*[^\s@()<>]+@[^\s@()<>]+\s*[)>\]]")


class CrmMigrationLoadingSeveralNames(models.AbstractModel):
    _name = "crm.migration.loading.several.names"
    _description = "Migration: Loading Several Names"

    def _find_names(self, batch, named):
        """Return reference by name → (stream, source id); note what is unclear.

        A reference that names several is replaced by one for each in the rows.
        """
        id_map = self.env["crm.migration.id.map"]
        found, batch.unclear = id_map._find_by_name(batch.job, named)
        found.update(self._find_as_before(batch))
        if any(item.res_id for item in batch.items):
            lost = named - set(found) - set(batch.unclear)
            found.update(id_map._find_by_former_name(batch.job, lost))
        readings = {
            ref: [
                [(ref[0], name, *ref[2:]) for name in names]
                for names in read_names(ref[1])
            ]
            for ref in named - set(found) - set(batch.unclear)
        }
        parts = {part for each in readings.values() for names in each for part in names}
        if not parts:
            return found
        more, unclear = id_map._find_by_name(batch.job, parts)
        found.update(more)
        batch.unclear.update(unclear)
        known = set(more) | set(unclear)
        meant = {}
        for ref, each in readings.items():
            names = next((names for names in each if known.issuperset(names)), None)
            if not names and each and len(each[0]) > 1:
                # A semicolon is in no name: who is known is linked, the others are told.
                names = each[0] if known.intersection(each[0]) else None
            if names:
                meant[ref] = [as_value(part) for part in names]
        self._replace(batch.items, meant)
        return found

    def _find_as_before(self, batch):
        """Let unclear names mean in the rows what they meant when these were loaded.

        Whoever came with a newer file is not meant by what was there before; of a row
        that is new itself nobody knows. Return what is referred to by its id instead.
        """
        by_run, found = {}, {}
        runs = self._get_runs(batch) if batch.unclear else {}
        for item in batch.items:
            if item.key in runs:
                by_run.setdefault(runs[item.key], []).append(item)
        for run_id, items in by_run.items():
            unclear = {key for item in items for _kind, key in item.references}
            known, _unclear = self.env["crm.migration.id.map"]._find_by_name(
                batch.job, unclear & set(batch.unclear), run_id
            )
            self._replace(items, {ref: [as_value(key)] for ref, key in known.items()})
            found.update({key: key for key in known.values()})
        found.update(self._find_as_linked(batch, runs))
        return found

    def _find_as_linked(self, batch, runs):
        """Let names that only a newer file made unclear mean whom the rows are linked with.

        The company that told two of a name apart may be empty there by now.

        :param runs: (stream, source id) → the run that loaded it
        """
        began = batch.job.reading_run_id.id
        if not began or not batch.job._is_read_again():
            return {}
        items = {
            item: refs
            for item in batch.items
            if runs.get(item.key, began) < began
            and (refs := {key for _kind, key in item.references} & set(batch.unclear))
        }
        if not items:
            return {}
        id_map, found = self.env["crm.migration.id.map"], {}
        meant = id_map._find_meant(batch.job, set().union(*items.values()))
        links = id_map._resolve(batch.job, {k for keys in meant.values() for k in keys})
        for item, refs in items.items():
            linked = self._get_linked(batch, item, refs)
            known = {
                ref: next((key for key in meant[ref] if links.get(key) in linked), None)
                for ref in refs
            }
            known = {ref: key for ref, key in known.items() if key}
            self._replace([item], {ref: [as_value(key)] for ref, key in known.items()})
            found.update({key: key for key in known.values()})
        return found

    def _get_linked(self, batch, item, refs):
        """Return (model, id) of the records that the targets with these names lead to."""
        linked, model = set(), batch.model.with_context(active_test=False)
        ids = [each.res_id for each in batch.items if each.res_id]
        for target, value in item.targets.items():
            if refs.isdisjoint(key for _kind, key in find_references(value)):
                continue
            if target == "@thread" and self._hangs_on:
                linked.add(self._present_homes(batch).get(item.res_id))
            field = model._fields.get(self._field_name(batch, target))
            if field is not None and field.relational:
                record = model.browse(item.res_id).with_prefetch(ids)
                linked |= {(field.comodel_name, id_) for id_ in record[field.name].ids}
        return linked - {None}

    def _replace(self, items, meant):
        for item in items if meant else ():
            for one in filter(None, (item, item.loaded)):
                one.targets = {
                    target: spread(value, meant)
                    for target, value in one.targets.items()
                }

    def _get_runs(self, batch):
        """Return (stream, source id) → the run that loaded it, of what was loaded before."""
        rows = self.env["crm.migration.id.map"].search_read(
            [
                ("job_id", "=", batch.job.id),
                ("part", "=", batch.mapping.part or ""),
                ("res_id", "in", [item.res_id for item in batch.items if item.res_id]),
                ("run_id", "!=", False),
            ],
            ["stream", "source_id", "run_id"],
        )
        return {(r["stream"], r["source_id"]): r["run_id"][0] for r in rows}


def read_names(text):
    """Return the ways to read a cell as other names than it is written, the likeliest first.

    >>> read_names("Ana Silva; Rui Costa"), read_names("Silva, Ana")
    ([['Ana Silva', 'Rui Costa']], [['Ana Silva'], ['Silva', 'Ana']])
    >>> read_names("Ana Silva (ana@example.com)"), read_names("Ana Silva")
    ([['Ana Silva']], [])
    """
    names = [
        found[1] if (found := _WITH_ADDRESS.fullmatch(name)) else name
        for name in filter(None, map(str.strip, _APART.split(text)))
    ]
    readings = [names] if names and names != [text.strip()] else []
    if len(names) == 1 and "," in names[0]:
        pieces = [piece.strip() for piece in names[0].split(",") if piece.strip()]
        if len(pieces) == 2:
            readings.append([" ".join(reversed(pieces))])
        pieces = [
            found[1] if (found := _WITH_ADDRESS.fullmatch(piece)) else piece
            for piece in pieces
        ]
        readings.append(pieces)
    return readings


def as_value(key):
    """Return a reference as it stands in the values of a row.

    >>> as_value(("contacts", "Ana", "name", '{"company": "Alpha"}'))
    {'$ref': ['contacts', 'Ana', 'name', {'company': 'Alpha'}]}
    """
    return {REF: [*key[:3], *map(json.loads, key[3:])]}


def spread(value, meant):
    """Return a value with every reference that names several as one for each."""
    if not isinstance(value, dict | list):
        return value
    values = value if isinstance(value, list) else [value]
    result = []
    for each in values:
        kind, key = as_reference(each) or (None, None)
        result += meant.get(key, [each]) if kind == REF else [each]
    if isinstance(value, list):
        return result
    return result[0] if len(result) == 1 else result
