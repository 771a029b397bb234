/** From the signed rehearsal to the load; from newer files to the documents, back, closed. */
import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";
import { stepUtils } from "@web_tour/tour_utils";
import {
    backToJob,
    confirm,
    file,
    openList,
    press,
} from "@crm_migration/../tests/tours/crm_migration_tour";

const RECORDS = 5;
const STATUSBAR = ".o_form_statusbar";
const noDialog = { trigger: "body:not(:has(.modal))" };
const NEWER = `id,name,email,city
1,Söderström & Co,info@soderstrom.example,Göteborg
2,東京商事,hello@tokyo.example,大阪
4,Newcomer SA,,Lugano
`;
const SAME = `id;name;email;company_id
10;Åsa Lindqvist;asa@soderstrom.example;1
11;佐藤 健一;kenichi@tokyo.example;2
`;

function sign(kind) {
    return [
        { trigger: `${STATUSBAR} button[name=action_ask_sign]`, run: "click" },
        { trigger: ".modal .o_field_widget[name=kind] input", run: "click" },
        { trigger: `.o_select_menu_item:contains(${kind})`, run: "click" },
        {
            trigger: ".modal .o_field_widget[name=comment] input",
            run: "edit Looked at with sales",
        },
        { trigger: ".modal button[name=action_sign]", run: "click" },
        noDialog,
    ];
}

registry.category("web_tour.tours").add("crm_migration_sign_and_load", {
    steps: () => [
        ...press("action_extract", "Review"),
        ...press("action_dry_run", "Review"),
        { trigger: ".o-mail-Message:contains(Dry Run finished)" },
        ...sign("Mapping"),
        ...sign("Dry Run"),
        ...openList("action_open_sign_offs"),
        { trigger: ".o_data_row:contains(Dry Run):contains(Valid)" },
        { trigger: ".o_data_row:contains(Mapping):contains(Valid)" },
        ...backToJob,
        { trigger: `${STATUSBAR} button[name=action_load]`, run: "click" },
        confirm,
        { trigger: `${STATUSBAR} .o_arrow_button_current:contains(Verify)` },
        ...press("action_verify", "Done"),
        ...stepUtils.toggleHomeMenu(),
    ],
});

registry.category("web_tour.tours").add("crm_migration_change_and_close", {
    steps: () => [
        // What has changed in the files since, and by hand in Odoo.
        { trigger: `${STATUSBAR} button[name=action_ask_read_again]`, run: "click" },
        {
            content: "give the newer file",
            trigger: ".modal .o_field_widget[name=file_ids]",
            async run() {
                await inputFiles(
                    ".modal .o_field_widget[name=file_ids] input[type=file]",
                    [file("companies.csv", NEWER), file("contacts.csv", SAME)],
                );
            },
        },
        { trigger: ".modal .o_attachment:contains(contacts.csv)" },
        { trigger: ".modal button[name=action_read_again]", run: "click" },
        noDialog,
        ...openList("action_open_conflicts"),
        {
            content: "what the source said then, says now, and what Odoo has",
            trigger:
                ".o_data_row:contains(Malmö):contains(Göteborg):contains(Helsingborg)",
        },
        {
            trigger: ".o_data_row:contains(Göteborg) button[name=action_keep_odoo]",
            run: "click",
        },
        { trigger: ".o_data_row:contains(Göteborg):contains(With the Next Load)" },
        ...backToJob,
        {
            trigger: `${STATUSBAR} button[name=action_ask_load_changes]:first`,
            run: "click",
        },
        { trigger: ".modal .o_data_row:contains(Companies)" },
        { trigger: ".modal button[name=action_load]", run: "click" },
        { trigger: `${STATUSBAR} .o_arrow_button_current:contains(Verify)` },
        ...press("action_verify", "Done"),
        // Look at each record of a draw, and sign.
        {
            trigger: "button[name=action_open_spot_checks], .o_button_more",
            async run(helpers) {
                const name = "button[name=action_open_spot_checks]";
                if (!document.querySelector(name)) {
                    await helpers.click(".o_button_more");
                    await new Promise((resolve) => setTimeout(resolve, 200));
                }
                await helpers.click(document.querySelector(name));
            },
        },
        { trigger: ".modal button[name=action_draw]", run: "click" },
        ...Array.from({ length: RECORDS }, (_each, place) => [
            { trigger: `.o_form_view:contains(${place} of ${RECORDS})` },
            { trigger: "button[name=action_right]:enabled", run: "click" },
        ]).flat(),
        { trigger: `${STATUSBAR} button[name=action_sign]`, run: "click" },
        confirm,
        { trigger: ".alert-success:visible:contains(Signed)" },
        ...backToJob,
        // Hand over.
        { trigger: `${STATUSBAR} button[name=action_open_documents]`, run: "click" },
        // A tour ends where a page is left, which a download pretends to do.
        { trigger: ".modal button[name=action_html]:enabled" },
        { trigger: ".modal .o_field_widget[name=signatures] input:checked" },
        { trigger: ".modal button[special=cancel], .modal .btn-close", run: "click" },
        noDialog,
        // Take it back, and close.
        { trigger: `${STATUSBAR} button[name=action_open_rollback]`, run: "click" },
        { trigger: ".modal .o_field_widget[name=confirmed] input", run: "check" },
        { trigger: ".modal button[name=action_roll_back]", run: "click" },
        { trigger: `${STATUSBAR} .o_arrow_button_current:contains(Review)` },
        { trigger: `${STATUSBAR} button[name=action_close]`, run: "click" },
        { trigger: ".modal .o_field_widget[name=confirmed] input", run: "check" },
        { trigger: ".modal button[name=action_close]", run: "click" },
        noDialog,
        { trigger: ".o_form_view .alert:visible:contains(closed)" },
    ],
});
