"""What can go wrong, as a small tree.

    KgError
    ├── UsageError      the call is wrong: nothing was tried        (exit 2)
    ├── InputError      nothing in the input could be read          (exit 2)
    ├── BuildError      a build folder is missing, busy or damaged  (exit 1)
    ├── FetchError      a service to fetch from fails (`kg.fetch`)  (exit 1)
    ├── QueryError      a question cannot be answered               (exit 2)
    └── UnreadableError one document cannot be read: a `Problem` of it

Every message says what was wrong, where (`file:line`) and what to do. A fault in *part* of the input is no
exception: it is a `kg.model.Problem` row, and the rest is built. Only `kg.cli` turns errors into text and
an exit code.
"""


class KgError(Exception):
    """The root of all errors that `kg` raises on purpose; `exit_code` is what the command line returns."""

    exit_code = 1


class UsageError(KgError, ValueError):
    """The call itself is wrong: an unknown format, a missing option, a file that does not exist."""

    exit_code = 2


class InputError(KgError, ValueError):
    """Nothing in the input could be read."""

    exit_code = 2


class BuildError(KgError, OSError):
    """A build folder is missing, in use by another build, or damaged."""


class QueryError(KgError, ValueError):
    """A question that cannot be parsed, is refused, or asks for something outside the graph."""

    exit_code = 2


class UnreadableError(KgError, ValueError):
    """One document cannot be read at all, or not to its end: `kg.sources` makes it a problem, and no record of it counts.

    Args:
        what: What was wrong, one clause.
        todo: What the person can do about it, one clause.
        line: The 1-based line, 0 where the whole document is meant.
    """

    def __init__(self, what: str, todo: str, line: int = 0) -> None:
        super().__init__(f"{what}; {todo}")
        self.what, self.todo, self.line = what, todo, line
