"""Headers of programs that have no dialect of their own: each kind that was missed once."""

import pytest


def targets_of(source, model):
    mapping = next(m for m in source.get_mappings() if m.model == model)
    return {f.target: f.source for f in mapping.fields if f.source}


def test_a_description_is_the_title_where_a_detail_stands_beside_it(open_files):
    text = "Task ID,Description,Detail,Due Date,Owner\n1,Call back,About the lease,2025-03-04,ana\n"
    found = targets_of(open_files({"tasks.csv": text}), "mail.activity")
    assert (found["summary"], found["note"]) == ("Description", "Detail")
    text = "Task ID,Subject,Description,Detail,Due Date\n1,A,B,C,2025-03-04\n"
    found = targets_of(open_files({"tasks.csv": text}), "mail.activity")
    assert (found["summary"], found["note"]) == ("Subject", "Description")


def test_moments_from_and_to_are_those_of_a_meeting(open_files):
    text = "Id,Title,From,To,Location\n1,Visit,2025-03-04 10:00:00,2025-03-04 11:00:00,Cork\n"
    found = targets_of(open_files({"events.csv": text}), "calendar.event")
    assert (found["start"], found["stop"]) == ("From", "To")


@pytest.mark.parametrize("name", ["lead_5c1d.csv", "leads_20250101.csv", "Leads2.csv"])
def test_a_checksum_in_the_name_of_a_file_says_nothing(open_files, name):
    text = "ID,Lead Name,Status,Responsible\n1,Roof,New,Ana\n"
    (group,) = open_files({name: text}).get_groups().values()
    assert group.known == "leads"


def test_norwegian_is_read_where_danish_has_another_word(open_files):
    text = "Kontakt-ID;Fornavn;Etternavn;Direktetelefon;Vår kontakt\n1;Åse;Lie;22 33 44 55;Ola\n"
    found = targets_of(open_files({"personer.csv": text}), "res.partner")
    assert found["user_id"] == "Vår kontakt"
    assert found["phone"] == "Direktetelefon"
