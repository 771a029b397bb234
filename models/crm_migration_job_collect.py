"""Gather what a person must decide: values of lists, owners, fields left open."""

from odoo import models

from .matching import NameIndex


class CrmMigrationJob(models.Model):
    """Everything is counted in SQL over staging; what was decided stays decided."""

    _inherit = "crm.migration.job"

    def _get_list(self, name):
        lists = {item["name"]: item for item in self.value_lists or []}
        return lists.get(name) or {"name": name, "label": name, "create": False}

    def _collect_condition_values(self):
        """List the values on which a mapping's conditions ask for a decision."""
        for mapping in self.mapping_ids:
            for condition in mapping.when or []:
                if condition.get("list"):
                    self._collect_from_payload(mapping, condition)

    def _collect_from_payload(self, mapping, condition):
        source = condition["source"]
        paths = source if isinstance(source, list) else [source]
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT (SELECT payload #>> string_to_array(path, '.')
                      FROM unnest(%s) WITH ORDINALITY AS paths(path, place)
                     WHERE COALESCE(payload #>> string_to_array(path, '.'), '') <> ''
                     ORDER BY place LIMIT 1) AS key,
                   count(*)
              FROM crm_migration_record
             WHERE stream_id = %s
             GROUP BY 1
            """,
            [paths, mapping.stream_id.id],
        )
        found = {
            (condition["list"], key): n for key, n in self.env.cr.fetchall() if key
        }
        self._keep_values(found)

    def _collect_values(self):
        """List every value that the mapping looks up in a list, with its count."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT pair ->> 0, pair ->> 1, count(*)
              FROM crm_migration_record AS record,
                   jsonb_path_query(record.values, 'strict $.**."$map"') AS pair
             WHERE record.job_id = %s AND record.values @? 'strict $.**."$map"'
             GROUP BY 1, 2
            """,
            [self.id],
        )
        self._keep_values({(name, key): n for name, key, n in self.env.cr.fetchall()})

    def _keep_values(self, found):
        """Create rows for new values with a proposal; update the counts of known ones."""
        known = {(row.list, row.key): row for row in self.value_map_ids}
        for pair, count in found.items():
            if pair in known and known[pair].count != count:
                known[pair].count = count
        new = [pair for pair in found if pair not in known]
        indexes = {}
        for name in {name for name, _key in new}:
            model = self._get_list(name).get("model")
            indexes[name] = NameIndex(self.env, model) if model else None
        self.env["crm.migration.value.map"].create(
            [
                self._propose_value(name, key, found[name, key], indexes[name])
                for name, key in new
            ]
        )

    def _propose_value(self, name, key, count, index):
        definition = self._get_list(name)
        choices = dict(definition.get("choices") or [])
        proposal = definition.get("proposals", {}).get(key) or definition.get(
            "otherwise"
        )
        values = {
            "job_id": self.id,
            "list": name,
            "list_label": definition["label"],
            "key": key,
            "label": choices.get(key) or key,
            "count": count,
            "model_name": definition.get("model"),
            "choices": [list(choice) for choice in choices.items()] or False,
        }
        if choices or not index:
            if proposal is not None:
                values |= {"choice": proposal, "decision": "map", "confidence": 90}
            return values
        record, confidence = index.find(proposal or key)
        if record:
            values |= {
                "target_ref": f"{index.model},{record}",
                "decision": "map",
                "confidence": confidence,
                "reason": self.env._("Same name."),
            }
        elif definition["create"]:
            values |= {
                "decision": "create",
                "confidence": 70,
                "reason": self.env._("Not in Odoo yet."),
            }
        return values

    # -- owners ----------------------------------------------------------------

    def _collect_owners(self):
        """List every owner seen, with counts; match by e-mail, then by name."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            WITH users AS (
                SELECT source_id AS key, values -> '' AS data
                  FROM crm_migration_record
                 WHERE job_id = %(job)s AND stream_id IN (
                       SELECT stream_id FROM crm_migration_mapping
                        WHERE job_id = %(job)s AND model_name = 'res.users')
            ), seen AS (
                SELECT owner #>> '{}' AS key, count(DISTINCT record.id) AS count
                  FROM crm_migration_record AS record,
                       jsonb_path_query(record.values, 'strict $.**."$owner"') AS owner
                 WHERE record.job_id = %(job)s
                   AND record.values @? 'strict $.**."$owner"'
                 GROUP BY 1
            )
            SELECT COALESCE(users.key, seen.key), users.data ->> 'name',
                   COALESCE(users.data ->> 'email', users.data ->> 'login'),
                   COALESCE(seen.count, 0)
              FROM users FULL JOIN seen ON seen.key = users.key
            """,
            {"job": self.id},
        )
        # Fetched before anything else is asked on the same cursor.
        rows = self.env.cr.fetchall()
        known = {owner.key: owner for owner in self.owner_ids}
        new = []
        for key, name, email, count in rows:
            if key in known:
                known[key].count = count
            elif key:
                email = email or (key if "@" in key else None)
                name = name or (key.split("@")[0] if "@" in key else key)
                new.append({"key": key, "name": name, "email": email, "count": count})
        users = self._get_user_index() if new else None
        self.env["crm.migration.owner"].create(
            [
                {"job_id": self.id, **owner, **self._match_owner(owner, users)}
                for owner in new
            ]
        )

    def _get_user_index(self):
        users = self.env["res.users"].sudo().with_context(active_test=False)
        found = users.search([("share", "=", False)], order="active, id desc")
        emails, names = {}, {}
        for user in found:
            for address in (user.login, user.email):
                emails[(address or "").strip().lower()] = user
            names.setdefault((user.name or "").strip().lower(), []).append(user)
        return emails, names

    def _match_owner(self, owner, users):
        emails, names = users
        if user := emails.get((owner["email"] or "").strip().lower() or None):
            reason = self.env._("Same e-mail address.")
            return {"user_id": user.id, "decision": "assign", "reason": reason}
        same_name = names.get((owner["name"] or "").strip().lower(), [])
        if len(same_name) == 1:
            reason = self.env._("Same name.")
            return {"user_id": same_name[0].id, "decision": "assign", "reason": reason}
        decisions = {"placeholder": "placeholder", "empty": "empty"}
        return {
            "decision": decisions.get(self.owner_policy, False),
            "reason": self.env._("No user in Odoo has this e-mail address or name."),
        }

    # -- fields ----------------------------------------------------------------

    def _report_undecided_fields(self, run):
        """Say which filled fields stay behind because nobody decided about them."""
        lines = self.mapping_ids.filtered("selected").line_ids.filtered(
            lambda line: line.state == "open" and line.fill_count
        )
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": "field_undecided",
                    "stream": line.mapping_id.stream,
                    "field": line.source,
                    "data": {"count": line.fill_count, "field": line.source},
                }
                for line in lines
            ],
        )
