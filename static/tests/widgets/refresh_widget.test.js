import { expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { CrmMigrationRefresh } from "@crm_migration/widgets/refresh_widget";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

const MOMENT = 3000;

class Job extends models.Model {
    _name = "crm.migration.job";

    name = fields.Char();
    loaded = fields.Integer();
    state = fields.Selection({
        selection: ["new", "running", "waiting", "done"].map((s) => [s, s]),
    });

    _records = [
        { id: 1, name: "At work", state: "running", loaded: 10 },
        { id: 2, name: "Waits", state: "waiting", loaded: 10 },
        { id: 3, name: "Done", state: "done", loaded: 10 },
    ];
}

defineMailModels();
defineModels([Job]);

/** Mount the form of a migration; ``answer`` says what becomes of each later reading. */
async function mountJob(resId, answer = () => {}) {
    const view = await mountView({
        type: "form",
        resModel: "crm.migration.job",
        resId,
        arch: `
            <form>
                <widget name="crm_migration_refresh"/>
                <field name="name"/>
                <field name="loaded" readonly="1"/>
            </form>`,
    });
    onRpc("web_read", () => {
        expect.step("read");
        return answer();
    });
    return view;
}

function change(resId, values) {
    MockServer.env["crm.migration.job"].write([resId], values);
}

test("a migration at work is read again and again, until it has ended", async () => {
    await mountJob(1);
    change(1, { loaded: 20 });
    await advanceTime(MOMENT);
    await animationFrame();
    expect.verifySteps(["read"]);
    expect("[name=loaded] span").toHaveText("20");
    change(1, { state: "done" });
    await advanceTime(MOMENT);
    await animationFrame();
    expect.verifySteps(["read"]);
    await advanceTime(3 * MOMENT);
    expect.verifySteps([]);
});

test("one that waits is looked at too", async () => {
    await mountJob(2);
    await advanceTime(MOMENT);
    expect.verifySteps(["read"]);
});

test("one that is done is left alone", async () => {
    await mountJob(3);
    await advanceTime(2 * MOMENT);
    expect.verifySteps([]);
});

test("what somebody is typing is not taken away", async () => {
    await mountJob(1);
    await contains("[name=name] input").edit("A better name");
    await advanceTime(2 * MOMENT);
    expect.verifySteps([]);
    expect("[name=name] input").toHaveValue("A better name");
});

test("nothing is read while the page is out of sight", async () => {
    let hidden = true;
    patchWithCleanup(document, {
        get hidden() {
            return hidden;
        },
    });
    await mountJob(1);
    await advanceTime(2 * MOMENT);
    expect.verifySteps([]);
    hidden = false;
    await advanceTime(MOMENT);
    expect.verifySteps(["read"]);
});

test("a slow answer is waited for before the next question", async () => {
    const answer = new Deferred();
    await mountJob(1, () => answer);
    await advanceTime(3 * MOMENT);
    expect.verifySteps(["read"]);
    answer.resolve();
    await animationFrame();
    await advanceTime(MOMENT);
    expect.verifySteps(["read"]);
});

test("an answer that fails does not end it", async () => {
    expect.errors(1);
    let isBroken = true;
    await mountJob(1, () => {
        if (isBroken) {
            throw new Error("The server is starting");
        }
    });
    await advanceTime(MOMENT);
    expect.verifySteps(["read"]);
    isBroken = false;
    await advanceTime(MOMENT);
    expect.verifySteps(["read"]);
    expect.verifyErrors([/starting/]);
});

test("a form that was left asks nothing any more", async () => {
    patchWithCleanup(CrmMigrationRefresh.prototype, {
        refresh: () => expect.step("asked"),
    });
    const view = await mountJob(1);
    await advanceTime(MOMENT);
    expect.verifySteps(["asked"]);
    view.__owl__.app.destroy();
    await advanceTime(3 * MOMENT);
    expect.verifySteps([]);
});
