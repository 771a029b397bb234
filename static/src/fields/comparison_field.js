/** Values side by side: source, converted and Odoo; or two possible duplicates. */
import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export class CrmMigrationComparison extends Component {
    static template = "crm_migration.Comparison";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    get isInOdoo() {
        return this.rows.some((row) => row.now !== null);
    }

    get isEditable() {
        return !["skipped", "unmapped"].includes(this.props.record.data.state);
    }

    async edit(row) {
        const { record } = this.props;
        const action = await this.orm.call(record.resModel, "action_edit", [
            [record.resId],
            row.target,
            row.part,
        ]);
        await this.action.doAction(action, { onClose: () => record.load() });
    }
}

export class CrmMigrationPair extends Component {
    static template = "crm_migration.Pair";
    static props = { ...standardFieldProps };

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("crm_migration_comparison", {
    component: CrmMigrationComparison,
    supportedTypes: ["json"],
    isEmpty: () => false,
});

registry.category("fields").add("crm_migration_pair", {
    component: CrmMigrationPair,
    supportedTypes: ["json"],
    isEmpty: () => false,
});
