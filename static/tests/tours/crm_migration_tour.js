/** From the first card of the wizard to the rollback, with files. */
import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";
import { stepUtils } from "@web_tour/tour_utils";

const COMPANIES = `id,name,email,city
1,Söderström & Co,info@soderstrom.example,Malmö
2,東京商事,hello@tokyo.example,東京
3,"O'Neill ""Dockside"" Ltd",not an address,Cork
`;
const CONTACTS = `id;first_name;last_name;email;company_id;favourite_colour
10;Åsa;Lindqvist;asa@soderstrom.example;1;blue
11;健一;佐藤;kenichi@tokyo.example;2;red
12;;;;3;
`;

export function file(name, text) {
    return new File([text], name, { type: "text/csv" });
}

export function press(name, phase) {
    return [
        {
            content: `press ${name}`,
            trigger: `.o_form_statusbar button[name=${name}]:enabled`,
            run: "click",
        },
        {
            content: `now at ${phase}`,
            trigger: `.o_form_statusbar .o_arrow_button_current:contains(${phase})`,
        },
    ];
}

export const confirm = { trigger: ".modal-footer .btn-primary", run: "click" };

export function openList(name) {
    return [
        {
            content: `open ${name}`,
            trigger: `button[name=${name}], .o_button_more`,
            async run(helpers) {
                const button = document.querySelector(
                    `.o_form_view button[name=${name}]`,
                );
                if (button) {
                    return helpers.click(button);
                }
                await helpers.click(".o_button_more");
                await new Promise((resolve) => setTimeout(resolve, 200));
                return helpers.click(document.querySelector(`button[name=${name}]`));
            },
        },
        // The form has lists of its own.
        { trigger: "body:not(:has(.o_form_view)) .o_list_view" },
    ];
}

export const backToJob = [
    { trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a:last", run: "click" },
    { trigger: ".o_form_view .o_form_statusbar" },
];

registry.category("web_tour.tours").add("crm_migration_files", {
    url: "/odoo/crm-migration",
    steps: () => [
        { trigger: "button:contains(New Migration)", run: "click" },
        { trigger: ".o_crm_migration_card[data-source=spreadsheet]", run: "click" },
        { trigger: ".o_crm_migration_card.o_selected[data-source=spreadsheet]" },
        { trigger: ".modal button[name=action_next]", run: "click" },
        {
            content: "drop the files",
            trigger: ".modal .o_field_crm_migration_files",
            async run() {
                await inputFiles(
                    ".modal .o_field_crm_migration_files input[type=file]",
                    [file("companies.csv", COMPANIES), file("contacts.csv", CONTACTS)],
                );
            },
        },
        { trigger: ".modal .o_attachment:contains(contacts.csv)" },
        {
            trigger: ".modal button[name=action_check]:contains(Look at the Files)",
            run: "click",
        },
        {
            content: "what was detected is shown",
            trigger:
                ".o_crm_migration_preview [data-table='contacts.csv'] td:contains(健一)",
        },
        {
            content: "the delimiter was found",
            trigger: "[data-table='contacts.csv'] select[name=delimiter]",
            run({ anchor }) {
                if (anchor.value !== ";") {
                    throw new Error(`delimiter: ${anchor.value}`);
                }
            },
        },
        { trigger: ".modal .o_field_widget[name=finding_ids] .o_data_row" },
        { trigger: ".modal button[name=action_next]", run: "click" },
        { trigger: ".modal .o_data_row:contains(Contacts)" },
        { trigger: ".modal button[name=action_next]", run: "click" },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit From the spreadsheets",
        },
        { trigger: ".modal button[name=action_start]", run: "click" },
        {
            content: "discovered",
            trigger: ".o_form_statusbar .o_arrow_button_current:contains(Map)",
        },
        // Map: take a field that Odoo does not have, leave another out.
        ...openList("action_open_mapping_lines"),
        { trigger: ".o_group_header:contains(Contacts)" },
        {
            trigger: ".o_data_row:contains(favourite) button[name=action_create_field]",
            run: "click",
        },
        { trigger: ".modal button[name=action_create]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains(favourite)))" },
        ...backToJob,
        // Extract and review.
        ...press("action_extract", "Review"),
        ...openList("action_open_records"),
        { trigger: ".o_data_row .o_data_cell:contains(Problem)", run: "click" },
        { trigger: ".o_form_view .alert-danger:visible" },
        {
            trigger: "tr[data-target=name] button[title='Edit this value']",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=text] textarea",
            run: "edit Zoë O'Neill",
        },
        { trigger: ".modal button[name=action_save]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: "tr[data-target=name] .badge:contains(Edited)" },
        { trigger: ".breadcrumb-item a:contains(Staging Records)", run: "click" },
        { trigger: ".o_list_view" },
        ...backToJob,
        // Rehearse, load, prove.
        ...press("action_dry_run", "Review"),
        { trigger: ".o-mail-Message:contains(Dry Run finished)" },
        { trigger: ".o_form_statusbar button[name=action_load]", run: "click" },
        confirm,
        { trigger: ".o_form_statusbar .o_arrow_button_current:contains(Verify)" },
        ...press("action_verify", "Done"),
        ...openList("action_open_reconciliation"),
        { trigger: ".o_data_row:contains(Companies)" },
        ...backToJob,
        // And all of it back again.
        {
            trigger: ".o_form_statusbar button[name=action_open_rollback]",
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name=delete_count]:contains(6)" },
        { trigger: ".modal .o_field_widget[name=confirmed] input", run: "check" },
        { trigger: ".modal button[name=action_roll_back]", run: "click" },
        { trigger: ".o_form_statusbar .o_arrow_button_current:contains(Review)" },
        ...stepUtils.toggleHomeMenu(),
    ],
});

