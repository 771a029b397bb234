"""Walk every list, form and chart of the addon as the web client asks for it."""

import re

from lxml import etree

from odoo.tools.safe_eval import safe_eval

CODE = re.compile(r"^[a-z]+(_[a-z0-9]+)+$")
NO_WORDS = re.compile(
    r"\[['\"\[{]|['\"]\]|\b(?:None(?! of)|False|True)\b|%\(\w+\)|%s|\{['\"]"
    r"|(?<![\w.@/=-])[a-z]+_[a-z_]+(?![\w.@/=-])"
)
"""What a program says: lists, constants, codes, places that nobody filled."""
QUOTED = re.compile(r"“[^”]*”|\([^)]*\)|\S*[.@/]\S*")
"""What the customer's own data says, which may look like anything."""


def find_code_like(text):
    """Return what in a sentence no person would write, None where all are words.

    >>> find_code_like("Nobody decided where %(field)s goes.")
    '%(field)s'
    >>> find_code_like("“n_a” is not a date.")
    """
    found = NO_WORDS.search(QUOTED.sub("", text or ""))
    placeholder = re.search(r"%\(\w+\)s|%s", text or "")
    return (placeholder or found).group() if placeholder or found else None


class ScreenWalk:
    """Mixed into a test that has ``job``, a migration that was loaded and verified."""

    def get_actions(self):
        return self.env["ir.actions.act_window"].search(
            [("res_model", "=like", "crm.migration.%"), ("target", "=", "current")]
        )

    def read_view(self, model, view_type, arch, domain):
        """Ask for what a view shows; return the rows of a list."""
        names = [name for name in get_fields(arch) if name in model._fields]
        if view_type in ("pivot", "graph"):
            self.read_sums(model, view_type, arch, domain)
            return []
        spec = {name: get_specification(model, name) for name in names}
        limit = 1 if view_type == "form" else 80
        found = model.web_search_read(domain, spec, limit=limit, count_limit=10001)
        return found["records"]

    def read_sums(self, model, view_type, arch, domain, groups=None):
        """Ask for what a pivot or a graph shows, by its own groups or by others."""
        wanted = groups or [
            node.get("name")
            for node in arch.iter("field")
            if node.get("type") != "measure"
        ]
        sums = [
            f"{node.get('name')}:sum"
            for node in arch.iter("field")
            if node.get("type") == "measure"
        ]
        if view_type == "graph":
            found = [model.formatted_read_group(domain, wanted, ["__count", *sums])]
        else:
            sets = [wanted[:number] for number in range(len(wanted) + 1)]
            found = model.formatted_read_grouping_sets(domain, sets, ["__count", *sums])
        for group in (group for part in found for group in part):
            for name in set(wanted) & group.keys():
                head = group[name]
                head = head[1] if isinstance(head, tuple | list) else head
                if model._fields[name].type == "char" and name != "field":
                    self.assertNotRegex(str(head), CODE)

    def get_aggregates(self, model, arch):
        return [
            f"{node.get('name')}:{kind}"
            for node in arch.iter("field")
            for kind in ("sum", "avg")
            if node.get(kind)
            and (field := model._fields.get(node.get("name")))
            and (field.store and field.aggregator)
        ]

    def walk_action(self, action):
        """Open each view of an action with nothing, each filter and each grouping."""
        model = self.env[action.res_model]
        context = safe_eval(action.context or "{}")
        kinds = action.view_mode.split(",")
        views = model.with_context(**context).get_views(
            [(False, kind) for kind in [*kinds, "search"]]
        )["views"]
        search = etree.fromstring(views["search"]["arch"])
        domains, groupings = [[]], []
        for node in search.iter("filter"):
            group = safe_eval(node.get("context") or "{}").get("group_by")
            domain = safe_eval(node.get("domain") or "[]")
            domains.append(domain)
            if group:
                groupings.append(group)
        for kind in kinds:
            arch = etree.fromstring(views[kind]["arch"])
            for domain in domains:
                with self.subTest(action=action.xml_id, view=kind, domain=domain):
                    self.read_view(model, kind, arch, domain)
            if kind in ("list", "kanban"):
                self.walk_groups(action, model, arch, groupings)
            for group in groupings if kind in ("pivot", "graph") else ():
                with self.subTest(action=action.xml_id, view=kind, group_by=group):
                    self.read_sums(model, kind, arch, [], [group])
        self.walk_names(action, model, search)

    def walk_names(self, action, model, search):
        """See that records bear names, and that a search by a name finds its record."""
        records = model.search([], limit=5)
        for record in records:
            with self.subTest(action=action.xml_id, record=record.id):
                name = record.display_name or ""
                self.assertTrue(name.strip())
                self.assertNotIn(f"{model._name},", name)
                self.assertNotRegex(name, r"^(False|None)\b")
        for node in search.iter("field"):
            field = model._fields[node.get("name")]
            if field.type not in ("char", "text", "many2one"):
                continue
            with self.subTest(action=action.xml_id, search=field.name):
                found = model.search([(field.name, "!=", False)], limit=1)
                if not found or not field.store:
                    continue
                text = found[field.name]
                text = text.display_name if field.type == "many2one" else text
                domain = safe_eval(
                    node.get("filter_domain") or f"[('{field.name}', 'ilike', self)]",
                    {"self": text},
                )
                self.assertIn(found.id, model.search(domain).ids, text)

    def walk_groups(self, action, model, arch, groupings):
        aggregates = self.get_aggregates(model, arch)
        for group in groupings:
            with self.subTest(action=action.xml_id, group_by=group):
                found = model.web_read_group([], [group], aggregates)
                for each in found["groups"]:
                    head = each[group]
                    head = head[1] if isinstance(head, tuple | list) else head
                    # A field of the source bears the name that it has there.
                    if model._fields[group].type == "char" and group != "field":
                        self.assertNotRegex(str(head), CODE)
                    domain = each["__extra_domain"]
                    self.read_view(model, "list", arch, domain)

    def test_every_list_opens_with_every_filter_and_every_grouping(self):
        actions = self.get_actions()
        self.assertGreater(len(actions), 12)
        for action in actions:
            self.walk_action(action)

    def test_every_empty_list_says_what_it_is_for(self):
        for action in self.get_actions():
            with self.subTest(action=action.xml_id):
                self.assertIn("o_view_nocontent", action.help or "")
                self.assertGreater(len(action.help), 80)


def get_fields(arch):
    """Return the names of the fields of a view, those of lists within left out."""
    return {
        node.get("name")
        for node in arch.iter("field")
        if not any(above.tag == "field" for above in node.iterancestors())
    }


def get_specification(model, name):
    """Return how the web client reads a field."""
    field = model._fields[name]
    if field.type == "many2one":
        return {"fields": {"display_name": {}}}
    if field.type in ("one2many", "many2many"):
        return {"fields": {"display_name": {}}, "limit": 40}
    return {}
