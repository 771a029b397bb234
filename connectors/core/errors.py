"""What can go wrong while reading a source, sorted by what the engine must do about it.

An error carries a ``code`` with ``data``; Odoo's side words it for the user in their
language. ``sentence`` is the English wording for logs and for codes that Odoo's side
does not know. Neither ever holds a secret or a customer's value.
"""

from .plural import agree

__all__ = [
    "SENTENCES",
    # root
    "ConnectorError",
    # stop the job and ask the user
    "AuthenticationError",
    "ConfigurationError",
    # stop the stream, go on with the others
    "FatalError",
    "ForbiddenError",
    # come back later
    "RetryableError",
    # skip the record
    "RecordError",
]

SENTENCES = {
    "unreachable": "No answer from {host}. Check the address and the network.",
    "own_machine": "{host} is this server itself, which is not called. For a CRM that runs "
    "on it, set loopback = True in the section [crm_migration] of odoo.conf.",
    "own_platform": "{host} belongs to the platform of this server and is never called. "
    "Enter the address of the CRM.",
    "own_database": "{host} keeps the data of Odoo itself and is not read. Enter the "
    "address and a login of the CRM.",
    "not_as_expected": "{host} does not answer as this CRM would. Check the address, the "
    "port, and whether this server may reach it.",
    "certificate": "The security certificate of {host} is not valid.",
    "cut_off": "The answer of {host} broke off.",
    "moved": "{host} sends us on to {target}. Enter that address instead.",
    "not_found": "{host} has nothing at {path}. Check the address.",
    "not_json": "{host} answered with a page instead of data. Check the address.",
    "wrong_system": "{host} answers, but not like {expected}.",
    "bad_credentials": "{host} does not accept these credentials.",
    "no_api_access": "{login} may not use the API of {host}.",
    "missing_setting": "{setting} is missing.",
    "bad_setting": "{setting} is not valid: {reason}.",
    "object_gone": "The source does not have {stream} any more.",
    "object_not_in_files": "The files do not hold {stream} any more. What was read of it "
    "before stays as it is. Add its newer file and read again.",
    "key_changed": "{stream} was told apart by {key}, and the newer file has no such "
    "column or another choice for it: everything would be loaded twice. Export it with "
    "that column, or choose it as the key.",
    "forbidden": "{login} may not read {stream}.",
    "server_error": "{host} reported an error of its own for {stream} (status {status}).",
    "unexpected_answer": "{host} answered {stream} in a form that is not known: {reason}.",
    "paging_loop": "{host} keeps sending the same page of {stream}.",
    "no_method": "{host} does not know {controller}.{method}. Correct the endpoint profile.",
    "bad_parameter": "{host} does not take {parameter} for {controller}.{method}. "
    "Correct the endpoint profile.",
    "call_refused": "{host} refused {controller}.{method} (error {status}).",
    "rate_limited": "{host} asks to come back in {delay} seconds.",
    "busy": "{host} is busy or under maintenance.",
    "time_budget": "The time of this batch is used up.",
    "bad_record": "A record of {stream} cannot be read: {reason}.",
    "missing_key": "A record of {stream} has no {key}.",
    "missing_file": "The file {name} is missing in the source.",
    "truncated_file": "The file {name} arrived incomplete: {received} of {expected} bytes.",
    "bad_file": "{name} cannot be read: {reason}.",
    # databases
    "no_database": "{host} has no such database, or this login may not open it.",
    "not_admitted": "{host} admits no connection from here. Ask its administrator to add one to pg_hba.conf.",
    "no_encryption": "{host} does not encrypt connections. Choose another mode of encryption.",
    "database_refused": "{host} refuses the connection. Its own log says why.",
    "statement_timeout": "{host} takes too long to list {stream}. Try again at a quieter time.",
    # Microsoft Entra and Dataverse
    "wrong_secret": "{host} does not accept the client secret. Enter its value, not its id.",
    "secret_expired": "The client secret has expired. Make a new one in the app registration.",
    "certificate_rejected": "{host} does not accept the certificate. Add it to the app registration.",
    "unknown_app": "{host} has no app with this client id in this tenant.",
    "unknown_tenant": "{host} has no tenant of this name or id.",
    "unknown_environment": "{host} has no environment at this address in this tenant.",
    "login_refused": "{host} refused the login (AADSTS{number}).",
    "no_app_user": "{host} has no application user for this app, or it is disabled.",
    "user_disabled": "The application user of {host} is disabled. Enable it.",
    "organization_disabled": "The environment {host} is disabled.",
    "privilege_missing": "{login} lacks the right to read {stream}. Add it to its security role.",
    "column_secured": "{host} keeps a column of {stream} to itself.",
    "query_refused": "{host} did not understand the question for {stream} ({status}).",
    "query_too_heavy": "{host} finds the question for {stream} too heavy.",
    "table_missing": "{host} has no {stream}: the app that brings it is not installed.",
    "row_missing": "The record of {stream} is gone.",
    "paging_expired": "{host} has forgotten the place in {stream}: it is read once more.",
    "too_many_rows": "{host} does not add up that many records of {stream}.",
    "tracking_off": "{host} does not track changes of {stream}.",
    "tracking_expired": "{host} has forgotten what changed in {stream}: it is read once more.",
    "too_large": "{stream} is too large for one answer of {host}.",
    "chunks_refused": "{host} does not hand out {stream} in pieces.",
    "extension_failed": "An extension (plug-in) of {host} failed on {stream}.",
    # files: as a whole
    "file_empty": "{name} is empty.",
    "file_no_rows": "{name} holds no rows.",
    "file_no_table": "{name} holds no list of records.",
    "file_unknown": "{name} is not a file that can be read: CSV, XLSX, JSON, NDJSON, ZIP.",
    "file_cards": "{name} holds address cards (vCard), which are not read. Export the "
    "contacts as CSV or XLSX.",
    "file_calendar": "{name} is a calendar (iCalendar), which is not read. Export the "
    "appointments as CSV or XLSX.",
    "file_mailbox": "{name} holds e-mails, which are not read from a mailbox file.",
    "file_document": "{name} is a document, not a table. Save its table as XLSX or CSV.",
    "file_page": "{name} is a web page, whatever its name ends in. Open it in Excel "
    "or LibreOffice and save it as XLSX.",
    "file_sql": "{name} is a dump of a database, which is not read. Export its tables as "
    "CSV.",
    "file_too_big": "{name} is too big for this ({limit} MB at most). Save it as CSV.",
    "file_encrypted": "{name} is protected by a password. Save it without one.",
    "file_damaged": "{name} is damaged from byte {offset} on.",
    "file_changed": "{name} is not the file that was started. Read it from the start.",
    "content_columns_gone": "{name} has no column of ids: its rows are known by all they "
    "say. Without the columns {columns} that it had before, each of them would seem new. "
    "Export it with these columns.",
    "old_excel": "{name} is in the format before Excel 2007. Save it as XLSX or CSV.",
    "zip_bomb": "{name} would unpack to {size} MB and was left alone.",
    "zip_broken": "{name} is damaged or packed in a way that is not known.",
    "zip_nested": "{name} is an archive too deep within others. Unpack it first.",
    "sheet_missing": "{name} has no sheet {sheet}.",
    "too_many_duplicates": "{key} does not tell the rows of {name} apart. Choose another key.",
    # files: a line
    "line_length": "Line {line} of {name} has {found} cells instead of {expected}.",
    "line_too_long": "Line {line} of {name} is longer than {limit} MB.",
    "unterminated_quote": "Line {line} of {name} opens a quotation mark that is never closed.",
    "bad_line": "Line {line} of {name} cannot be read: {reason}.",
    "bad_json": "Line {line} of {name} is not JSON.",
    "not_an_object": "Line {line} of {name} is not an object with members.",
    "duplicate_id": "Line {line} of {name} repeats the {key} of an earlier line.",
}