const EXPORT = {
    "crm-exports-all-companies-2026-11-20.csv": `Record ID,Company name,Company owner,\
Lifecycle Stage,Country/Region
1,Alpha Lda,Eva Vogt,customer,Portugal
2,Alpha Lda,Eva Vogt,lead,Portugal
`,
    "crm-exports-all-contacts-2026-11-20.csv": `Record ID,First Name,Last Name,Email,\
Lead Status,Associated Company IDs
11,Vera,Example,vera@alpha.example,New,1
12,Vera,Example,vera@alpha.example,New,2
`,
    "crm-exports-all-deals-2026-11-20.csv": `Record ID,Deal Name,Deal Stage,Amount,\
Next step,Associated Contact IDs
21,Saddles,Closed Won,100.50,Ring,11
22,Reins,Presentation,200,,12
`,
    "crm-exports-all-notes-2026-11-20.csv": `Record ID,Note body,Activity date,\
Associated Deal IDs
31,Wants a visit,2024-05-01 10:00,21
`,
};
const AT_MOST = 25;
const walked = { clicks: 0, keys: 0 };

function watch() {
    document.addEventListener("click", () => walked.clicks++, true);
    document.addEventListener("keydown", () => walked.keys++, true);
}

registry.category("web_tour.tours").add("crm_migration_few_clicks", {
    url: "/odoo/crm-migration",
    steps: () => [
        {
            content: "what is clicked and typed is counted",
            trigger: "button:contains(New Migration)",
            run: watch,
        },
        { trigger: "button:contains(New Migration)", run: "click" },
        { trigger: ".o_crm_migration_card[data-source=spreadsheet]", run: "click" },
        { trigger: ".o_crm_migration_card.o_selected[data-source=spreadsheet]" },
        { trigger: ".modal button[name=action_next]", run: "click" },
        {
            trigger: ".modal .o_field_crm_migration_files",
            async run() {
                await inputFiles(
                    ".modal .o_field_crm_migration_files input[type=file]",
                    Object.entries(EXPORT).map(([name, text]) => file(name, text)),
                );
            },
        },
        { trigger: ".modal .o_attachment:contains(notes)" },
        { trigger: ".modal button[name=action_next]:enabled", run: "click" },
        { trigger: ".modal .o_data_row:contains(Notes)" },
        { trigger: ".modal button[name=action_next]:enabled", run: "click" },
        { trigger: ".modal button[name=action_start]:enabled", run: "click" },
        {
            content: "the first button leads to what is open",
            trigger:
                ".o_form_statusbar button.btn-primary[name=action_open_mapping_lines]",
            run: "click",
        },
        { trigger: "body:not(:has(.o_form_view)) .o_list_view" },
        ...backToJob,
        ...press("action_extract", "Review"),
        {
            trigger:
                ".o_form_statusbar button.btn-primary[name=action_open_duplicates]",
            run: "click",
        },
        { trigger: "body:not(:has(.o_form_view)) .o_list_view" },
        ...backToJob,
        ...press("action_dry_run", "Review"),
        {
            trigger: ".o-mail-Message:contains(Dry Run finished)",
            run() {
                if (walked.keys || !walked.clicks || walked.clicks > AT_MOST) {
                    throw new Error(`${walked.clicks} clicks, ${walked.keys} keys`);
                }
            },
        },
        ...stepUtils.toggleHomeMenu(),
    ],
});

registry.category("web_tour.tours").add("crm_migration_reviewer", {
    url: "/odoo/crm-migration",
    steps: () => [
        {
            content: "a reviewer cannot begin a migration",
            trigger: ".o_control_panel:not(:has(button:contains(New Migration)))",
        },
        { trigger: ".o_data_cell:contains(Invented)", run: "click" },
        { trigger: ".o_form_view:not(:has(button[name=action_load]))" },
        {
            content: "what is open is said, and the first button leads there",
            trigger: ".o_form_view .alert-warning:contains(possible duplicate):visible",
        },
        {
            trigger:
                ".o_form_statusbar button.btn-primary[name=action_open_duplicates]",
        },
        ...openList("action_open_duplicates"),
        { trigger: ".o_data_row button[name=action_keep]", run: "click" },
        { trigger: ".o_view_nocontent" },
        ...backToJob,
        {
            content: "what is decided is not asked any more",
            trigger: ".o_form_statusbar:not(:has(button[name=action_open_duplicates]))",
        },
        ...openList("action_open_records"),
        { trigger: ".o_data_row:first .o_list_record_selector input", run: "check" },
        { trigger: ".o_control_panel button[name=action_skip]", run: "click" },
        { trigger: ".modal .o_field_widget[name=reason] input", run: "edit Test data" },
        { trigger: ".modal button[name=action_skip]", run: "click" },
        { trigger: ".o_data_row:contains(Skipped)" },
    ],
});
