/** A card per source that says what is needed to connect. */
import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export class CrmMigrationSource extends Component {
    static template = "crm_migration.Source";
    static props = {
        ...standardFieldProps,
        cards: { type: String },
    };

    get cards() {
        return this.props.record.data[this.props.cards] || [];
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    choose(card) {
        if (!this.props.readonly) {
            this.props.record.update({ [this.props.name]: card.name });
        }
    }
}

registry.category("fields").add("crm_migration_source", {
    component: CrmMigrationSource,
    supportedTypes: ["selection"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ cards: options.cards }),
});
