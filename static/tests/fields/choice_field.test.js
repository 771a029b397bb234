import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class MappedValue extends models.Model {
    _name = "crm.migration.value.map";

    value = fields.Char();
    choices = fields.Json();

    _records = [
        {
            id: 1,
            value: "won",
            choices: [
                ["open", "Open"],
                ["won", "Won"],
            ],
        },
        { id: 2, value: "gone", choices: [["open", "Open"]] },
        { id: 3, value: false, choices: false },
    ];
}

defineMailModels();
defineModels([MappedValue]);

function mountChoice(resId, attributes = "") {
    return mountView({
        type: "form",
        resModel: "crm.migration.value.map",
        resId,
        arch: `
            <form>
                <field name="choices" invisible="1"/>
                <field name="value" widget="crm_migration_choice"
                    options="{'choices': 'choices'}" ${attributes}/>
            </form>`,
    });
}

test("the choices are those of the record, beside none", async () => {
    await mountChoice(1);
    expect(queryAllTexts("select[name=value] option")).toEqual(["", "Open", "Won"]);
    expect("select[name=value]").toHaveValue("won");
});

test("what is chosen is saved by its key, and none as nothing", async () => {
    onRpc("web_save", ({ args }) => expect.step(args[1].value));
    await mountChoice(1);
    await contains("select[name=value]").select("open");
    await clickSave();
    await contains("select[name=value]").select("");
    await clickSave();
    expect.verifySteps(["open", false]);
});

test("where it is only read, the label stands there", async () => {
    await mountChoice(1, 'readonly="1"');
    expect("select").toHaveCount(0);
    expect("[name=value]").toHaveText("Won");
});

test("a value that is no choice any more is shown as it is, not as nothing", async () => {
    await mountChoice(2, 'readonly="1"');
    expect("[name=value]").toHaveText("gone");
});

test("a record without choices offers none", async () => {
    await mountChoice(3);
    expect("select[name=value] option").toHaveCount(1);
    expect("select[name=value]").toHaveValue("");
});
