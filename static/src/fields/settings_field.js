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

    setup() {
        // What is being typed: a redraw meanwhile must not take it away.
        this.typed = {};
    }

    getValue(field) {
        const value = this.typed[field.name] ?? this.settings.values?.[field.name];
        return value === undefined || value === null || value === false ? "" : value;
    }

    onInput(field, value) {
        this.typed[field.name] = value;
    }

    /** A browser tells of no change where a redraw has set the value meanwhile. */
    onBlur(field) {
        if (field.name in this.typed) {
            this.onChange(field, this.typed[field.name]);
        }
    }

    getType(field) {
        // An address is text to Odoo's style sheet; phones go by the input mode.
        return { secret: "password", integer: "number" }[field.kind] || "text";
    }

    async onChange(field, value) {
        if (field.kind === "integer") {
            const number = parseInt(value, 10);
            value = Number.isNaN(number) ? null : number;
        }
        const values = { ...this.settings.values, [field.name]: value };
        delete this.typed[field.name];
        await this.props.record.update({
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
