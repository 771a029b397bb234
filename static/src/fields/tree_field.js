/** JSON as a person reads it: a tree whose branches fold. */
import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const OPEN_BELOW = 2;

export class CrmMigrationNode extends Component {
    static template = "crm_migration.Node";
    static props = { value: { optional: true }, depth: Number };

    get isBranch() {
        return this.props.value !== null && typeof this.props.value === "object";
    }

    get entries() {
        return Object.entries(this.props.value).map(([name, value]) => ({
            name,
            value,
            isBranch: value !== null && typeof value === "object",
            size: value && typeof value === "object" ? Object.keys(value).length : 0,
        }));
    }

    get isOpen() {
        return this.props.depth < OPEN_BELOW;
    }

    get text() {
        const { value } = this.props;
        return value === null || value === undefined || value === ""
            ? "—"
            : String(value);
    }
}
CrmMigrationNode.components = { CrmMigrationNode };

export class CrmMigrationTree extends Component {
    static template = "crm_migration.Tree";
    static components = { CrmMigrationNode };
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }
}

registry.category("fields").add("crm_migration_tree", {
    component: CrmMigrationTree,
    supportedTypes: ["json"],
    isEmpty: () => false,
});
