"""Rows of exports that are no records of their own, by what real systems write."""

import pytest
from files import sheet

from connectors.mapping.apply import applies, apply, as_json
from connectors.mapping.outcomes import propose_choice


class Files:
    """What a source makes of some files, row by row."""

    def __init__(self, source):
        self.source = source
        self.mappings = list(map(as_json, source.get_mappings()))
        self.rules = list(source.left_out)

    def rows(self, stream):
        pages = self.source.read_pages(self.source.get_stream(stream), None)
        return {r.source_id: r.data for page in pages for r in page.records}

    def made(self, stream):
        """Return source id → [(model, values)] of every mapping that takes the row."""
        return {
            key: [
                (mapping["model"], apply(mapping["fields"], data).values)
                for mapping in self.mappings
                if mapping["stream"] == stream and applies(mapping, data)
            ]
            for key, data in self.rows(stream).items()
        }

    def reasons(self, stream):
        """Return source id → why the row is left out, of those that are."""
        return {
            key: rule.reason
            for key, data in self.rows(stream).items()
            for rule in self.rules
            if rule.stream == stream
            and applies({"when": [each.as_json() for each in rule.when]}, data)
        }


@pytest.fixture
def read(source):
    return lambda **contents: Files(source(**contents))


# -- deleted -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "gone", "there"),
    [
        ("IsDeleted", "1", "0"),
        ("IsDeleted", "true", "false"),
        ("Is Deleted", "TRUE", "FALSE"),
        ("deleted", "1", "0"),
        ("Deleted", "Ja", "Nein"),
        ("deleted_at", "2024-05-01 10:00:00", ""),
    ],
)
def test_a_deleted_row_is_left_out_with_a_reason(read, column, gone, there):
    found = read(
        Contact__csv=f"Id,{column},LastName,Email\n"
        f"C1,{there},Example,v@alpha.example\n"
        f"C2,{gone},Gone,g@alpha.example\n"
    )
    made = found.made("contacts")
    assert [model for model, _v in made["C1"]] == ["res.partner"]
    assert made["C2"] == []
    reasons = found.reasons("contacts")
    assert set(reasons) == {"C2"}
    assert "deleted" in reasons["C2"]


def test_nothing_is_left_out_where_nothing_says_that_it_was_deleted(read):
    found = read(
        contacts__csv="id,name,email,deleted items,deleted\n"
        "1,Vera Example,v@alpha.example,1,an old text\n"
    )
    assert len(found.made("contacts")["1"]) == 1
    assert not found.rules


# -- series of meetings ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "series", "meeting"),
    [
        ("IsRecurrence,RecurrenceActivityId", "1,E1", "0,E1"),
        ("IsRecurrence,RecurrenceActivityId", "true,", "false,E1"),
        ("GroupEventType,IsRecurrence2", "3,0", "0,1"),
    ],
)
def test_the_pattern_of_a_series_is_no_meeting(read, columns, series, meeting):
    """Salesforce exports it beside each of its occurrences, with the day of the first."""
    when = "2024-05-06T08:00:00.000Z,2024-05-06T08:30:00.000Z"
    found = read(
        Event__csv=f"Id,Subject,StartDateTime,EndDateTime,{columns}\n"
        f"E1,Standup,{when},{series}\n"
        f"E2,Standup,{when},{meeting}\n"
        f"E3,Standup,{when.replace('05-06', '05-13')},{meeting}\n"
    )
    (stream,) = found.rules and {r.stream for r in found.rules}
    made = found.made(stream)
    assert {key: [m for m, _v in each] for key, each in made.items()} == {
        "E1": [],
        "E2": ["calendar.event"],
        "E3": ["calendar.event"],
    }
    assert "series" in found.reasons(stream)["E1"]


# -- converted leads -------------------------------------------------------------------

