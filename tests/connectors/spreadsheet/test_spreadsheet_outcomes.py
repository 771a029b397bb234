"""What a column of a file means: tags, states, outcomes and probabilities, by cases of real kinds."""

import pytest
from spreadsheet_common import values

from connectors.mapping.outcomes import meaning_of, propose_choice


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("VIP;Partner", ["VIP", "Partner"]),
        ("VIP|Partner", ["VIP", "Partner"]),
        ("VIP, Partner", ["VIP", "Partner"]),
        ("VIP |##| Partner", ["VIP", "Partner"]),
        ("Friends ::: * myContacts", ["Friends", "myContacts"]),
        ("VIP; Müller, Berlin", ["VIP", "Müller, Berlin"]),
        ('[""VIP"", ""Partner""]', ["VIP", "Partner"]),
    ],
)
def test_tags_are_divided_as_their_column_is_written(read, cell, tags):
    found = read(contacts__csv=f'id,full name,Tags\n1,Vera,"{cell}"\n2,Otto,\n')
    listed = [tag["$map"][1] for tag in values(found, "contacts", "1")["category_id"]]
    assert listed == tags


@pytest.mark.parametrize(
    ("values_", "percents"),
    [
        (("0.25", "0.8"), [25, 80]),
        (("25", "80"), [25, 80]),
        (("25 %", "0.8 %"), [25, 0.8]),
    ],
)
def test_a_probability_is_in_hundredths(read, values_, percents):
    rows = "".join(f"{n},D{n},1,{text}\n" for n, text in enumerate(values_, 1))
    found = read(deals__csv="id,deal name,amount,probability\n" + rows)
    got = [values(found, "deals", key)["probability"] for key in "12"]
    assert got == percents


def test_flags_of_won_and_closed_say_the_outcome(read):
    found = read(
        Opportunity__csv="Id,Name,StageName,Amount,IsClosed,IsWon\n"
        "1,A,Closed Won,1,1,1\n2,B,Closed Lost,1,1,0\n3,C,Proposal,1,0,0\n"
    )
    got = [values(found, "deals", key)["@state"] for key in "123"]
    assert got == ["won", "lost", "open"]


def test_a_flag_that_says_only_won_leaves_the_rest_to_the_stage(read):
    found = read(
        deals__csv="Record ID,Deal Name,Deal Stage,Is Closed Won\n1,A,Closed Won,true\n"
        "2,B,Closed Lost,false\n"
    )
    assert values(found, "deals", "1")["@state"] == "won"
    assert values(found, "deals", "2")["@state"] == {
        "$map": ["stage_outcomes", "Closed Lost"]
    }


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("WON", "won"), ("Gewonnen", "won"), ("Gagné", "won"), ("Ganado", "won"),
        ("Vinta", "won"), ("Wygrana", "won"), ("Vunnen", "won"), ("Выиграна", "won"),
        ("Kazanıldı", "won"), ("成約", "won"), ("Closed - Won 🎉", "won"),
        ("LOST", "lost"), ("Verloren", "lost"), ("Perdu", "lost"), ("Perdido", "lost"),
        ("Abandoned", "lost"), ("Closed Lost to Competition", "lost"), ("Przegrana", "lost"),
        ("offen", "open"), ("En cours", "open"), ("Aberto", "open"), ("В работе", "open"),
        ("Parked", None), ("Not won", None), ("Closed", None), ("Proposal accepted", None),
    ],
)  # fmt: skip
def test_words_say_what_became_of_a_deal(text, meaning):
    assert meaning_of(text, "OUTCOMES") == meaning


@pytest.mark.parametrize(
    ("text", "table", "meaning"),
    [
        ("Erledigt", "PROGRESS", "done"), ("Not Started", "PROGRESS", "open"),
        ("Terminée", "PROGRESS", "done"), ("Waiting on someone else", "PROGRESS", "open"),
        ("Hoch", "PRIORITIES", "2"), ("Urgente", "PRIORITIES", "3"), ("Low", "PRIORITIES", "0"),
        ("Anruf", "ACTIVITY_TYPES", "Call"), ("Rendez-vous", "ACTIVITY_TYPES", "Meeting"),
        ("Closed", "STAGE_OUTCOMES", None), ("Angebot", "STAGE_OUTCOMES", "open"),
        ("Gibberish", "PROGRESS", None),
    ],
)  # fmt: skip
def test_words_of_other_lists_are_understood_or_asked_for(text, table, meaning):
    assert propose_choice(text, table) == meaning


@pytest.mark.parametrize(
    ("words", "target"),
    [(("Bavaria", "NSW"), "state_id"), (("Contacted", "Junk"), "@state")],
)
def test_the_state_of_a_lead_is_where_or_how_it_is(read, words, target):
    rows = "".join(f"{n},L{n},{word},\n" for n, word in enumerate(words, 1))
    found = read(leads__csv="id,lead name,state,country\n" + rows)
    got = values(found, "leads", "1")
    assert target in got
    assert len({"state_id", "@state"} & set(got)) == 1


def test_words_written_together_say_the_outcome():
    texts = ("closedwon", "ClosedLost", "Kesken")
    assert [meaning_of(text, "OUTCOMES") for text in texts] == ["won", "lost", "open"]
    assert propose_choice("closedwon", "STAGE_OUTCOMES") == "won"


def test_a_lead_has_a_probability_of_its_own(read):
    found = read(leads__csv="id,lead name,probability\n1,A,25 %\n2,B,80 %\n")
    assert values(found, "leads", "2")["probability"] == 80
