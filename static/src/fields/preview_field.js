/** What was detected in the files, with the corrections a person makes to it. */
import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ENCODINGS = [
    "utf-8",
    "utf-16",
    "cp1252",
    "latin-1",
    "cp1250",
    "cp1251",
    "shift_jis",
    "gb18030",
];

export class CrmMigrationPreview extends Component {
    static template = "crm_migration.Preview";
    static props = {
        ...standardFieldProps,
        settings: { type: String },
        option: { type: String },
    };

    get tables() {
        return this.props.record.data[this.props.name] || [];
    }

    get delimiters() {
        return [
            [",", _t("Comma")],
            [";", _t("Semicolon")],
            ["\t", _t("Tab")],
            ["|", _t("Bar")],
        ];
    }

    get dateOrders() {
        return [
            ["dmy", _t("day, month, year")],
            ["mdy", _t("month, day, year")],
            ["ymd", _t("year, month, day")],
        ];
    }

    getEncodings(table) {
        return [...new Set([table.encoding, ...ENCODINGS])];
    }

    hasDates(table) {
        return table.columns.some((column) => column.date_order);
    }

    getDateOrder(table) {
        return table.columns.find((column) => column.date_order)?.date_order || "";
    }

    get decimalMarks() {
        return [
            [".", _t("a point: 1,234.50")],
            [",", _t("a comma: 1.234,50")],
        ];
    }

    getDecimalMark(table) {
        return table.columns.find((column) => column.decimal_mark)?.decimal_mark || "";
    }

    /** What was left out or put right, and can stay as it stands in the file. */
    getChoices(table) {
        const words = {
            extra_rows: [
                _t("Totals and footers"),
                _t("left out"),
                _t("read as records"),
            ],
            shifted_dates: [
                _t("Dates some seconds wrong"),
                _t("put right"),
                _t("kept as they stand"),
            ],
            blank_words: [_t("Words for nothing"), _t("read as empty"), _t("kept")],
        };
        return (table.choices || []).map((name) => [name, ...words[name]]);
    }

    /** The corrections as they stand in the settings, where they are JSON text. */
    get corrections() {
        const settings = this.props.record.data[this.props.settings] || {};
        return JSON.parse(settings.values?.[this.props.option] || "{}");
    }

    getOption(table, name, detected) {
        return this.corrections[table.name]?.[name] ?? detected ?? "";
    }

    /** The object that is chosen, else what the table was taken for without a doubt. */
    getObject(table) {
        const own = this.corrections[table.name] || {};
        return own.object || (own.custom_object && "custom") || table.choice || "";
    }

    isAsked(table) {
        const object = this.getObject(table);
        const name = this.getOption(table, "custom_object", table.custom_object);
        return table.choices_of && (!object || (object === "custom" && !name));
    }

    /** What brings no choices along is named freely. */
    isCustom(table) {
        return table.choices_of ? this.getObject(table) === "custom" : !table.object;
    }

    chooseObject(table, value) {
        const others = value === "custom" ? {} : { custom_object: "" };
        this.correctAll(table, { ...others, object: value });
    }

    correctNumber(table, name, value) {
        const number = parseInt(value, 10);
        this.correct(table, name, Number.isNaN(number) ? "" : number);
    }

    correct(table, name, value) {
        this.correctAll(table, { [name]: value });
    }

    correctAll(table, values) {
        const corrections = this.corrections;
        const own = { ...corrections[table.name], ...values };
        for (const [name, value] of Object.entries(values)) {
            if (value === "" || value === null) {
                delete own[name];
            }
        }
        corrections[table.name] = own;
        const settings = this.props.record.data[this.props.settings] || {};
        this.props.record.update({
            [this.props.settings]: {
                ...settings,
                values: {
                    ...settings.values,
                    [this.props.option]: JSON.stringify(corrections),
                },
            },
        });
    }
}

registry.category("fields").add("crm_migration_preview", {
    component: CrmMigrationPreview,
    supportedTypes: ["json"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({
        settings: options.settings || "settings",
        option: options.option || "file_options",
    }),
});
