"""What a page needs that works without a server and can be trusted with anybody's data.

Nothing in the data can become markup: it stands in a JSON block without `<`, `>` and `&`, the scripts put it into the
page as text only, and the content security policy lets no script or style run but the inlined ones, named by their
hashes, and nothing be fetched.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from typing import Any, Final

_PLAIN: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_WEB: Final = re.compile(r"https?://[^\s\"'<>]+")


def web_address(url: str | None) -> str | None:
    """Return a link that a page may offer: an address in the web, and nothing that runs.

    >>> web_address("https://orcid.org/0000-0002-1825-0097"), web_address("javascript:alert(1)"), web_address(None)
    ('https://orcid.org/0000-0002-1825-0097', None, None)
    """
    return url if _WEB.fullmatch(url or "") else None


def as_text(words: str) -> str:
    """Return words as the text of an element; what UTF-8 cannot hold (a lone surrogate) as a reference.

    >>> as_text("a < b")
    'a &lt; b'
    """
    return escape(words).encode("utf-8", "xmlcharrefreplace").decode("utf-8")


def as_json(data: Any) -> str:
    r"""Return JSON that holds no markup and no line ends, whatever the data says.

    >>> as_json("</script>&\u2028")
    '"\\u003c/script\\u003e\\u0026\\u2028"'
    """
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False).translate(_PLAIN)


def policy(scripts: Iterable[str], *styles: str) -> str:
    """Return the content security policy that lets only these scripts and styles run, and nothing be fetched."""
    run, shown = (" ".join(f"'{_hash(text)}'" for text in texts) for texts in (scripts, styles))
    return (
        f"default-src 'none'; script-src {run}; style-src {shown}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"
