"""Which objects this installation has, under which names, with which fields."""

from functools import cached_property

from ..core.errors import FatalError, ForbiddenError
from ..core.source import Stream
from .forms import Form, squeeze
from .responses import respelled
from .streams import CHILD_STREAMS, STREAMS, SURE

CUSTOM = "custom_"
_OF_CUSTOM = {"children": ("note", "attachment")}
"""What the endpoint profile would say about an object that it does not know."""
_SAMPLES = 50
"""Rows looked at where a type code leaves open what a field holds."""


class Catalog:
    """Answers come from the installation, each asked for once."""

    def __init__(self, api):
        self.api = api
        self._objects = api.endpoints["objects"]
        self._names = {}
        self._forms = {}
        self._samples = {}

    @cached_property
    def listed(self):
        """``(name, label)`` of the objects that the installation says it has."""
        return self.api.objects() if self.api.has("objects") else []

    def rules(self, path):
        """Return the part of the endpoint profile about an object."""
        return self._objects.get(path, _OF_CUSTOM)

    def is_custom(self, stream):
        return bool(stream.path) and stream.path not in self._objects

    def name_of(self, path):
        """Return what the installation calls an object, None if it has none."""
        if path not in self._objects:
            return path or None
        if path not in self._names:
            self._names[path] = self._find_name(path)
        return self._names[path]

    def _find_name(self, path):
        rules = self._objects[path]
        if rules.get("name") and path in {*SURE, *CHILD_STREAMS}:
            return rules["name"]
        tries = [*filter(None, [rules.get("name")]), *rules.get("try", ())]
        listed = {name.casefold(): name for name, _label in self.listed}
        for name in tries:
            if name.casefold() in listed:
                return listed[name.casefold()]
        return next((name for name in tries if self._exists(name)), None)

    def _exists(self, name):
        try:
            return bool(self.form(name).all_rows)
        except ForbiddenError:
            # It exists, then; reading it will say why nothing comes.
            return True
        except FatalError as error:
            if error.code not in ("refused", "not_found", "server_error"):
                raise
            return False

    def form(self, name):
        if name not in self._forms:
            denied = self.api.endpoints["deny_fields"]
            rows = self.api.fields(name)
            self._forms[name] = Form(self.api, name, rows, denied)
        return self._forms[name]

    def form_of(self, path):
        return self.form(self.name_of(path))

    def modified(self, path):
        """Return the field that tells when a record last changed, None if there is none."""
        return self.form_of(path).find(self.rules(path).get("modified", ()))

    def samples(self, path):
        """Return a few records, to see what a field holds."""
        if path not in self._samples:
            form = self.form_of(path)
            most = self.api.endpoints["paging"]["fields_per_call"]
            active = self.api.endpoints["filters"]["active"] or ""
            found = []
            # The same rows each time, in slices of their fields.
            for start in range(0, len(form.names), most):
                rows, _total = self.api.find(
                    form.name,
                    fields=form.names[start : start + most],
                    condition=active,
                    size=_SAMPLES,
                )
                found += [respelled(r, form.names) for r in rows if isinstance(r, dict)]
            self._samples[path] = found
        return self._samples[path]

    # -- streams ----------------------------------------------------------------

    def streams(self):
        """Return the streams that this installation can fill, custom objects last."""
        found = [
            stream
            for stream in STREAMS
            if not stream.path or stream.derived_from or self.name_of(stream.path)
        ]
        if not self.api.has("audit"):
            found = [stream for stream in found if stream.name != "stage_changes"]
        return (*found, *self._custom())

    def _custom(self):
        known = {"alerts", "srvitems", "srvans"}
        for path, rules in self._objects.items():
            names = [rules.get("name"), self.name_of(path), *rules.get("try", ())]
            known |= {name.casefold() for name in names if name}
        taken = {stream.name for stream in STREAMS}
        for name, label in self.listed:
            if name.casefold() in known:
                continue
            known.add(name.casefold())
            base = stream = (
                f"{CUSTOM}{squeeze(name).encode('ascii', 'ignore').decode()}"
            )
            number = 1
            while stream in taken or stream == CUSTOM:
                number += 1
                stream = f"{base}_{number}"
            taken.add(stream)
            yield Stream(stream, label, name, primary_key="FormID")
