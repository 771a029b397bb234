"""Let pytest explain what fails inside the shared contract."""

import pytest

pytest.register_assert_rewrite("conformance")
