"""What the attacks share with other tests."""

from tests.evidence.conftest import import_file

__all__ = ["import_file"]
