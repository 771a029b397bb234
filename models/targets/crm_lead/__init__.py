
from . import verify_sql
