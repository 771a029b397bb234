"""What a sample, and later everything that was read, shows of the fields of a stream."""

import json

from .field_kinds import _sample_text, guess_kind, in_order

SAMPLES = 3


class Samples:
    """Keeps figures of fields: type, how many are filled, how many differ, a few values."""

    def keep_sample(self, stream, rows, documented, primary_key="id"):
        """Keep what a sample shows about the fields of a stream.

        :param rows: list of payloads
        :param documented: ``SourceField``s
        :param primary_key: no field to be mapped: the link between both systems
        """
        if not stream:
            return
        fields = {}
        for row in rows:
            for key, value in row.items():
                if not key.startswith("_") and key != primary_key:
                    fields.setdefault(key, []).append(value)
        known = {item.path: item for item in documented}
        stream.primary_key = primary_key
        sample = {
            key: self._describe(key, values, len(rows), known.get(key))
            for key, values in fields.items()
        } | {
            path: self._describe(path, [], 0, item)
            for path, item in known.items()
            if path not in fields and path != primary_key
        }
        # jsonb keeps no order of keys, so each knows its place in the source.
        for position, figures in enumerate(sample.values()):
            figures["position"] = position
        stream.sample = sample

    def _describe(self, key, values, records, item):
        filled = [value for value in values if value not in (None, "", [], {})]
        texts = list(dict.fromkeys(map(_sample_text, filled)))
        return {
            "label": item.label if item and item.label else key,
            "kind": item.kind if item else guess_kind(filled),
            "custom": bool(item and item.custom),
            "records": records,
            "filled": len(filled),
            "distinct": len(texts),
            "samples": texts[:SAMPLES],
        }

    def measure(self, stream, stats):
        """Replace the sample's figures by those of everything staged."""
        sample = dict(stream.sample or {})
        for row in stats:
            if row["key"].startswith("_") or row["key"] == stream.primary_key:
                continue
            samples = row["samples"] or []
            values = [json.loads(text) for text in samples if len(text) < 300]
            sample[row["key"]] = {
                "label": row["key"],
                "kind": guess_kind(values),
                "custom": False,
                "position": len(sample),
                **sample.get(row["key"], {}),
                "records": row["records"],
                "filled": row["filled"],
                "distinct": row["distinct_values"],
                "samples": samples[:SAMPLES],
            }
        stream.sample = sample
        self._propose_members(stream)
        self._write_figures(stream)

    def _write_figures(self, stream):
        # Each reading of such a field is a copy of all of it.
        sample = stream.sample or {}
        places = {path: place for place, (path, _f) in enumerate(in_order(sample))}
        places = {stream.primary_key: -1, **places}
        for line in stream.mapping_ids.line_ids:
            paths = line._get_paths()
            found = [places.get(p, places.get(p.split(".")[0])) for p in paths]
            place = min((p for p in found if p is not None), default=line.position)
            if line.position != place:
                line.position = place
            figures = sample.get(paths[0].split(".")[0]) if paths else None
            figures = sample.get(paths[0]) or figures if paths else None
            if figures:
                line.write(
                    {
                        "record_count": figures["records"],
                        "fill_count": figures["filled"],
                        "distinct_count": figures["distinct"],
                        "samples": figures["samples"],
                        "source_kind": figures["kind"],
                    }
                )
