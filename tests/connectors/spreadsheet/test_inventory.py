"""Tables that are known and become no records: why is said, and nobody is warned."""

import pytest

GROUPS = "Group ID,Group Name,Members\nG-1,Sales East,Nora Whitfield; Inês Prado\nG-2,Support,\n"
WORKFLOWS = "Name,Object,Trigger\nThank you,Deals,Won\n"


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [("groups.csv", GROUPS, "rights"), ("workflows.csv", WORKFLOWS, "guide")],
)
def test_they_are_recognized_and_have_a_reason(open_files, name, text, word):
    source = open_files({name: text})
    stream = name.removesuffix(".csv")
    codes = {finding.code for finding in source.check().findings}
    assert "table_found" in codes
    assert "table_unknown" not in codes
    [rule] = source.left_out
    assert rule.stream == stream
    assert word in str(rule.reason)
    assert not rule.when
    assert [m.stream for m in source.get_mappings()] == []


def test_a_list_of_groups_without_people_may_be_anything(open_files):
    """A museum has groups of visitors."""
    source = open_files({"groups.csv": "Name,Day\nSchool of Évora,2025-03-04\n"})
    assert source.left_out == ()
