/** The likeliest targets of a field, each with its score, the reason, and a button to take it. */
import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export class CrmMigrationSuggestions extends Component {
    static template = "crm_migration.Suggestions";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
    }

    get suggestions() {
        return this.props.record.data[this.props.name] || [];
    }

    /** The colors in which confidence is shown everywhere else. */
    getColor(suggestion) {
        if (suggestion.score >= 80) {
            return "success";
        }
        return suggestion.score >= 50 ? "warning" : "secondary";
    }

    async use(suggestion) {
        const { record } = this.props;
        if (await record.save()) {
            await this.orm.call(record.resModel, "action_use_suggestion", [
                [record.resId],
                suggestion.target,
            ]);
            await record.load();
        }
    }
}

registry.category("fields").add("crm_migration_suggestions", {
    component: CrmMigrationSuggestions,
    supportedTypes: ["json"],
    isEmpty: () => false,
});
