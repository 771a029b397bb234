/** The decisions of one migration are saved, and applied to the next. */
import { registry } from "@web/core/registry";

function choose(action) {
    return [
        {
            content: "open the actions of the migration",
            trigger: ".o_form_view .o_control_panel .fa-cog",
            run: "click",
        },
        {
            content: action,
            trigger: `.o-dropdown--menu .o_menu_item:contains(${action})`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("crm_migration_template_save", {
    steps: () => [
        { trigger: ".o_form_view .o_form_statusbar" },
        ...choose("Save as Template"),
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit As last year",
        },
        { trigger: ".modal button[name=action_save]", run: "click" },
        { trigger: ".o_form_view button[name=action_export]:enabled" },
    ],
});

registry.category("web_tour.tours").add("crm_migration_template_apply", {
    steps: () => [
        { trigger: ".o_form_view .o_form_statusbar" },
        ...choose("Apply Template"),
        {
            trigger: ".modal .o_field_widget[name=template_id] input",
            run: "edit As last",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(As last year)",
            run: "click",
        },
        {
            content: "what it would change is said beforehand",
            trigger: ".modal .o_field_widget[name=report]:contains(1 field is decided)",
        },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_form_view" },
    ],
});
