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

const COMPANIES = {
    name: "companies.csv",
    kind: "csv",
    object: "Companies",
    stream: "companies",
    count: 0,
    delimiter: ";",
    encoding: "mac_roman",
    header_row: 3,
    primary_key: "id",
    columns: [
        { name: "id", kind_text: "number" },
        { name: "since", kind_text: "date", date_order: "dmy" },
        { name: "turnover", kind_text: "amount", decimal_mark: "," },
    ],
    rows: [
        ["1", "31.12.2019", "1.234,50"],
        ["2", "", "<b>0</b>"],
    ],
    choices: ["extra_rows"],
    warnings: ["Row 7 has more cells than the header."],
};
const SHEET = {
    name: "Sheet 1",
    kind: "xlsx",
    object: "",
    stream: "sheet_1",
    count: null,
    header_row: 1,
    primary_key: "",
    columns: [{ name: "name", kind_text: "text" }],
    rows: [["東京商事"]],
    warnings: [],
};
const BROKEN = { name: "broken.zip", kind: "zip", error: "The archive is damaged." };
const EARLIER = { "Sheet 1": { stream: "people" } };

class JobStart extends models.Model {
    _name = "crm.migration.job.start";

    settings = fields.Json();
    preview = fields.Json();

    _records = [
        {
            id: 1,
            preview: [COMPANIES, SHEET, BROKEN],
            settings: {
                fields: [],
                values: { time_zone: "UTC", file_options: JSON.stringify(EARLIER) },
            },
        },
        { id: 2, preview: [COMPANIES], settings: false },
        { id: 3, preview: false, settings: false },
    ];
}

defineMailModels();
defineModels([JobStart]);

function mountPreview(resId = 1) {
    onRpc("web_save", ({ args }) => {
        const { file_options, ...others } = args[1].settings.values;
        expect.step([JSON.parse(file_options), others]);
    });
    return mountView({
        type: "form",
        resModel: "crm.migration.job.start",
        resId,
        arch: `
            <form>
                <field name="settings" invisible="1"/>
                <field name="preview" widget="crm_migration_preview"/>
            </form>`,
    });
}

const at = (table, selector) => `[data-table='${table}'] ${selector}`;

test("what was detected is shown: object, rows, cells, warnings", async () => {
    await mountPreview();
    expect(at("companies.csv", ".badge")).toHaveText("recognized as Companies");
    expect(at("companies.csv", ".align-items-baseline .text-muted")).toHaveText(
        "0 rows",
    );
    expect(queryAllTexts(at("companies.csv", "thead th"))).toEqual([
        "id\nnumber",
        "since\ndate",
        "turnover\namount",
    ]);
    expect(queryAllTexts(at("companies.csv", "td"))).toEqual([
        "1",
        "31.12.2019",
        "1.234,50",
        "2",
        "",
        "<b>0</b>",
    ]);
    expect(at("companies.csv", "li")).toHaveText(
        "Row 7 has more cells than the header.",
    );
    expect(at("Sheet 1", ".badge")).toHaveText("not recognized");
    expect(at("Sheet 1", ".align-items-baseline .text-muted")).toHaveCount(0);
    expect(at("Sheet 1", "li")).toHaveCount(0);
});

test("a file that cannot be read says why, and offers nothing to correct", async () => {
    await mountPreview();
    expect(at("broken.zip", ".text-danger")).toHaveText("The archive is damaged.");
    expect(at("broken.zip", ":is(select, input, table, .badge)")).toHaveCount(0);
});

test("each correction begins with what was detected", async () => {
    await mountPreview();
    const found = Object.fromEntries(
        [...document.querySelectorAll(at("companies.csv", ":is(select, input)"))].map(
            (input) => [input.name, input.value],
        ),
    );
    expect(found).toEqual({
        delimiter: ";",
        encoding: "mac_roman",
        header_row: "3",
        primary_key: "id",
        date_order: "dmy",
        decimal_mark: ",",
        extra_rows: "",
        stream: "companies",
    });
});

