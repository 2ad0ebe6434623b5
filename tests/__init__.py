"""The tests, mirroring the package. `python -m tests` runs all checks."""