LEADS = (
    "Id,IsDeleted,FirstName,LastName,Company,Email,Status,OwnerId,IsConverted,"
    "ConvertedDate,ConvertedAccountId,ConvertedContactId,ConvertedOpportunityId,"
    "CreatedDate\n"
    "L1,0,Vera,Example,Alpha,v@alpha.example,Open,U1,0,"
    ",000000000000000AAA,000000000000000AAA,000000000000000AAA,2024-01-02 10:00:00\n"
    "L2,0,Otto,Beta,Beta GmbH,o@beta.example,Qualified,"
    "U1,1,2024-03-04 00:00:00,A1,C1,"
    "O1,2024-02-03 11:00:00\n"
)
OTHERS = {
    "Account__csv": "Id,IsDeleted,Name\nA1,0,Beta GmbH\n",
    "Contact__csv": "Id,IsDeleted,FirstName,LastName,AccountId\nC1,0,Otto,Beta,A1\n",
    "Opportunity__csv": "Id,IsDeleted,Name,Amount,StageName,AccountId\n"
    "O1,0,Saddles,100,Proposal,A1\n",
}


def test_a_converted_lead_is_a_note_on_what_it_became(read):
    found = read(Lead__csv=LEADS, **OTHERS)
    made = found.made("leads")
    [(model, lead)] = made["L1"]
    assert (model, lead["type"], lead["name"]) == (
        "crm.lead",
        "lead",
        "Vera Example Alpha",
    )
    [(model, note)] = made["L2"]
    assert model == "mail.message"
    assert [each["$ref"][:2] for each in note["@thread"]] == [
        ["deals", "O1"],
        ["contacts", "C1"],
        ["companies", "A1"],
    ]
    assert note["date"] == "2024-03-04 00:00:00"
    assert note["@created_at"] == "2024-02-03 11:00:00"
    assert note["subject"] == "Otto Beta Beta GmbH"
    for text in ("Email: o@beta.example", "Status: Qualified", "LastName: Beta"):
        assert text in note["body"]
    after = {
        m["model"]: set(m["after"]) for m in found.mappings if m["stream"] == "leads"
    }
    assert after["mail.message"] == {"deals", "contacts", "companies"}


def test_a_converted_lead_stays_one_where_nothing_that_it_became_is_read(read):
    found = read(Lead__csv=LEADS)
    models = [model for rows in found.made("leads").values() for model, _v in rows]
    assert models == ["crm.lead", "crm.lead"]


# -- products of a deal ----------------------------------------------------------------

DEALS = (
    '"ID";"Deal Name";"Pipeline";"Stage";"Income";"Currency";"Product";"Price";"Quantity";\n'
    '"31";"Saddles";"Sales";"Proposal";"300";"Euro";"Saddle “Ærø”";"150";"2";\n'
    '"31";"Saddles";"Sales";"Proposal";"40.50";"Euro";"Girth";"40.50";"1";\n'
    '"32";"Bits";"Sales";"Proposal";"90";"Euro";"";"";"";\n'
    '"33";"Reins";"Sales";"Closed";"20";"Euro";"Rein";"20";"1";\n'
    '"33";"Reins";"Sales";"Closed";"20";"Euro";"Rein";"20";"1";\n'
)


def test_the_products_of_a_deal_are_lines_of_it_and_no_deals(read):
    found = read(DEAL_20250101_0a1b2c3d_x9__csv="\ufeff" + DEALS)
    [stream] = found.source.get_streams()
    made = found.made(stream.name)
    assert list(made) == ["31", "32", "33"]
    [[(_m, saddles)], [(_m, bits)], [(_m, reins)]] = made.values()
    revenues = [deal["expected_revenue"] for deal in (saddles, bits, reins)]
    assert revenues == [340.5, 90.0, 40.0]
    for cell in ("Saddle “Ærø”", "Girth", "150", "40.50"):
        assert f"<td>{cell}</td>" in saddles["description"]
    assert "description" not in bits
    assert found.source.count(stream) == 3
    [look] = found.source.look_again(stream)
    assert look.rows - look.set_aside == 3


