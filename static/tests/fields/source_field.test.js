import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class JobStart extends models.Model {
    _name = "crm.migration.job.start";

    source = fields.Selection({
        selection: [
            ["alpha", "Alpha"],
            ["beta", "Beta"],
        ],
    });
    cards = fields.Json();

    _records = [
        {
            id: 1,
            source: "alpha",
            cards: [
                { name: "alpha", label: "Alpha CRM", summary: "A token of a person" },
                { name: "beta", label: "Beta CRM", summary: "A login & its password" },
            ],
        },
    ];
}

defineMailModels();
defineModels([JobStart]);

function mountCards(attributes = "") {
    return mountView({
        type: "form",
        resModel: "crm.migration.job.start",
        resId: 1,
        arch: `
            <form>
                <field name="cards" invisible="1"/>
                <field name="source" widget="crm_migration_source"
                    options="{'cards': 'cards'}" ${attributes}/>
            </form>`,
    });
}

test("each source is a card that says what is needed", async () => {
    await mountCards();
    expect(queryAllTexts("[role=radio]")).toEqual([
        "Alpha CRM\nA token of a person",
        "Beta CRM\nA login & its password",
    ]);
    expect("[role=radio][aria-checked=true]").toHaveCount(1);
    expect("[data-source=alpha]").toHaveClass("o_selected");
});

test("one card is chosen at a time", async () => {
    await mountCards();
    await contains("[data-source=beta]").click();
    expect("[role=radio][aria-checked=true]").toHaveCount(1);
    expect("[data-source=beta]").toHaveClass("o_selected");
    expect("[data-source=alpha]").not.toHaveClass("o_selected");
});

test("nothing is chosen where it is only read", async () => {
    await mountCards('readonly="1"');
    await contains("[data-source=beta]").click();
    expect("[data-source=alpha]").toHaveClass("o_selected");
    expect("[data-source=beta]").not.toHaveClass("o_selected");
});
