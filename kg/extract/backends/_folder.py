"""A folder that holds a model: whether it is one, and what tells it from others."""

import hashlib
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from kg.errors import UsageError

_WEIGHTS: Final = ("*.safetensors", "*.bin")
"""Both are loaded as numbers alone: of a pickled file the libraries take no code (`weights_only`)."""


def model_folder(place: str, config: str) -> Path:
    """Return the folder of a model.

    Args:
        place: Its path.
        config: The file that every model of its kind has.

    Raises:
        UsageError: If it is none.
    """
    folder = Path(place).expanduser()
    if not (folder / config).is_file():
        raise UsageError(f"{place}: no model: there is no {config} in that folder")
    if not any(path for form in _WEIGHTS for path in folder.glob(form)):
        raise UsageError(f"{place}: no model: there are no weights in that folder ({', '.join(_WEIGHTS)})")
    return folder


def digest(folder: Path) -> str:
    """Return what tells a model from all others: a hash of its weights and settings."""
    found = hashlib.sha256()
    for path in sorted(path for form in (*_WEIGHTS, "*.json") for path in folder.glob(form)):
        with path.open("rb") as file:
            found.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()[:8]


def library(module: str, extra: str) -> Any:
    """Return a library that is not always installed.

    Raises:
        UsageError: If it is not.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(f"--model needs {module}; install it with: pip install 'kg[{extra}]' ({error})") from error


def not_loaded(place: str, what: str, error: Exception) -> UsageError:
    """Return the one line that is told of a model that its library cannot load."""
    reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return UsageError(f"{place}: not {what}: {reason[:300]}")
