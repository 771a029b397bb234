/** A choice from a list that the record itself brings along, in another field. */
import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export class CrmMigrationChoice extends Component {
    static template = "crm_migration.Choice";
    static props = {
        ...standardFieldProps,
        choices: { type: String },
    };

    get choices() {
        return this.props.record.data[this.props.choices] || [];
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        const found = this.choices.find(([key]) => key === this.value);
        return found ? found[1] : this.value || "";
    }

    onChange(value) {
        this.props.record.update({ [this.props.name]: value || false });
    }
}

registry.category("fields").add("crm_migration_choice", {
    component: CrmMigrationChoice,
    supportedTypes: ["char"],
    extractProps: ({ options }) => ({ choices: options.choices }),
});