def test_an_amount_that_every_line_repeats_counts_once(read):
    found = read(
        opportunities__csv="Opportunity ID,Opportunity Name,Stage,Amount,Product Name,"
        "Quantity,Sales Price\n"
        "006A,Saddles,Proposal,340.5,Saddle,2,150\n"
        "006A,Saddles,Proposal,340.5,Girth,1,40.5\n"
    )
    [[(_model, deal)]] = found.made("deals").values()
    assert deal["expected_revenue"] == 340.5


def test_reading_goes_on_behind_the_lines_of_a_deal(read, monkeypatch):
    monkeypatch.setattr("connectors.spreadsheet.reading.PAGE_ROWS", 1)
    source = read(deals__csv=DEALS).source
    stream, checkpoint, ids = source.get_stream("deals"), None, []
    for _page in range(9):
        page = next(iter(source.read_pages(stream, checkpoint)))
        ids += [record.source_id for record in page.records]
        assert not page.errors
        checkpoint = page.checkpoint
        if checkpoint is None:
            break
    assert ids == ["31", "32", "33"]


# -- meetings, ids, outcomes, amounts that come again ------------------------------------


def test_days_of_a_meeting_without_times_are_whole_days(read):
    found = read(
        Export_Meeting__csv="id,name,dateStart,dateEnd,dateStartDate,dateEndDate,createdAt\n"
        "64a1b2c3d4e5f6a7b,Fair,,,2024-05-06,2024-05-07,2024-01-02 10:00:00\n"
        "64a1b2c3d4e5f6a7c,Call,2024-05-08 12:30:00,2024-05-08 13:00:00,,,2024-01-02 10:00:00\n"
        "64a1b2c3d4e5f6a7d,Feast,2024-05-08 22:00:00,2024-05-09 22:00:00,2024-05-09,"
        "2024-05-09,2024-01-02 10:00:00\n"
    )
    [[(_m, fair)], [(_m, call)], [(_m, feast)]] = found.made("meetings").values()
    days = [
        (m["allday"], m.get("start_date"), m.get("stop_date")) for m in (fair, feast)
    ]
    assert days == [
        (True, "2024-05-06", "2024-05-07"),
        (True, "2024-05-09", "2024-05-09"),
    ]
    assert (call["allday"], call["start"], call["stop"]) == (
        *(False, "2024-05-08 12:30:00"),
        "2024-05-08 13:00:00",
    )
    assert not {"start", "stop"} & {*fair, *feast}


def test_ids_with_decimals_are_those_without(read):
    found = read(
        companies__csv="id,name,industry\n1,Alpha,Wood\n2,Beta,Steel\n",
        contacts__csv="id,full name,company id,email\n"
        "7,Vera Example,1.0,v@alpha.example\n8,Otto Beta,2.0,o@beta.example\n9,Nobody,,n@x.example\n",
        deals__csv="deal id,deal name,amount,stage,contact id\n5.0,Saddles,1.0,New,7.0\n",
    )
    people = found.made("contacts")
    assert people["7"][0][1]["parent_id"] == {"$ref": ["companies", "1"]}
    assert people["8"][0][1]["parent_id"] == {"$ref": ["companies", "2"]}
    [[(_model, deal)]] = found.made("deals").values()
    assert list(found.made("deals")) == ["5"]
    assert deal["partner_id"] == {"$ref": ["contacts", "7"]}
    assert deal["expected_revenue"] == 1.0


def test_numbers_with_parts_are_no_ids_that_lost_their_form(read):
    found = read(deals__csv="id,deal name,amount,stage\n1.0,A,1,New\n1.1,B,2,New\n")
    assert list(found.made("deals")) == ["1.0", "1.1"]


@pytest.mark.parametrize("header", ["W/L", "Won/Lost", "Win / Loss"])
def test_a_column_of_letters_says_what_became_of_a_deal(read, header):
    found = read(
        deals__csv=f"id,deal name,amount,stage,{header}\n1,A,1,Offer,W\n2,B,2,Offer,L\n"
        "3,C,3,Offer,\n4,D,3,Offer,Won\n"
    )
    states = [deal.get("@state") for [(_m, deal)] in found.made("deals").values()]
    assert states == [
        {"$map": ["deal_states", "Won"]},
        {"$map": ["deal_states", "Lost"]},
        None,
        {"$map": ["deal_states", "Won"]},
    ]


