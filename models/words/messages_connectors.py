"""What the sources have to say: code → sentence."""

from odoo.tools.translate import LazyTranslate

from .messages_files import FILES

_lt = LazyTranslate(__name__)

CONNECTOR = {
    "unreachable": _lt("No answer from %(host)s. Check the address and the network."),
    "own_machine": _lt(
        "%(host)s is this server itself, which is not called. For a CRM that runs on it, "
        "the administrator sets loopback = True in the section [crm_migration] of odoo.conf."
    ),
    "own_platform": _lt(
        "%(host)s belongs to the platform of this server and is never called. Enter the "
        "address of the CRM."
    ),
    "own_database": _lt(
        "%(host)s keeps the data of Odoo itself and is not read. Enter the address and a "
        "login of the CRM."
    ),
    "not_as_expected": _lt(
        "%(host)s does not answer as this CRM would. Check the address, the port, and "
        "whether this server may reach it."
    ),
    "certificate": _lt("The security certificate of %(host)s is not valid."),
    "cut_off": _lt("The answer of %(host)s broke off."),
    "moved": _lt("%(host)s sends us on to %(target)s. Enter that address instead."),
    "not_found": _lt("%(host)s has nothing at %(path)s. Check the address."),
    "not_json": _lt(
        "%(host)s answered with a page instead of data. Check the address."
    ),
    "wrong_system": _lt("%(host)s answers, but not like %(expected)s."),
    "bad_credentials": _lt("%(host)s does not accept these credentials."),
    "no_api_access": _lt("%(login)s may not use the API of %(host)s."),
    "missing_setting": _lt("%(setting)s is missing."),
    "bad_setting": _lt("%(setting)s is not valid: %(reason)s."),
    "object_gone": _lt("The source does not have %(stream)s any more."),
    "object_not_in_files": _lt(
        "The files do not hold %(stream)s any more. What was read of it before stays as "
        "it is. Add its newer file and read again."
    ),
    "key_changed": _lt(
        "%(stream)s was told apart by %(key)s, and the newer file has no such column or "
        "another choice for it: everything would be loaded twice. Export it with that "
        "column, or choose it as the key."
    ),
    "forbidden": _lt("%(login)s may not read %(stream)s."),
    "server_error": _lt(
        "%(host)s reported an error of its own for %(stream)s (status %(status)s)."
    ),
    "unexpected_answer": _lt(
        "%(host)s answered %(stream)s in a form that is not known: %(reason)s."
    ),
    "paging_loop": _lt("%(host)s keeps sending the same page of %(stream)s."),
    "no_method": _lt(
        "%(host)s does not know %(controller)s.%(method)s. Correct the endpoint profile."
    ),
    "bad_parameter": _lt(
        "%(host)s does not take %(parameter)s for %(controller)s.%(method)s. Correct the endpoint profile."
    ),
    "call_refused": _lt(
        "%(host)s refused %(controller)s.%(method)s (error %(status)s)."
    ),
    "rate_limited": _lt("%(host)s asks to come back in %(delay)s seconds."),
    "busy": _lt("%(host)s is busy or under maintenance."),
    "time_budget": _lt("The time of this batch is used up."),
    "bad_record": _lt("A record of %(stream)s cannot be read: %(reason)s."),
    "missing_key": _lt("A record of %(stream)s has no %(key)s."),
    "missing_file": _lt("The file %(name)s is missing in the source."),
    "truncated_file": _lt(
        "The file %(name)s arrived incomplete: %(received)s of %(expected)s bytes."
    ),
    "bad_file": _lt("%(name)s cannot be read: %(reason)s."),
    "no_database": _lt("%(host)s has no such database, or this login may not open it."),
    "not_admitted": _lt(
        "%(host)s admits no connection from here. Ask its administrator to add one to pg_hba.conf."
    ),
    "no_encryption": _lt(
        "%(host)s does not encrypt connections. Choose another mode of encryption."
    ),
    "database_refused": _lt("%(host)s refuses the connection. Its own log says why."),
    "statement_timeout": _lt(
        "%(host)s takes too long to list %(stream)s. Try again at a quieter time."
    ),
    "wrong_secret": _lt(
        "%(host)s does not accept the client secret. Enter its value, not its id."
    ),
    "secret_expired": _lt(
        "The client secret has expired. Make a new one in the app registration."
    ),
    "certificate_rejected": _lt(
        "%(host)s does not accept the certificate. Add it to the app registration."
    ),
    "unknown_app": _lt("%(host)s has no app with this client id in this tenant."),
    "unknown_tenant": _lt("%(host)s has no tenant of this name or id."),
    "unknown_environment": _lt(
        "%(host)s has no environment at this address in this tenant."
    ),
    "login_refused": _lt("%(host)s refused the login (AADSTS%(number)s)."),
    "no_app_user": _lt(
        "%(host)s has no application user for this app, or it is disabled."
    ),
    "user_disabled": _lt("The application user of %(host)s is disabled. Enable it."),
    "organization_disabled": _lt("The environment %(host)s is disabled."),
    "privilege_missing": _lt(
        "%(login)s lacks the right to read %(stream)s. Add it to its security role."
    ),
    "column_secured": _lt("%(host)s keeps a column of %(stream)s to itself."),
    "query_refused": _lt(
        "%(host)s did not understand the question for %(stream)s (%(status)s)."
    ),
    "query_too_heavy": _lt("%(host)s finds the question for %(stream)s too heavy."),
    "table_missing": _lt(
        "%(host)s has no %(stream)s: the app that brings it is not installed."
    ),
    "row_missing": _lt("The record of %(stream)s is gone."),
    "paging_expired": _lt(
        "%(host)s has forgotten the place in %(stream)s: it is read once more."
    ),
    "too_many_rows": _lt("%(host)s does not add up that many records of %(stream)s."),
    "tracking_off": _lt("%(host)s does not track changes of %(stream)s."),
    "tracking_expired": _lt(
        "%(host)s has forgotten what changed in %(stream)s: it is read once more."
    ),
    "too_large": _lt("%(stream)s is too large for one answer of %(host)s."),
    "chunks_refused": _lt("%(host)s does not hand out %(stream)s in pieces."),
    "extension_failed": _lt("An extension (plug-in) of %(host)s failed on %(stream)s."),
    "file_empty": _lt("%(name)s is empty."),
    "file_no_rows": _lt("%(name)s holds no rows."),
    "file_no_table": _lt("%(name)s holds no list of records."),
    "file_unknown": _lt(
        "%(name)s is not a file that can be read: CSV, XLSX, JSON, NDJSON, ZIP."
    ),
    "file_too_big": _lt(
        "%(name)s is too big for this (%(limit)s MB at most). Save it as CSV."
    ),
    "file_encrypted": _lt("%(name)s is protected by a password. Save it without one."),
    "file_damaged": _lt("%(name)s is damaged from byte %(offset)s on."),
    "file_changed": _lt(
        "%(name)s is not the file that was started. Read it from the start."
    ),
    "content_columns_gone": _lt(
        "%(name)s has no column of ids: its rows are known by all they say. Without the "
        "columns %(columns)s that it had before, each of them would seem new. Export it "
        "with these columns."
    ),
    "old_excel": _lt(
        "%(name)s is in the format before Excel 2007. Save it as XLSX or CSV."
    ),
    "zip_bomb": _lt("%(name)s would unpack to %(size)s MB and was left alone."),
    "zip_broken": _lt("%(name)s is damaged or packed in a way that is not known."),
    "zip_nested": _lt(
        "%(name)s is an archive too deep within others. Unpack it first."
    ),
    "sheet_missing": _lt("%(name)s has no sheet %(sheet)s."),
    "too_many_duplicates": _lt(
        "%(key)s does not tell the rows of %(name)s apart. Choose another key."
    ),
    "line_length": _lt(
        "Line %(line)s of %(name)s has %(found)s cells instead of %(expected)s."
    ),
    "line_too_long": _lt("Line %(line)s of %(name)s is longer than %(limit)s MB."),
    "unterminated_quote": _lt(
        "Line %(line)s of %(name)s opens a quotation mark that is never closed."
    ),
    "bad_line": _lt("Line %(line)s of %(name)s cannot be read: %(reason)s."),
    "bad_json": _lt("Line %(line)s of %(name)s is not JSON."),
    "not_an_object": _lt("Line %(line)s of %(name)s is not an object with members."),
    "duplicate_id": _lt(
        "Line %(line)s of %(name)s repeats the %(key)s of an earlier line."
    ),
    **FILES,
}
