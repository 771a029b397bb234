/** The files of a migration: one without a byte is named, not uploaded. */
import { FileInput } from "@web/core/file_input/file_input";
import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Odoo's own input breaks with an error where the first file is empty (19.0). */
export class FilesInput extends FileInput {
    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    get httpParams() {
        const params = super.httpParams;
        return { ...params, ufile: params.ufile.filter((file) => file.size) };
    }

    async onFileInputChange() {
        const input = this.fileInputRef.el;
        for (const file of input.files) {
            if (!file.size) {
                this.notification.add(_t("%s is empty and was not added.", file.name), {
                    type: "warning",
                });
            }
        }
        if (this.httpParams.ufile.length) {
            return super.onFileInputChange();
        }
        // Else the same file could not be chosen again once it has been saved.
        input.value = null;
    }
}

export class FilesField extends Many2ManyBinaryField {
    static components = { ...Many2ManyBinaryField.components, FileInput: FilesInput };
}

registry.category("fields").add("crm_migration_files", {
    ...many2ManyBinaryField,
    component: FilesField,
});
