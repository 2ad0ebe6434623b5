"""What a build depends on besides its input."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import kg
from kg import registry as registries
from kg.engine.inputs import Reading
from kg.errors import UsageError
from kg.extract.settings import Settings
from kg.graph import statements


@dataclass(frozen=True)
class Options:
    """What a build depends on besides its input.

    Attributes:
        base: Base IRI of all ids.
        with_text: Whether abstracts and the sentences around passages are kept.
        workers: How many processes work at it.
        strict: Whether a problem in the input stops the build.
        force: Whether to build again although nothing has changed.
        reading: How files are read that do not say it themselves.
        finding: How names are found in texts.
        registry: Whether organisations are looked up in the registry that was added (`kg.registry`), if one was.
    """

    base: str = statements.ID_SPACE
    with_text: bool = True
    workers: int = 1
    strict: bool = False
    force: bool = False
    reading: Reading = field(default_factory=Reading)
    finding: Settings = field(default_factory=Settings)
    registry: bool = True


def recalled(told: Mapping[str, Any]) -> Options:
    """Return the options that a version's description of its run tells (`dataclasses.asdict`, as JSON)."""
    reading, finding = told["reading"], told["finding"]
    columns = tuple((ours, theirs) for ours, theirs in reading["columns"])
    listed = {name: tuple(finding.get(name, ())) for name in ("lexicons", "schemes")}
    return Options(**{**told, "reading": Reading(reading["encoding"], columns), "finding": Settings(**finding | listed)})


_BASE: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\/#?]+(?:/[^\x00-\x20<>\"{}|^`\\]*)?[/#]")
"""An address whose ids begin behind a slash or hash."""


def check_base(base: str) -> None:
    """Check a base IRI.

    Raises:
        UsageError: If it is none.
    """
    if _BASE.fullmatch(f"{base}/") and not base.endswith(("/", "#")):
        raise UsageError(f"{base!r} is no base IRI: ids begin right behind it, so it ends in / or #, as {base}/ does")
    if not _BASE.fullmatch(base):
        raise UsageError(f"{base!r} is no base IRI; give one such as https://example.org/id/")


def config(options: Options) -> str:
    """Return a short hash of the options that the graph depends on, and of the version of kg."""
    told: dict[str, Any] = {"version": kg.__version__, "base": options.base, "with_text": options.with_text}
    if options.reading != Reading():
        told["reading"] = asdict(options.reading)
    if options.finding != Settings():
        told["finding"] = options.finding.fingerprint()
    if options.registry and (registry := registries.opened()):
        told["registry"] = registry.added.sha256
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]