test("only what a table can have wrong is asked for", async () => {
    await mountPreview();
    const names = [...document.querySelectorAll(at("Sheet 1", ":is(select, input)"))];
    expect(names.map((input) => input.name)).toEqual([
        "header_row",
        "primary_key",
        "stream",
        "custom_object",
    ]);
});

test("an earlier correction stands before what was detected", async () => {
    await mountPreview();
    expect(at("Sheet 1", "input[name=stream]")).toHaveValue("people");
});

test("corrections are kept by table, beside each other and the other settings", async () => {
    await mountPreview();
    await contains(at("companies.csv", "select[name=delimiter]")).select("\t");
    await contains(at("companies.csv", "input[name=header_row]")).edit("2");
    await contains(at("companies.csv", "select[name=extra_rows]")).select("keep");
    await contains(at("Sheet 1", "input[name=stream]")).edit("  contacts ");
    await clickSave();
    expect.verifySteps([
        [
            {
                "companies.csv": { delimiter: "\t", header_row: 2, extra_rows: "keep" },
                "Sheet 1": { stream: "contacts" },
            },
            { time_zone: "UTC" },
        ],
    ]);
    expect(at("companies.csv", "select[name=delimiter]")).toHaveValue("\t");
});

test("a correction that is taken away is none", async () => {
    await mountPreview();
    await contains(at("companies.csv", "select[name=extra_rows]")).select("keep");
    await contains(at("companies.csv", "select[name=extra_rows]")).select("");
    await contains(at("companies.csv", "input[name=header_row]")).clear();
    await contains(at("Sheet 1", "input[name=stream]")).clear();
    await clickSave();
    expect.verifySteps([
        [{ "companies.csv": {}, "Sheet 1": {} }, { time_zone: "UTC" }],
    ]);
});

test("the first correction needs no settings before it", async () => {
    await mountPreview(2);
    await contains(at("companies.csv", "select[name=primary_key]")).select("since");
    await clickSave();
    expect.verifySteps([[{ "companies.csv": { primary_key: "since" } }, {}]]);
});

test("without files there is nothing to look at", async () => {
    await mountPreview(3);
    expect(".o_crm_migration_preview").toHaveCount(1);
    expect(".o_crm_migration_preview [data-table]").toHaveCount(0);
});

const CHOICES = [
    ["contacts", "Contacts (50 %)"],
    ["companies", "Companies (50 %)"],
    ["custom", "Custom object"],
    ["leave_out", "Leave out"],
];
const KUNDEN = {
    ...SHEET,
    name: "Kunden.csv",
    kind: "csv",
    object: "contacts",
    object_text: "Contacts",
    confidence: 50,
    asked: true,
    choice: "",
    choices_of: CHOICES,
};

test("what a table holds is chosen from a list; what is asked says so", async () => {
    JobStart._records = [{ id: 4, preview: [KUNDEN], settings: false }];
    await mountPreview(4);
    expect(at("Kunden.csv", ".badge")).toHaveText("recognized as Contacts (50 %)");
    expect(at("Kunden.csv", ".alert")).toHaveText(/companies or people/);
    expect(at("Kunden.csv", "select[name=object]")).toHaveValue("");
    await contains(at("Kunden.csv", "select[name=object]")).select("companies");
    expect(at("Kunden.csv", ".alert")).toHaveCount(0);
    expect(at("Kunden.csv", "input[name=custom_object]")).toHaveCount(0);
    await contains(at("Kunden.csv", "select[name=object]")).select("custom");
    expect(at("Kunden.csv", ".alert")).toHaveCount(1);
    await contains(at("Kunden.csv", "input[name=custom_object]")).edit("Vans");
    expect(at("Kunden.csv", ".alert")).toHaveCount(0);
    await clickSave();
    expect.verifySteps([
        [{ "Kunden.csv": { object: "custom", custom_object: "Vans" } }, {}],
    ]);
    await contains(at("Kunden.csv", "select[name=object]")).select("leave_out");
    await clickSave();
    expect.verifySteps([[{ "Kunden.csv": { object: "leave_out" } }, {}]]);
});
