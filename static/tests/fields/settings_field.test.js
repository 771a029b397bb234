import { expect, test } from "@odoo/hoot";
import { queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    findComponent,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { CrmMigrationSettings } from "@crm_migration/fields/settings_field";

const FIELDS = [
    {
        name: "url",
        label: "Address",
        kind: "url",
        required: true,
        help: "As in the browser",
    },
    { name: "token", label: "Token", kind: "secret", required: true },
    { name: "port", label: "Port", kind: "integer" },
    { name: "deep", label: "Also what is archived", kind: "boolean" },
    {
        name: "region",
        label: "Region",
        kind: "selection",
        choices: [
            ["eu", "Europe"],
            ["us", "America"],
        ],
    },
    { name: "zone", label: "Time zone", kind: "timezone" },
    { name: "key", label: "Certificate", kind: "text" },
];

class JobStart extends models.Model {
    _name = "crm.migration.job.start";

    settings = fields.Json();

    _records = [
        {
            id: 1,
            settings: {
                fields: FIELDS,
                values: {
                    url: "https://crm.example",
                    port: 0,
                    deep: true,
                    region: "us",
                },
            },
        },
        { id: 2, settings: { fields: [], values: {} } },
    ];
}

defineMailModels();
defineModels([JobStart]);

function mountSettings({ resId = 1, attributes = "" } = {}) {
    return mountView({
        type: "form",
        resModel: "crm.migration.job.start",
        resId,
        arch: `
            <form>
                <field name="settings" widget="crm_migration_settings" ${attributes}/>
            </form>`,
    });
}

function stepSavedValues() {
    onRpc("web_save", ({ args }) => expect.step(args[1].settings.values));
}

test("each setting has the input of its kind, its label, its help and its value", async () => {
    await mountSettings();
    expect(queryAllTexts("label")).toEqual([
        "Address *",
        "Token *",
        "Port",
        "Also what is archived",
        "Region",
        "Time zone",
        "Certificate",
    ]);
    expect("input[name=url]").toHaveAttribute("type", "text");
    expect("input[name=url]").toHaveAttribute("inputmode", "url");
    expect("input[name=url]").toHaveValue("https://crm.example");
    expect("input[name=token]").toHaveAttribute("type", "password");
    expect("input[name=token]").toHaveAttribute("autocomplete", "new-password");
    expect("input[name=port]").toHaveAttribute("type", "number");
    expect("input[name=port]").toHaveValue(0);
    expect("input[name=deep]").toBeChecked();
    expect("select[name=region]").toHaveValue("us");
    expect(queryAllTexts("select[name=region] option")).toEqual([
        "",
        "Europe",
        "America",
    ]);
    expect("select[name=zone] option[value='Europe/Berlin']").toHaveCount(1);
    expect("select[name=zone]").toHaveValue("");
    expect("textarea[name=key]").toHaveValue("");
    expect(".form-text").toHaveText("As in the browser");
    for (const label of document.querySelectorAll("label")) {
        expect(`#${CSS.escape(label.htmlFor)}`).toHaveCount(1);
    }
});

test("what is entered is saved with the rest, numbers as numbers", async () => {
    stepSavedValues();
    await mountSettings();
    await contains("input[name=token]").edit("s3crét", { confirm: "blur" });
    await contains("input[name=port]").edit("8443", { confirm: "blur" });
    await contains("input[name=deep]").uncheck();
    await contains("select[name=region]").select("eu");
    await contains("textarea[name=key]").edit("-----BEGIN", { confirm: "blur" });
    await clickSave();
    expect.verifySteps([
        {
            url: "https://crm.example",
            token: "s3crét",
            port: 8443,
            deep: false,
            region: "eu",
            key: "-----BEGIN",
        },
    ]);
});

test("a number that is emptied is none, and no zero", async () => {
    stepSavedValues();
    await mountSettings();
    await contains("input[name=port]").clear({ confirm: "blur" });
    await clickSave();
    expect.verifySteps([
        { url: "https://crm.example", port: null, deep: true, region: "us" },
    ]);
});

test("what is being typed survives a redraw, and is saved without another key", async () => {
    stepSavedValues();
    const view = await mountSettings();
    await contains("input[name=url]").edit("https://other.example", { confirm: false });
    findComponent(view, (found) => found instanceof CrmMigrationSettings).render(true);
    await animationFrame();
    expect("input[name=url]").toHaveValue("https://other.example");
    queryOne("input[name=url]").blur();
    await animationFrame();
    await clickSave();
    expect.verifySteps([
        { url: "https://other.example", port: 0, deep: true, region: "us" },
    ]);
});

test("what stands elsewhere on the screen is not asked for twice", async () => {
    await mountSettings({ attributes: `options="{'hidden': ['port', 'key']}"` });
    expect("[name=port]").toHaveCount(0);
    expect("[name=key]").toHaveCount(0);
    expect("[name=url]").toHaveCount(1);
});

test("nothing can be entered where it is only read", async () => {
    await mountSettings({ attributes: 'readonly="1"' });
    expect(".o_crm_migration_settings :is(input, select, textarea)").toHaveCount(7);
    expect(
        ".o_crm_migration_settings :is(input, select, textarea):enabled",
    ).toHaveCount(0);
});

test("a source without settings says so", async () => {
    await mountSettings({ resId: 2 });
    expect(".o_crm_migration_settings").toHaveText("This source needs no settings.");
});
