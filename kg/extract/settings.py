"""What a search for names depends on besides the text."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from kg.errors import UsageError

Tier = Literal["fast", "full"]

TIERS: Final[tuple[Tier, ...]] = ("fast", "full")
"""`fast` finds names by rules and lists alone; `full` lets the tagger decide."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How names are found; small and hashable, because it travels to other processes with every batch.

    Attributes:
        tier: Which stages are run.
        lexicons: Files of names that the person has added.
        model: A back end that stands in for the shipped tagger: `transformers:FOLDER`, `gliner:FOLDER`, `openai:URL`;
            None for the shipped one.
        schemes: Files of topics that the person has added.
        convention: Of `kg.extract.tagger.conventions`: whose names are found, of the types that it annotates, in place of
            those of the project's guideline. It is a part of the shipped tagger.

    Raises:
        UsageError: If there is a convention with another tagger, or with none.
    """

    tier: Tier = "full"
    lexicons: tuple[str, ...] = ()
    model: str | None = None
    schemes: tuple[str, ...] = ()
    convention: str | None = None

    def __post_init__(self) -> None:
        if self.convention and (self.model or self.tier != "full"):
            raise UsageError("a convention is a part of the shipped tagger: leave it out, or the other model and the fast tier")

    def fingerprint(self) -> str:
        """Return a hash of the settings and of what is in the files they name: equal only where results are."""
        from kg.extract.backends import version  # noqa: PLC0415 - back ends are below what these settings are for

        digest = hashlib.sha256(f"{self.tier} {version(self.model) if self.model else None}".encode())
        if self.convention:
            digest.update(b"\nconvention " + self.convention.encode())
        for path in self.lexicons:
            digest.update(Path(path).name.encode() + b"\n" + Path(path).read_bytes())
        for path in self.schemes:
            digest.update(b"\nscheme ")
            with Path(path).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:12]

    def of_names(self) -> "Settings":
        """Return what finding names depends on: all but the topics."""
        return replace(self, schemes=())


DEFAULT: Final = Settings()
"""What holds where nothing else is asked for."""
