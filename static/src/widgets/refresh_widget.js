/** Reload the form every few seconds while the migration is at work. */
import { Component, onWillUnmount, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const SECONDS = 3;
const AT_WORK = ["running", "waiting"];

export class CrmMigrationRefresh extends Component {
    static template = xml`<t/>`;
    static props = { ...standardWidgetProps };

    setup() {
        this.isBusy = false;
        const timer = browser.setInterval(() => this.refresh(), SECONDS * 1000);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    async refresh() {
        const { record } = this.props;
        if (this.isBusy || document.hidden || !AT_WORK.includes(record.data.state)) {
            return;
        }
        this.isBusy = true;
        try {
            // What somebody is typing must not be lost.
            if (!(await record.isDirty())) {
                await record.load();
            }
        } finally {
            this.isBusy = false;
        }
    }
}

registry.category("view_widgets").add("crm_migration_refresh", {
    component: CrmMigrationRefresh,
    fieldDependencies: [{ name: "state", type: "selection" }],
});
