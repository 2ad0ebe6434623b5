"""Answers of services, opened with suspicion: what is not as documented is a fault, worth asking again."""

import json
from typing import Any

from lxml import etree

from kg.fetch._service import FaultyAnswer


def of_json(answer: bytes) -> Any:
    """Return an answer in JSON.

    Raises:
        FaultyAnswer: If it is none: cut off, or an error page.
    """
    try:
        return json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise FaultyAnswer(_other(answer, "JSON")) from error


def at(data: Any, *keys: str) -> Any:
    """Return what is inside objects under these keys; None where there is nothing, or no object.

    >>> at({"meta": {"count": 3}}, "meta", "count"), at([], "meta", "count")
    (3, None)
    """
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def list_at(data: Any, *keys: str) -> list[Any]:
    """Return the list inside objects under these keys.

    Raises:
        FaultyAnswer: If there is none.
    """
    found = at(data, *keys)
    if not isinstance(found, list):
        raise FaultyAnswer(f"an answer without {'.'.join(keys)}")
    return found


def whole(value: Any) -> int | None:
    """Return a number that counts something; None if it does not.

    >>> whole(7), whole("12"), whole(-1), whole(True), whole("many")
    (7, 12, None, None, None)
    """
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def token(value: Any) -> str | None:
    """Return a service's own cursor; None if it gives none."""
    return value if isinstance(value, str) and value else None


def of_xml(answer: bytes, *roots: str) -> Any:
    """Return the root element of an answer in XML, which must have one of these names.

    Raises:
        FaultyAnswer: If it is no XML, or another one.
    """
    # The answer is bounded, so that only its markup may be deep or large, not what its entities grow to.
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(answer, parser)
    except etree.XMLSyntaxError as error:
        raise FaultyAnswer(_other(answer, "XML")) from error
    if root.tag not in roots:
        raise FaultyAnswer(_other(answer, "the documented XML"))
    return root


def _other(answer: bytes, wanted: str) -> str:
    """Say what came in the place of what was wanted."""
    start = answer[:200].lstrip().lower()
    if not start:
        return "an empty answer"
    return f"a web page, no {wanted}" if start.startswith((b"<!doctype html", b"<html")) else f"an answer that is no whole {wanted}"
