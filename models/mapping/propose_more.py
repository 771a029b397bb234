"""Propose what a newer export has besides: objects and columns that nobody knew of."""

from .propose_again import as_paths
from .propose_fields import Proposer


class Addition(Proposer):
    """Everything that is mapped stays as it is; also where its column is gone by now."""

    def _renew(self, mapping, proposed, stream):
        """Add the lines of columns that no line of the object mentions yet."""
        covered = self._get_covered(stream, mapping)
        taken = set(mapping.line_ids.mapped("target"))
        custom = {f"@custom.{c['key']}": c for c in proposed["custom_fields"]}
        self.env["crm.migration.mapping.line"].create(
            [
                self._as_line(mapping, stream, item, custom.get(item["target"]), number)
                for number, item in enumerate(proposed["fields"])
                if item["target"] not in taken
                and (paths := as_paths(item["source"]))
                and not covered & set(paths)
            ]
        )

    def _keep_left_out(self, left_out):
        """Leave what was noted: an object that is not in the files is not known anew."""
