"""All checks by one command: style, types, import contract, tests.

    python -m tests            everything
    python -m tests -k store   only some tests; what follows goes to pytest
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS = (
    ("style", [sys.executable, "-m", "ruff", "check", "kg", "tests"]),
    ("types", [sys.executable, "-m", "mypy"]),
    ("imports", [str(BIN / "lint-imports")]),
    ("tests", [sys.executable, "-m", "pytest", "-n", "auto", *sys.argv[1:]]),
)


def main() -> int:
    """Run the checks in their order, and tell which failed; return the exit code."""
    failed = []
    for name, command in CHECKS:
        sys.stderr.write(f"== {name}\n")
        sys.stderr.flush()
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    sys.stderr.write(f"== failed: {', '.join(failed)}\n" if failed else "== all checks passed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
