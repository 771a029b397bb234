"""The addresses of Concord's API; whatever is not here is a 404 with an empty message."""

from werkzeug.routing import Map, Rule

LISTS = {
    "contacts", "companies", "deals", "products", "activities", "activity-types",
    "calls", "call-outcomes", "notes", "documents", "document-types",
    "document-templates", "users", "pipelines", "pipeline-stages", "sources",
    "industries", "lost-reasons", "custom-fields",
}  # fmt: skip
BARE = {"teams", "roles", "permissions", "workflows", "mail-accounts"}
TRASHABLE = {
    "contacts",
    "companies",
    "deals",
    "activities",
    "products",
    "documents",
}

URLS = Map(
    [
        Rule("/api/me", endpoint="me"),
        Rule("/api/countries", endpoint="countries"),
        Rule("/api/currencies", endpoint="currencies"),
        Rule("/api/search", endpoint="search_everywhere"),
        Rule("/api/workflows/triggers", endpoint="triggers"),
        Rule("/api/mail/accounts", endpoint="mail_accounts"),
        Rule("/api/mail/accounts/<int:account_id>", endpoint="mail_account"),
        Rule("/api/inbox/emails/<int:account_id>/<int:folder_id>", endpoint="inbox"),
        Rule(
            "/api/inbox/emails/folders/<int:folder_id>/<int:row_id>", endpoint="message"
        ),
        Rule("/api/trashed/<resource>", endpoint="trash"),
        Rule("/api/trashed/<resource>/<int:row_id>", endpoint="trashed_row"),
        Rule("/api/associations/<resource>/<int:row_id>", endpoint="associations"),
        Rule("/api/<resource>", endpoint="index"),
        Rule("/api/<resource>/<int:row_id>", endpoint="show"),
        Rule("/api/<resource>/search", endpoint="search"),
        Rule("/api/<resource>/rules", endpoint="rules"),
        Rule("/api/<resource>/create-fields", endpoint="fields"),
        Rule("/api/<resource>/export-fields", endpoint="fields"),
        Rule("/api/<resource>/index-fields", endpoint="index_fields"),
        Rule("/api/<resource>/<int:row_id>/update-fields", endpoint="update_fields"),
        Rule("/api/<resource>/<int:row_id>/comments", endpoint="comments"),
        Rule("/api/<resource>/<int:row_id>/timeline", endpoint="timeline"),
        Rule("/api/<resource>/<int:row_id>/billable", endpoint="billable"),
        Rule("/api/pipelines/<int:row_id>/stages", endpoint="stages"),
        Rule("/api/<resource>/<int:row_id>/<other>", endpoint="associated"),
    ],
    strict_slashes=False,
)
