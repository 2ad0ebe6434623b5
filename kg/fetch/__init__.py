"""Fetching: what a service answers is written to files as it is, so that building stays offline and repeatable.

One file per service, found by its name, and pure: from what a person asks and a place in the list to a request, and
from an answer's bytes to how many papers it holds and where the list goes on. The client alone touches the network,
the cache and the folder alone touch the disk.
"""

from kg.fetch._cache import DAY, default_folder
from kg.fetch._client import Clock, Patience
from kg.fetch._run import Options, Outcome, fetch
from kg.fetch._service import Ask, FetchError, Service, find, known_id, services

__all__ = [
    "DAY", "Ask", "Clock", "FetchError", "Options", "Outcome", "Patience", "Service", "default_folder", "fetch", "find",
    "known_id", "services",
]  # fmt: skip
