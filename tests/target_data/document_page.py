"""Pages of a knowledge base; without the app tasks, or activities."""

from ..target_common import TargetData, ref

TARGET = TargetData(
    model="document.page",
    needs=(
        ("shelves", "document.page", {"1": {"name": "Pumper", "type": "category"}}),
    ),
    rows={
        "1": {
            "name": "Start «the pump» & <check>",
            "content": "<p>Open the valve &amp; wait ✓</p>",
            "parent_id": ref("shelves", "1"),
        },
        "2": {"name": "Empty", "type": "content", "content": "<p>…</p>"},
    },
    before={"name": "Start «the pump» & <check>"},
    sides={"document_page_history": 2},
    changed={"name": "Renamed by the source", "content": "<p>Close it</p>"},
    edit={"name": "Renamed by Anna"},
)
