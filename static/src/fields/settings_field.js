/** The settings that a source asks for, whatever they are: one input for each. */
import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export class CrmMigrationSettings extends Component {
    static template = "crm_migration.Settings";
    static props = {
        ...standardFieldProps,
        hidden: { type: Array, optional: true },
    };
    static defaultProps = { hidden: [] };

    get settings() {
        return this.props.record.data[this.props.name] || {};
    }

    get fields() {
        return (this.settings.fields || []).filter(
            (field) => !this.props.hidden.includes(field.name),
        );
    }

    get zones() {
        return Intl.supportedValuesOf("timeZone");
    }

    getId(field) {
        return `crm_migration_${this.props.record.id}_${field.name}`;
    }

    getValue(field) {
        const value = this.settings.values?.[field.name];
        return value === undefined || value === null || value === false ? "" : value;
    }

    getType(field) {
        // An address is text to Odoo's style sheet; phones go by the input mode.
        return { secret: "password", integer: "number" }[field.kind] || "text";
    }

    onChange(field, value) {
        if (field.kind === "integer") {
            value = value === "" ? null : parseInt(value, 10);
        }
        const values = { ...this.settings.values, [field.name]: value };
        this.props.record.update({
            [this.props.name]: { ...this.settings, values },
        });
    }
}

registry.category("fields").add("crm_migration_settings", {
    component: CrmMigrationSettings,
    supportedTypes: ["json"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ hidden: options.hidden }),
});
