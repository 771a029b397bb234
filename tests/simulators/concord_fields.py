"""Concord's field lists (``create-fields`` and the like): labels, currency, custom fields."""

from .concord_schema import BLANK, is_column

COMPONENTS = {
    "Boolean": "FormFieldSwitch",
    "Date": "FormFieldDate",
    "DateTime": "FormFieldDateTime",
    "Select": "FormFieldSelect",
    "MultiSelect": "FormFieldMultiSelect",
    "Number": "FormFieldNumeric",
    "Numeric": "FormFieldNumeric",
}
MONEY = {"deals": {"amount"}, "products": {"unit_price", "direct_cost"}}


def fields_of(company, resource):
    """Return the fields of ``resource``; money carries the installation's currency."""
    fields = []
    for name in BLANK[resource]:
        if not is_column(name):
            continue
        field = {
            "attribute": name,
            "label": name.removesuffix("_id").replace("_", " ").title(),
            "component": "FormFieldText",
            "options": [],
            "customField": None,
        }
        if name in MONEY.get(resource, ()):
            field["currency"] = company.currency
        fields.append(field)
    for field_id, custom in company.custom_fields(resource).items():
        fields.append(
            {
                "attribute": field_id,
                "label": custom["label"],
                "component": COMPONENTS.get(custom["field_type"], "FormFieldText"),
                "options": custom["options"],
                "customField": {"display_name": str(custom["id"]), **custom},
            }
        )
    return fields
