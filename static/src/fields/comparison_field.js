/** Values side by side: source, converted and Odoo; or two possible duplicates. */
import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export class CrmMigrationComparison extends Component {
    static template = "crm_migration.Comparison";
    static props = {
        ...standardFieldProps,
        isReadOnly: { type: Boolean, optional: true },
    };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get rows() {
        const rows = this.props.record.data[this.props.name] || [];
        // Who only looks is spared what is empty on all sides.
        return this.props.isReadOnly
            ? rows.filter(
                  (row) => row.heading || row.source || row.converted || row.now,
              )
            : rows;
    }

    /** Beside the source and Odoo a telephone has no room for a third column. */
    get between() {
        return this.props.isReadOnly ? "d-none d-md-table-cell" : "";
    }

    /** Who only looks has no button, and the column between is a cell of its own. */
    get headingSpan() {
        return (this.isInOdoo ? 5 : 4) - (this.props.isReadOnly ? 2 : 0);
    }

    get isInOdoo() {
        return this.rows.some((row) => row.now !== null);
    }

    get isEditable() {
        if (this.props.isReadOnly) {
            return false;
        }
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

/** A record that is fetched again: the source then, the source now, Odoo now. */
export class CrmMigrationComparisonAgain extends Component {
    static template = "crm_migration.ComparisonAgain";
    static props = { ...standardFieldProps };

    get rows() {
        const rows = this.props.record.data[this.props.name] || [];
        return rows.filter((row) => row.heading || row.then || row.source || row.now);
    }

    get isLoaded() {
        return this.rows.some((row) => row.then !== null);
    }

    get isInOdoo() {
        return this.rows.some((row) => row.now !== null);
    }

    get headingSpan() {
        return 2 + this.isLoaded + this.isInOdoo;
    }
}

registry.category("fields").add("crm_migration_comparison", {
    component: CrmMigrationComparison,
    supportedTypes: ["json"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ isReadOnly: Boolean(options.read_only) }),
});

registry.category("fields").add("crm_migration_pair", {
    component: CrmMigrationPair,
    supportedTypes: ["json"],
    isEmpty: () => false,
});

registry.category("fields").add("crm_migration_comparison_again", {
    component: CrmMigrationComparisonAgain,
    supportedTypes: ["json"],
    isEmpty: () => false,
});
