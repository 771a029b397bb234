import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

const NAME = {
    target: "name",
    part: "",
    heading: "Contact",
    label: "Name",
    source: "Zoë\nO'Neill",
    converted: "Zoë O'Neill",
    now: null,
    edited: true,
};
const CITY = {
    target: "city",
    part: "home",
    label: "City",
    source: "<i>Åre</i>",
    now: null,
};

class StagingRecord extends models.Model {
    _name = "crm.migration.record";

    state = fields.Selection({
        selection: ["new", "problem", "skipped", "unmapped", "loaded"].map((s) => [
            s,
            s,
        ]),
    });
    comparison = fields.Json();

    _records = [
        { id: 1, state: "problem", comparison: [NAME, CITY] },
        {
            id: 2,
            state: "loaded",
            comparison: [
                { ...NAME, now: "Zoë O'Neill", differs: false },
                { ...CITY, now: "Östersund", differs: true },
            ],
        },
        { id: 3, state: "skipped", comparison: [NAME] },
        { id: 4, state: "unmapped", comparison: [] },
        {
            id: 5,
            state: "new",
            comparison: [
                { label: "Name", this: "Twin AG", other: "Twin AG", differs: false },
                { label: "E-mail", this: "a@twin.example", other: "", differs: true },
            ],
        },
    ];
}

defineMailModels();
defineModels([StagingRecord]);

function mountComparison(resId, widget = "crm_migration_comparison") {
    return mountView({
        type: "form",
        resModel: "crm.migration.record",
        resId,
        arch: `
            <form>
                <field name="state"/>
                <field name="comparison" widget="${widget}"/>
            </form>`,
    });
}

test("source and converted value stand side by side, under the part they belong to", async () => {
    await mountComparison(1);
    expect(queryAllTexts("thead th")).toEqual([
        "Odoo Field",
        "In the Source",
        "Becomes",
        "",
    ]);
    expect(queryAllTexts("tbody th")).toEqual(["Contact"]);
    expect("tbody th").toHaveAttribute("colspan", "4");
    expect(queryAllTexts("tr[data-target=name] td")).toEqual([
        "Name",
        "Zoë\nO'Neill",
        "Zoë O'NeillEdited",
        "",
    ]);
    expect("tr[data-target=name] .badge").toHaveText("Edited");
    expect("tr[data-target=city] .badge").toHaveCount(0);
    expect("tr[data-target=city] td:eq(1)").toHaveText("<i>Åre</i>");
});

test("what Odoo has now stands beside, and differences are marked", async () => {
    await mountComparison(2);
    expect("thead th:eq(3)").toHaveText("In Odoo Now");
    expect("tbody th").toHaveAttribute("colspan", "5");
    expect("tr[data-target=name] td:eq(3) div").not.toHaveClass("text-danger");
    expect("tr[data-target=city] td:eq(3) div").toHaveText("Östersund");
    expect("tr[data-target=city] td:eq(3) div").toHaveClass("text-danger");
});

test("a value is edited in a dialog, and the record is read again when that closes", async () => {
    onRpc("action_edit", ({ args }) => {
        expect.step(["action_edit", ...args]);
        return {
            type: "ir.actions.act_window",
            res_model: "crm.migration.record.edit",
        };
    });
    onRpc("web_read", ({ args }) => {
        expect.step(["web_read", args[0]]);
    });
    mockService("action", {
        async doAction(action, { onClose }) {
            expect.step(["doAction", action.res_model]);
            await onClose();
        },
    });
    await mountComparison(1);
    expect.verifySteps([["web_read", [1]]]);
    await contains("tr[data-target=city] button").click();
    expect.verifySteps([
        ["action_edit", [1], "city", "home"],
        ["doAction", "crm.migration.record.edit"],
        ["web_read", [1]],
    ]);
});

test("what is not loaded is not edited", async () => {
    await mountComparison(3);
    expect("tr[data-target=name]").toHaveCount(1);
    expect("button[title='Edit this value']").toHaveCount(0);
});

test("a record that no mapping applies to says so", async () => {
    await mountComparison(4);
    expect("[name=comparison] table").toHaveCount(0);
    expect("[name=comparison]").toHaveText(/^No mapping applies/);
});

test("two possible duplicates stand side by side, and differences are marked", async () => {
    await mountComparison(5, "crm_migration_pair");
    expect(queryAllTexts("tbody td")).toEqual([
        "Name",
        "Twin AG",
        "Twin AG",
        "E-mail",
        "a@twin.example",
        "",
    ]);
    expect("tbody tr.table-warning").toHaveCount(1);
    expect("tbody tr.table-warning td:first").toHaveText("E-mail");
});

test("a pair with nothing to compare says why", async () => {
    await mountComparison(4, "crm_migration_pair");
    expect("[name=comparison] table").toHaveCount(0);
    expect("[name=comparison]").toHaveText(/^There is nothing to compare/);
});
