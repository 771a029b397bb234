"""Among other apps: tasks take the fast lane as well, and end as Odoo would end them."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

from .lane_common import LaneCase
from .test_lane import RUNS, html, moments, names, some, texts


@tagged("post_install", "-at_install")
class TestLaneApps(LaneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.has_projects():
            kinds = cls.env["project.task.type"].create([{"name": n} for n in "ab"])
            cls.project = cls.env["project.project"].create(
                {"name": "Moved", "type_ids": [Command.set(kinds.ids)]}
            )
            cls.kinds = kinds
            cls.parent = cls.env["project.task"].create(
                {"name": "Parent", "project_id": cls.project.id}
            )

    @classmethod
    def has_projects(cls):
        return "project.task" in cls.env

    def tasks(self):
        users = [self.env.ref("base.user_admin").id, self.env.ref("base.user_root").id]
        return some(
            name=names,
            project_id=st.sampled_from([False, self.project.id]),
            parent_id=st.sampled_from([False, self.parent.id]),
            stage_id=st.sampled_from(self.kinds.ids),
            user_ids=st.lists(st.sampled_from(users), max_size=2).map(
                lambda ids: [Command.set(ids)]
            ),
            description=html,
            state=st.sampled_from(["01_in_progress", "1_done", "1_canceled"]),
            date_deadline=moments,
            priority=st.sampled_from(["0", "1"]),
            email_cc=texts,
            active=st.booleans(),
            date_end=st.just(datetime(2020, 1, 2, 3, 4, 5)),
        ).filter(lambda vals: vals.get("name"))

    def test_tasks(self):
        if not self.has_projects():
            # Nothing to compare: the other world runs it.
            self.assertNotIn("project.task", self.env)
            return

        @RUNS
        @given(st.lists(self.tasks(), min_size=1, max_size=6))
        def same(vals_list):
            self.assert_same_both_ways("project.task", vals_list)

        same()
