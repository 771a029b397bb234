import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class StagingRecord extends models.Model {
    _name = "crm.migration.record";

    payload = fields.Json();

    _records = [
        {
            id: 1,
            payload: {
                name: "Söderström <b>&</b> Co",
                vip: false,
                employees: 0,
                fax: null,
                note: "",
                tags: [],
                address: { city: "東京", lines: { first: { text: "1-1" } } },
            },
        },
        { id: 2, payload: false },
        { id: 3, payload: {} },
    ];
}

defineMailModels();
defineModels([StagingRecord]);

function mountTree(resId) {
    return mountView({
        type: "form",
        resModel: "crm.migration.record",
        resId,
        arch: `<form><field name="payload" widget="crm_migration_tree"/></form>`,
    });
}

test("a value stands beside its name, as text and never as markup", async () => {
    await mountTree(1);
    expect(queryAllTexts(".o_crm_migration_tree > div > div:not(details)")).toEqual([
        "name\nSöderström <b>&</b> Co",
        "vip\nfalse",
        "employees\n0",
        "fax\n—",
        "note\n—",
        "tags\n—",
    ]);
    expect(".o_crm_migration_tree b").toHaveCount(0);
});

test("branches say how much they hold; those of the first two levels are open", async () => {
    await mountTree(1);
    expect(queryAllTexts("summary")).toEqual(["address2", "lines1", "first1"]);
    const branches = [...document.querySelectorAll("details")];
    expect(branches.map((branch) => branch.open)).toEqual([true, true, false]);
    branches[2].open = true;
    expect("details details details .text-break").toHaveText("1-1");
});

test("what was wiped is said", async () => {
    for (const resId of [2, 3]) {
        await mountTree(resId);
    }
    expect(".o_crm_migration_tree p:contains(wiped)").toHaveCount(2);
    expect("details").toHaveCount(0);
});