def test_an_amount_that_comes_again_is_recurring_revenue(read):
    found = read(
        opportunities__csv="id,lead_name,status_label,value,value_currency,value_period\n"
        "o1,Alpha,Proposal,1200,EUR,one_time\n"
        "o2,Beta,Proposal,99.50,EUR,monthly\n"
        "o3,Gamma,Proposal,1000,EUR,annual\n"
    )
    made = [deal for [(_m, deal)] in found.made("deals").values()]
    amounts = [(d.get("expected_revenue"), d.get("recurring_revenue")) for d in made]
    assert amounts == [(1200.0, None), (None, 99.5), (None, 1000.0)]
    plans = [deal.get("recurring_plan") for deal in made]
    assert plans == [
        None,
        {"$map": ["recurring_plans", "monthly"]},
        {"$map": ["recurring_plans", "annual"]},
    ]
    words = [propose_choice(text, "RECURRING_PLANS") for text in ("monthly", "annual")]
    assert words == ["Monthly", "Yearly"]
    lists = {values.name for values in found.source.get_value_lists()}
    assert "recurring_plans" in lists


def test_a_time_that_is_refused_is_told_as_people_write_it():
    fields = [{"target": "stop", "source": ["b", "e"], "steps": [["period", "stop"]]}]
    data = {"b": "2025-03-06T10:00:00Z", "e": "2025-03-06T09:30:00Z"}
    [problem] = apply(fields, data, zone="Europe/Berlin").problems
    assert problem.code == "end_before_begin"
    assert problem.value == "2025-03-06 11:00, 2025-03-06 10:30"


# -- links behind cells ------------------------------------------------------------------


def test_what_lies_behind_a_cell_is_read_as_well(read):
    def link(sheet_):
        sheet_["B2"].hyperlink = "mailto:vera@alpha.example?subject=Hello"
        sheet_["C2"].hyperlink = "https://alpha.example/team"
        sheet_["B3"].hyperlink = "mailto:otto@beta.example"
        sheet_["A2"].hyperlink = "#Sheet1!A1"

    found = read(
        Contacts__xlsx=sheet(
            [
                ["ID", "Full Name", "Company", "Job Title"],
                [1, "Vera Example", "Alpha", "Buyer"],
                [2, "Otto Beta", "Beta", "Owner"],
                [3, "Nobody", "Beta", "Clerk"],
            ],
            change=link,
        )
    )
    rows = found.rows("contacts")
    assert rows["1"] == {
        "ID": 1,
        "Full Name": "Vera Example",
        "Full Name (link)": "vera@alpha.example",
        "Company": "Alpha",
        "Company (link)": "https://alpha.example/team",
        "Job Title": "Buyer",
    }
    assert "Full Name (link)" not in rows["3"]
    made = {key: values for key, [(_m, values)] in found.made("contacts").items()}
    people = [(made[key]["name"], made[key].get("email")) for key in ("1", "2", "3")]
    assert people == [
        ("Vera Example", "vera@alpha.example"),
        ("Otto Beta", "otto@beta.example"),
        ("Nobody", None),
    ]
    columns = {
        field.path
        for field in found.source.describe(found.source.get_stream("contacts"))
    }
    assert "Company (link)" in columns


def test_the_address_behind_a_word_is_the_e_mail(read):
    def link(sheet_):
        sheet_["C2"].hyperlink = "mailto:vera@alpha.example"

    found = read(
        Contacts__xlsx=sheet(
            [
                ["ID", "Full Name", "E-Mail"],
                [1, "Vera Example", "write"],
                [2, "Otto", "o@beta.example"],
            ],
            change=link,
        )
    )
    made = {key: values for key, [(_m, values)] in found.made("contacts").items()}
    assert (made["1"]["email"], made["2"]["email"]) == (
        "vera@alpha.example",
        "o@beta.example",
    )
