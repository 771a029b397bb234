"""One row of NextCRM's database again by its key, and nothing but a key."""

import pytest
from nextcrm_common import connect
from reading import own, records

from connectors.core.errors import ForbiddenError

pytestmark = pytest.mark.simulator


def one(source, name, key):
    return source.read_one(source.get_stream(name), key)


def test_a_row_that_went_to_the_bin_is_gone(simulator):
    key = next(iter(own(connect(simulator), "contacts")))
    simulator.execute('UPDATE "crm_Contacts" SET "deletedAt" = now() WHERE id = %s', (key,))  # fmt: skip
    assert one(connect(simulator), "contacts", key).records == ()


def test_a_mail_of_several_mailboxes_is_known_by_one_id_only(simulator):
    source = connect(simulator)
    mails = own(source, "emails")
    several = next(data for data in mails.values() if len(data["_copies"]) > 1)
    for copy in several["_copies"]:
        found = one(source, "emails", copy).records
        assert [r.data for r in found] == ([several] if copy == several["id"] else [])


def test_a_document_brings_each_place_where_it_hangs(simulator):
    source = connect(simulator)
    whole = records(source, "documents")
    for key in own(source, "documents"):
        due = [r for r in whole if key in (r.source_id, r.data.get("document_id"))]
        assert sorted(map(repr, one(source, "documents", key).records)) == sorted(map(repr, due))  # fmt: skip


def test_tags_and_opt_outs_are_found_by_their_words(simulator):
    source = connect(simulator)
    for name in ("contact_tags", "task_tags", "opt_outs"):
        whole = own(source, name)
        assert whole, name
        for key, data in whole.items():
            (found,) = one(source, name, key).records
            assert (found.source_id, found.data) == (key, data)
        for odd in ("' OR true --", "%(id)s", "%s", "\0", "\ud83d"):
            assert one(source, name, odd).records == ()


def test_a_key_stays_a_value_whatever_stands_in_it(simulator):
    source = connect(simulator)
    key = next(iter(own(source, "contacts")))
    odd = (f"{key}' OR 'a'='a", f"{{{key}}}", key.upper(), key.replace("-", ""), f" {key}", "%(after)s")  # fmt: skip
    for source_id in odd:
        assert one(source, "contacts", source_id).records == ()
    assert len(own(source, "contacts")) == source.count(source.get_stream("contacts"))


def test_a_table_that_is_closed_to_us_says_so(simulator):
    source = connect(simulator)
    key = next(iter(own(source, "contacts")))
    simulator.execute('REVOKE SELECT ON "crm_Contacts" FROM CURRENT_USER')
    with pytest.raises(ForbiddenError):
        one(connect(simulator), "contacts", key)
