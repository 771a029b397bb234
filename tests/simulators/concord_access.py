"""Who may see what in Concord: super admins all, others by permission and by link."""

from .concord_schema import LINK_KEYS

BY_PERMISSION = {
    "contacts",
    "companies",
    "deals",
    "activities",
    "products",
    "documents",
}
SUPER_ADMIN_ONLY = {"custom-fields", "roles", "permissions", "workflows"}


class Access:
    """The rights of one user."""

    def __init__(self, company, user):
        self.company = company
        self.user = user
        self.is_super_admin = user["super_admin"]
        names = company["permissions"]
        self.permissions = {
            names[permission_id]["name"]
            for role_id in user["role_ids"]
            for permission_id in company["roles"][role_id]["permission_ids"]
        }
        managed = {
            team["id"]
            for team in company.rows("teams")
            if team["user_id"] == user["id"]
        }
        self.team_mates = {
            row["id"] for row in company.rows("users") if managed & set(row["team_ids"])
        }

    def visible(self, resource, rows):
        return [row for row in rows if self.can_view(resource, row)]

    def can_view(self, resource, row):
        if self.is_super_admin:
            return resource != "emails" or self.sees_account(row["email_account_id"])
        if resource in BY_PERMISSION:
            return self._by_permission(resource, row)
        if resource in ("notes", "calls"):
            return any(
                self._by_permission(parent, found)
                for parent in LINK_KEYS
                for found in self.company.linked(resource, row, parent)
            )
        if resource == "emails":
            return self.sees_account(row["email_account_id"])
        if resource == "pipelines":
            return self._in_group(row["visibility_group"])
        if resource == "teams":
            return row["id"] in self.user["team_ids"]
        if resource == "document-templates":
            return row["is_shared"] or row["user_id"] == self.user["id"]
        return True

    def sees_account(self, account_id):
        """Say whether lists show the account: own or shared, even for a super admin."""
        owner = self.company["mail-accounts"][account_id]["user_id"]
        if owner is None:
            return self.is_super_admin or "access shared inbox" in self.permissions
        return owner == self.user["id"]

    def opens_account(self, account_id):
        """Say whether the account answers when its id is known: a policy check."""
        return self.is_super_admin or self.sees_account(account_id)

    def _by_permission(self, resource, row):
        if f"view all {resource}" in self.permissions:
            return True
        owner = row.get("user_id", row.get("created_by"))
        if f"view team {resource}" in self.permissions and owner in self.team_mates:
            return True
        return f"view own {resource}" in self.permissions and owner == self.user["id"]

    def _in_group(self, group):
        if group is None:
            return True
        members = {"teams": self.user["team_ids"], "users": [self.user["id"]]}
        return bool(set(members[group["type"]]) & set(group["depends_on"]))
