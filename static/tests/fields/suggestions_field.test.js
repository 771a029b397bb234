import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

const FOUND = [
    {
        target: "email",
        label: "Email",
        score: 92,
        reason: "Same name.",
        is_used: false,
    },
    { target: "ref", label: "Reference", score: 41, reason: "Alike.", is_used: true },
];

class Line extends models.Model {
    _name = "crm.migration.mapping.line";

    suggestions = fields.Json();

    _records = [
        { id: 1, suggestions: FOUND },
        { id: 2, suggestions: [] },
    ];
}

defineMailModels();
defineModels([Line]);

function mount(resId) {
    return mountView({
        type: "form",
        resModel: "crm.migration.mapping.line",
        resId,
        arch: `
            <form>
                <field name="suggestions" widget="crm_migration_suggestions"/>
            </form>`,
    });
}

test("each is shown with its score and its reason, the present one without a button", async () => {
    await mount(1);
    expect(queryAllTexts(".o_crm_migration_suggestions .badge")).toEqual([
        "92 %",
        "41 %",
    ]);
    expect(queryAllTexts(".o_crm_migration_target")).toEqual(["Email", "Reference"]);
    expect("[data-target=email]").toHaveText(/Same name\./);
    expect("[data-target=email] button").toHaveCount(1);
    expect("[data-target=ref] button").toHaveCount(0);
});

test("one press takes a suggestion, and the record is read anew", async () => {
    onRpc("action_use_suggestion", ({ args }) => {
        expect.step(args);
        return true;
    });
    await mount(1);
    await contains("[data-target=email] button").click();
    expect.verifySteps([[[1], "email"]]);
});

test("where nothing is alike it says so", async () => {
    await mount(2);
    expect(".o_crm_migration_suggestions").toHaveText("Nothing in Odoo looks like it.");
});
