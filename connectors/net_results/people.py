"""What a contact brings along: its company, its owner, its suppression, its own fields."""

import re

from ..core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    RecordError,
)
from ..core.sentences import _lt
from ..core.source import Record
from ..mapping.transforms import is_blank
from .description import MISSING
from .responses import instant_of, is_object, is_true, member, rows_in
from .sentences import SENTENCES

AMERICA = frozenset({"us", "usa", "unitedstates", "unitedstatesofamerica", "america"})


class ContactReader:
    """Turns rows of ``Contact.getMultiple`` into records.

    :param derive_companies: companies are made of the contacts' accounts
    :param definitions: ids of the custom fields; without one, no values are asked for
    """

    def __init__(self, rpc, *, derive_companies, definitions=()):
        self.rpc = rpc
        objects = rpc.profile["objects"]
        self._fields = objects["contact"]["fields"]
        self._modified = objects["contact"].get("modified", ())
        placeholders = objects["contact"].get("placeholders", {})
        self._no_company = {n.strip() for n in placeholders.get("account_name", ("-", ""))}  # fmt: skip
        self._user, self._values = objects["user"], objects["custom_value"]
        self.derive_companies = derive_companies
        self.reads_values = bool(definitions) and self._values.get("enabled", False)
        self._users = {}

    def ask(self, _row, key):
        """Return what is asked for contact by contact: (values, errors)."""
        return self._custom_values(key)

    def expand(self, row, key, asked):
        """Return ``(records, errors, warnings)`` of a row.

        :param asked: what ``ask`` returned, None where no values are read
        """
        data, derived, errors, warnings = dict(row), [], [], []
        company = self.company_of(row)
        if company:
            data["_company"] = {"stream": "companies", "id": company.source_id}
            if self.derive_companies:
                derived.append(company)
        data["_name"] = self._name(row)
        flags = [
            n for n in ("unsubscribed", "bounced") if is_true(self._member(row, n))
        ]
        if flags:
            data["_no_mail"] = ", ".join(flags)
        for name, names in (("_created", self._fields.get("created", ())), ("_modified", self._modified)):  # fmt: skip
            data[name] = instant_of(member(row, names), self.rpc.profile["dates"])
        derived += self._suppression(row, key)
        derived += self._owner(row)
        if self.reads_values:
            values, wrong = asked
            data["_custom"] = _by_field(values)
            derived += values
            errors += wrong
        if self._is_short_zip(row):
            about = {"stream": "contacts", "source_id": key}
            warnings.append(SENTENCES.finding("warning", "short_zip", **about))
        return [Record("contacts", key, data), *derived], errors, warnings

    def _member(self, row, name):
        return member(row, self._fields.get(name, ()))

    def _name(self, row):
        """Return what the contact is called: its names, else its address."""
        names = [str(self._member(row, part) or "").strip() for part in ("first_name", "last_name")]  # fmt: skip
        return " ".join(filter(None, names)) or self._member(row, "email")

    def company_of(self, row):
        """Return the account of a contact as a record; None for the placeholder."""
        name = str(self._member(row, "account_name") or "").strip()
        key = self._member(row, "account_id")
        if name in self._no_company:
            return None
        if key is None:
            return Record(
                "companies", f"name:{name.casefold()}", {"account_name": name}
            )
        data = {"account_id": key, "account_name": name}
        return Record("companies", str(key).strip(), data)

    def _suppression(self, row, key):
        flags = {n: is_true(self._member(row, n)) for n in ("unsubscribed", "bounced")}
        email = self._member(row, "email")
        if not any(flags.values()) or email is None:
            return []
        reason = "unsubscribed" if flags["unsubscribed"] else "bounced"
        parent = {"stream": "contacts", "id": key}
        data = {"email": email, "reason": reason, **flags, "_parent": parent}
        return [Record("suppressions", key, data)]

    def _owner(self, row):
        email = self._member(row, "owner")
        if email is None or "@" not in str(email):
            return []
        key = str(email).strip().lower()
        if key not in self._users:
            self._users[key] = self._user_of(str(email).strip())
        return [Record("users", key, {"email": key, **self._users[key]})]

    def _user_of(self, email):
        """Return the names of a user; nothing else of the account is our business."""
        if self.rpc.description.offers(self._user, "method") is False:
            return {}
        try:
            answer = self.rpc.call(
                self._user["controller"],
                self._user["method"],
                {self._user["param"]: email},
                stream="users",
            )
        except AuthenticationError:
            raise
        except (ConfigurationError, FatalError) as error:
            if error.code not in MISSING | {"call_refused"}:
                raise
            return {}
        found = answer.get("result")
        if not is_object(found):
            return {}
        names = [member(found, self._user["fields"][n]) for n in ("first_name", "last_name")]  # fmt: skip
        name = " ".join(str(part).strip() for part in names if part)
        return {"name": name} if name else {}

    def _custom_values(self, key):
        """Return the values of a contact's own fields as records, and errors."""
        endpoint = self._values
        params = {endpoint["param"]: as_sent(key), **endpoint.get("extra", {})}
        call = endpoint["controller"], endpoint["method"], params
        answer, refusal = self.rpc.for_one(
            lambda: self.rpc.call(*call, stream="custom_values")
        )
        if refusal:
            about = {"stream": "custom_values", "source_id": key, "reason": refusal}
            return [], [RecordError("bad_record", **about)]
        rows = rows_in(answer, self.rpc.profile["result_paths"])
        if rows is None:
            raise self.rpc.unexpected("custom_values", _lt("no list under result"))
        records, errors = [], []
        for place, row in enumerate(rows):
            field = member(row, endpoint["id"]) if is_object(row) else None
            if field is None:
                about = {"stream": "custom_values", "source_id": f"{key}-#{place}"}
                errors.append(
                    RecordError("missing_key", key=endpoint["id"][0], **about)
                )
                continue
            extra = {
                "_field": str(field),
                "_value": member(row, endpoint["fields"]["value"]),
                "_parent": {"stream": "contacts", "id": key},
            }
            # Of several values of one field each is a record of its own.
            own = f"{key}-{field}"
            twice = sum(r.source_id.partition("#")[0] == own for r in records)
            own += f"#{twice + 1}" if twice else ""
            records.append(Record("custom_values", own, {**row, **extra}))
        return records, errors

    def _is_short_zip(self, row):
        code = str(self._member(row, "zip") or "").strip()
        country = re.sub(r"[\W_]", "", str(self._member(row, "country") or "")).lower()
        return bool(re.fullmatch(r"\d{4}", code)) and country in AMERICA


def _by_field(values):
    """Return ``{field: value}``; several values of a field as the product writes them."""
    found = {}
    for record in values:
        found.setdefault(record.data["_field"], []).append(record.data["_value"])
    several = {k: [v for v in vs if not is_blank(v)] for k, vs in found.items()}
    return {
        k: ";".join(map(str, vs)) if len(vs) > 1 else next(iter(vs), None)
        for k, vs in several.items()
    }


def as_sent(key):
    """Return an id as it came: a number where it is one."""
    return int(key) if str(key).isdecimal() else key
