import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryOne, setInputFiles } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    MockServer,
    mockService,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import { defineMailModels, mailModels } from "@mail/../tests/mail_test_helpers";

class JobStart extends models.Model {
    _name = "crm.migration.job.start";

    file_ids = fields.Many2many({ string: "Files", relation: "ir.attachment" });

    _records = [{ id: 1, file_ids: [17] }];
}

defineMailModels();
defineModels([JobStart]);

beforeEach(async () => {
    mailModels.IrAttachment._records = [
        { id: 17, name: "companies.csv", mimetype: "text/csv" },
    ];
    mockService("http", {
        post(route, { ufile }) {
            expect.step(ufile.map((file) => file.name));
            const ids = MockServer.env["ir.attachment"].create(
                ufile.map(({ name, type }) => ({ name, mimetype: type })),
            );
            return JSON.stringify(MockServer.env["ir.attachment"].read(ids));
        },
    });
    await mountView({
        type: "form",
        resModel: "crm.migration.job.start",
        resId: 1,
        arch: `<form><field name="file_ids" widget="crm_migration_files"/></form>`,
    });
});

async function choose(...contents) {
    const files = contents.map(
        ([name, text]) => new File(text ? [text] : [], name, { type: "text/csv" }),
    );
    await contains(".o_file_input input", { visible: false }).click();
    await setInputFiles(files);
    await animationFrame();
}

const names = () => queryAllTexts(".o_attachment .caption:not(.small)");

test("files are added beside those that are there", async () => {
    await choose(["contacts.csv", "id\n1"], ["deals.csv", "id\n1"]);
    expect.verifySteps([["contacts.csv", "deals.csv"]]);
    expect(names()).toEqual(["companies.csv", "contacts.csv", "deals.csv"]);
    expect(".o_notification").toHaveCount(0);
});

test("a file without a byte is named and not uploaded, the others are", async () => {
    await choose(["empty.csv", ""], ["deals.csv", "id\n1"]);
    expect.verifySteps([["deals.csv"]]);
    expect(names()).toEqual(["companies.csv", "deals.csv"]);
});

test("empty files alone upload nothing, and can be chosen again once they are filled", async () => {
    await choose(["empty.csv", ""]);
    expect.verifySteps([]);
    expect(names()).toEqual(["companies.csv"]);
    expect(queryOne(".o_file_input input[type=file]").files).toHaveLength(0);
    await choose(["empty.csv", "id\n1"]);
    expect.verifySteps([["empty.csv"]]);
    expect(names()).toEqual(["companies.csv", "empty.csv"]);
});