class ConnectorError(Exception):
    """Root of everything a source raises.

    :param code: key of ``SENTENCES``, or of the ``sentences`` of the source's class
    :param data: what the sentence names; plain values without secrets
    """

    def __init__(self, code, **data):
        self.code = code
        self.data = data
        super().__init__(self.sentence)

    @property
    def sentence(self):
        """Return the English wording; the code alone where there is none."""
        template = SENTENCES.get(self.code)
        if not template:
            return agree(self.data.get("sentence") or self.code, self.data)
        return agree(template.format_map(_Blank(self.data)), self.data)


class _Blank(dict):
    """Names missing in the data show as a blank instead of hiding the error itself."""

    def __missing__(self, key):
        return "…"


class ConfigurationError(ConnectorError):
    """The settings cannot work: stop and ask the user."""


class AuthenticationError(ConfigurationError):
    """The system does not know us, or does not any more."""


class FatalError(ConnectorError):
    """This stream cannot be read on: stop it, go on with the others."""


class ForbiddenError(FatalError):
    """The account may not read this stream."""


class RetryableError(ConnectorError):
    """Nothing is wrong for good: come back after ``delay`` seconds."""

    def __init__(self, code, *, delay=60, **data):
        self.delay = delay
        super().__init__(code, delay=delay, **data)


class RecordError(ConnectorError):
    """One record cannot be used: skip it, with a row that says so."""

    def __init__(self, code, *, stream, source_id, **data):
        self.stream = stream
        self.source_id = source_id
        super().__init__(code, stream=stream, **data)
