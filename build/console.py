"""Makes `plimsoll` importable and a command in this virtual environment.

What `pip install -e .` would do, without the build tools that it would have to fetch.
"""

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# The shell reads the first three lines, Python the rest: a `#!` line with the interpreter
# in it would break on a path that is long or has a space.
COMMAND = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from plimsoll.cli import main

sys.exit(main())
"""

if __name__ == "__main__":
    Path(sysconfig.get_path("purelib"), "plimsoll.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = Path(sysconfig.get_path("scripts"), "plimsoll")
    command.write_text(COMMAND.format(python=sys.executable), encoding="utf-8")
    command.chmod(0o755)
