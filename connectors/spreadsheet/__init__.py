"""Files of any system: CSV, XLSX, JSON, NDJSON and ZIP archives of them."""

from .preview import preview
from .source import SpreadsheetSource as SOURCE
