"""The XML stream that the readers share: what comes out, what is refused, and that nothing else is opened or kept."""

import io
import re
import socket
import threading
import time
import xml.etree.ElementTree as ET
import xml.parsers.expat
from collections.abc import Iterator
from html.entities import html5, name2codepoint
from pathlib import Path
from typing import Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kg.errors import UnreadableError
from kg.model import Document, Problem
from kg.sources import decode
from kg.sources._xml import stream
from kg.sources._xml.stream import children, elements, local, located, root_of, text_of
from tests.growth import assert_linear

ENTITIES = {name: chr(code) for name, code in name2codepoint.items()}


def document(data: bytes | str, encoding: str | None = None) -> Document:
    raw = data.encode() if isinstance(data, str) else data
    found = decode(raw, "x.xml")
    assert isinstance(found, Document)
    if encoding is None:
        return found
    return Document(found.id, found.name, found.sha256, found.size, found.open, encoding)


def texts(data: bytes | str, *tags: str, doctype: bool = False, entities: dict[str, str] | None = None) -> list[str]:
    return [text_of(element) for element in elements(document(data), *tags, doctype=doctype, entities=entities)]


def refusal(data: bytes | str, *, doctype: bool = False, entities: dict[str, str] | None = None) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        texts(data, "r", "{*}entry", doctype=doctype, entities=entities)
    return caught.value


def test_elements_come_in_order_with_lines_and_paths() -> None:
    data = '<?xml version="1.0"?>\n<a>\n <b>\n  <r>one</r><x/>\n  <r\n   k="v">two</r>\n </b>\n <b><r>three</r></b>\n</a>\n'
    found = [(path, element.sourceline, text_of(element)) for path, element in located(document(data), "r")]
    assert found == [("/a/b[1]/r[1]", 4, "one"), ("/a/b[1]/r[2]", 6, "two"), ("/a/b[2]/r[1]", 8, "three")]


def test_tags_with_and_without_namespace() -> None:
    data = '<a xmlns:n="urn:n"><r>bare</r><n:r>spaced</n:r><r xmlns="urn:o">other</r></a>'
    assert texts(data, "r") == ["bare"]
    assert texts(data, "{urn:n}r") == ["spaced"]
    assert texts(data, "{*}r") == ["bare", "spaced", "other"]
    assert texts(data, "{urn:o}r", "r") == ["bare", "other"]


def test_prefixes_that_nothing_declares_are_borne() -> None:
    data = "<a>\n<r>1 <m:i k:l='2'>x</m:i></r>\n<r><m:i/>3</r></a>"
    assert texts(data, "r") == ["1 x", "3"]
    assert [(local(child), path) for _, element in located(document(data), "r") for path, child in children(element, "/r")] == [("i", "/r/i")] * 2
    error = refusal(f"{data}\n<b/>")
    assert (error.line, error.what) == (4, "no well-formed XML at column 1: junk after document element")
    assert refusal("<a>\n<m:r/>\n<r>").line == 3
    assert refusal("<a>\n<m:i/></a>\n<b/>", entities=ENTITIES).line == 3
    assert texts("<a><m:i/><r>&uuml;</r></a>", "r", entities=ENTITIES) == ["ü"]


def test_an_element_inside_a_yielded_one_is_part_of_it() -> None:
    assert texts("<a><r>1<r>2<r>3</r></r>4</r><r>5</r></a>", "r") == ["1234", "5"]
    assert texts("<r><r>2</r></r>", "r") == ["2"]
    assert texts("<a><r>1<s>2</s></r><s>3</s></a>", "r", "s") == ["12", "3"]


def test_comments_instructions_and_includes_are_no_text() -> None:
    data = (
        '<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>\n<!-- <r>no</r> -->'
        '<a xmlns:xi="http://www.w3.org/2001/XInclude"><r>a<!-- b -->c<?d e?><![CDATA[<r>&amp;</r>]]>'
        '<xi:include href="/etc/hostname" parse="text"/></r></a>'
    )
    assert texts(data, "r") == ["ac<r>&amp;</r>"]


def test_what_was_yielded_is_emptied() -> None:
    kept = list(elements(document("<a><r k='v'><t>1</t></r>tail<r><t>2</t></r></a>"), "r"))
    assert [(len(element), element.text, element.tail, dict(element.attrib)) for element in kept] == [(0, None, None, {})] * 2


class Endless(io.RawIOBase):
    """A file of so many records, which is never whole anywhere."""

    def __init__(self, start: bytes, record: bytes, count: int, end: bytes) -> None:
        self._parts = iter([start, *[record * 100] * (count // 100), end])
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = part
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def generated(start: bytes, record: bytes, count: int, end: bytes) -> Document:
    return Document("x", "x.xml", "", 0, lambda: io.BufferedReader(Endless(start, record, count, end)))


def resident() -> int:
    """Return the resident memory of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no /proc here")
@pytest.mark.parametrize(
    ("start", "record", "end"),
    [
        (b"<a>\n", b"<r k='v'>\n<t>" + b"x" * 80 + b"</t>\n</r>\n", b"</a>"),
        (b"<a>", b"<r k='v'><t>" + b"x" * 80 + b"</t></r>tail", b"</a>"),
        (b"<a>", b"<b><c>" + b"y" * 80 + b"</c></b>tail", b"</a>"),
        (b"<a><deep><deeper>", b"<b><c>" + b"y" * 80 + b"</c></b>tail\n", b"</deeper></deep></a>"),
        (b"<a>", b"<h id='1'><r>" + b"y" * 80 + b"</r></h>\n", b"</a>"),
        (b"<a>", b"<!-- " + b"z" * 90 + b" --><?pi " + b"z" * 10 + b"?>", b"</a>"),
    ],
    ids=["lines", "one line", "nothing wanted", "nothing wanted below", "wrapped", "comments"],
)
def test_memory_does_not_grow(start: bytes, record: bytes, end: bytes) -> None:
    wanted = b"<r" in record
    count, before = 60_000, resident()
    peak = seen = 0
    for seen, _ in enumerate(elements(generated(start, record, count, end), "r"), 1):
        if seen % 5000 == 0:
            peak = max(peak, resident())
    assert seen == (count if wanted else 0)
    assert max(peak, resident()) - before < 8_000_000  # the tree of it all has more than 20 MB


def test_few_are_held_at_once() -> None:
    held = (len(element.getparent()) for element in elements(generated(b"<a>", b"<r>x</r>", 9_000, b"</a>"), "r"))
    assert max(held) < 2 * 32_768 // len("<r>x</r>")


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE a>",
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
        '<!DOCTYPE a PUBLIC "-//X//Y" "a>b.dtd">',
        "<!-- <a> --><!DOCTYPE a>",
        "<!-- <!DOCTYPE b> <r> --><?pi <r>?>\n<!DOCTYPE a\n[<!ENTITY e 'x'>]>",
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        "<!-- " + "x" * 200_000 + " --><!DOCTYPE a>",
        "<!DOCTYPE  \n a \n [ <!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p; ] >",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(prolog: str, encoding: str) -> None:
    error = refusal(f'<?xml version="1.0"?>\n{prolog}<a><r>1</r></a>'.encode(encoding))
    assert error.what == "a document type (DTD) is refused"
    assert error.line == 2 + prolog[: prolog.rfind("<!DOCTYPE")].count("\n")


@pytest.mark.parametrize(
    "definitions",
    [
        "[<!ENTITY e 'x'>]", "SYSTEM 'a.dtd' [<!ENTITY e 'x'>]", "[<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p;]", "[<!ENTITY e SYSTEM 'e.xml'>]",
        "[<!ELEMENT a ANY> <!ENTITY e '<!-- ]>'>]", "[<!-- > <!ENTITY f SYSTEM 'f' NDATA g> --> <!ENTITY e SYSTEM 'NDATA'>]", "[%p;]",
    ],
)  # fmt: skip
def test_a_document_type_that_defines_texts_is_refused_always(definitions: str) -> None:
    error = refusal(f"<?xml version='1.0'?>\n\n<!DOCTYPE a {definitions}>\n<a><r>&e;</r></a>", doctype=True, entities=ENTITIES)
    assert (error.what, error.line) == ("a document type (DTD) with definitions of its own is refused", 3)


def test_html_is_named() -> None:
    assert refusal("<!DOCTYPE html>\n<html><body/></html>").what == "an HTML page, not data in XML"
    assert refusal("<!doctype html>\n<html><br></html>").line == 1  # not even well-formed


@pytest.mark.parametrize("entities", [None, ENTITIES])
@pytest.mark.parametrize(
    "kind",
    [
        "", ' SYSTEM "a.dtd"', "\n  PUBLIC '-//X//Y>Z'\n\n 'http://127.0.0.1:9/[a].dtd'\n", " SYSTEM\n'a\"b'", " []", " [\n<!ELEMENT a (r*)>\n<!-- it's ]> -->\n] ",
        " PUBLIC '-//X' 'a.dtd' [<!ATTLIST a b CDATA ']>'>]", "[<!NOTATION g SYSTEM 'g'>\n<!ENTITY f PUBLIC '-//F' 'f' NDATA g>]",
    ],
)  # fmt: skip
def test_a_document_type_can_be_passed_over(kind: str, entities: dict[str, str] | None) -> None:
    before = f"<?xml version='1.0'?>\n<!-- <!DOCTYPE b [ -->\n<!DOCTYPE a{kind}>"
    data = f"{before}<a><r>1</r>\n<r>2</r></a>"
    found = list(located(document(data), "r", doctype=True, entities=entities))
    line = before.count("\n") + 1
    lines = [each.element.sourceline for each in located(document(data), "r", doctype=True, entities=entities)]
    assert (len(found), lines) == (2, [line, line + 1])
    column = len(before.rpartition("\n")[2])
    error = refusal(f"{before}<a><r>1</s></a>", doctype=True, entities=entities)
    plain = refusal(" " * column + "<a><r>1</s></a>")
    assert (error.line, error.what) == (line, plain.what)


def test_entities_of_the_format() -> None:
    data = "<!DOCTYPE a SYSTEM 'a.dtd'><a><r k='&auml;'>&Uuml;ber &lt;b&gt; &amp; &eacute;&#233;&quot;</r></a>"
    assert texts(data, "r", doctype=True, entities=ENTITIES) == ['Über <b> & éé"']
    assert texts("<a><r>&uuml;</r></a>", "r", entities=ENTITIES) == ["ü"]  # an excerpt without its document type
    assert "Entity 'uuml' not defined" in refusal("<a><r>&uuml;</r></a>").what
    named = {name.removesuffix(";"): text for name, text in html5.items() if name.endswith(";")}
    spelt = "".join(f"<r>&{name};</r>" for name in named)
    assert texts(f"<a>{spelt}</a>", "r", entities=named) == [" ".join(text.split()) for text in named.values()]


class Listener:
    """A server on the loopback address that counts who comes."""

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.port, self.calls, self._open = self._socket.getsockname()[1], 0, True
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def _serve(self) -> None:
        while self._open:
            try:
                self._socket.accept()[0].close()
                self.calls += 1
            except TimeoutError:
                pass

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._thread.join()
        self._socket.close()


OUTSIDE = [
    '<!DOCTYPE a SYSTEM "{}"><a><r>&s;</r></a>',
    '<!DOCTYPE a SYSTEM "{}"><a><r>1</r></a>',
    '<!DOCTYPE a [<!ENTITY e SYSTEM "{}">]><a><r>&e;</r></a>',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "{}"> %p;]><a><r>1</r></a>',
    '<!DOCTYPE a [<!NOTATION n SYSTEM "{0}"><!ENTITY e SYSTEM "{0}" NDATA n>]><a><r k="e">1</r></a>',
    '<?xml-stylesheet type="text/xsl" href="{}"?><a><r>1</r></a>',
    '<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:a {0}" xsi:noNamespaceSchemaLocation="{0}"><r>1</r></a>',
    '<a xmlns:xi="http://www.w3.org/2001/XInclude" xml:base="{0}"><r><xi:include href="{0}"/></r></a>',
]


@pytest.mark.parametrize("template", OUTSIDE)
@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "the parser alone"])
def test_nothing_outside_is_ever_opened(template: str, guarded: bool, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("<!ENTITY s 'kg-secret'>")
    with Listener() as listener:
        for address in (secret.as_uri(), str(secret), f"http://127.0.0.1:{listener.port}/", f"ftp://127.0.0.1:{listener.port}/x"):
            data = template.format(address)
            try:
                if guarded:
                    found = "".join(texts(data, "r", doctype=True))
                else:
                    parser = stream._parser(("r",), 0)
                    parser.feed(data.encode())
                    found = "".join(text_of(element) for _, element in parser.read_events())
                    parser.close()
            except (UnreadableError, etree.XMLSyntaxError) as error:
                found = str(error)
            assert "kg-secret" not in found
    assert listener.calls == 0


def test_the_listener_would_have_noticed() -> None:
    with Listener() as listener:
        socket.create_connection(("127.0.0.1", listener.port)).close()
        time.sleep(0.2)
    assert listener.calls == 1


def test_a_document_type_that_slips_through_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream._Source, "_replaced", lambda _self, head, _start, *, allowed: head)  # noqa: ARG005
    assert refusal("<!DOCTYPE a [<!ENTITY e 'x'>]><a><r>&e;</r></a>").what == "a document type (DTD) is refused"


def test_bombs() -> None:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    assert "refused" in refusal(f"<!DOCTYPE a [<!ENTITY l0 'ha'>{laughs}]><a><r>&l9;</r></a>", doctype=True).what
    assert "refused" in refusal(f"<!DOCTYPE a [<!ENTITY b '{'x' * 50_000}'>]><a><r>{'&b;' * 20_000}</r></a>", doctype=True).what
    assert "depth" in refusal("<a>" + "<b>" * 100_000).what
    assert "depth" in refusal("<a><r>" + "<b>" * 100_000).what
    assert texts("<a>" + "".join(f"<n{n}:x xmlns:n{n}='urn:{n}'/>" for n in range(20_000)) + "<r>1</r></a>", "r") == ["1"]
    many = " ".join(f"xmlns:n{n}='urn:{n}'" for n in range(5_000))
    assert texts(f"<a {many}><r>1</r></a>", "r") == ["1"]
    assert texts(f"<a><r {' '.join(f'k{n}={chr(34)}v{chr(34)}' for n in range(50_000))}>1</r></a>", "r") == ["1"]
    assert refusal(f"<a><r>{'x' * 11_000_000}</r></a>").line == 1
    assert refusal(f"<a><r k='{'x' * 11_000_000}'/></a>").line == 1
    assert refusal("<!--" + "x" * 3_000_000).what == "no element in the first 1 MB"


def test_the_parser_alone_stops_what_expands() -> None:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    parser = stream._parser(("r",), 0)
    with pytest.raises(etree.XMLSyntaxError):
        parser.feed(f"<!DOCTYPE a [<!ENTITY l0 'ha'>{laughs}]><a><r>&l9;</r></a>")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig"), ("ISO-8859-1", "latin-1"), ("iso-8859-1", "latin-1"), ("latin1", "latin-1"),
        ("windows-1252", "cp1252"), ("ISO-8859-15", "iso8859-15"), ("UTF-16", "utf-16"), ("UTF-8", "utf-16"), ("UTF-32", "utf-32"),
        ("UTF-16", "utf-8"), ("", "utf-8"), ("", "utf-16"), ("us-ascii", "ascii"),
    ],
)  # fmt: skip
def test_encodings(declared: str, encoding: str) -> None:
    word = "plain" if encoding == "ascii" else "Köln"
    declaration = f"<?xml version='1.0'{f' encoding={chr(34)}{declared}{chr(34)}' if declared else ''}?>\n"
    data = f"{declaration}<a>\n<r>{word}</r>\n<r>1 Ċ</r></a>" if encoding.startswith("utf") else f"{declaration}<a>\n<r>{word}</r>\n<r>1</r></a>"
    found = [(text_of(element)[:5], element.sourceline) for element in elements(document(data.encode(encoding)), "r")]
    lines = [element.sourceline for element in elements(document(data.encode(encoding)), "r")]
    assert [text for text, _ in found] == [word, "1 Ċ" if encoding.startswith("utf") else "1"]
    assert lines == [3, 4]


@pytest.mark.parametrize("name", ["UTF-7", "IBM037", "x-mac-roman", "rot13", "hex", "no-such", "idna"])
def test_other_encodings_are_refused(name: str) -> None:
    error = refusal(f"<?xml version='1.0' encoding='{name}'?><a><r>1</r></a>")
    assert (error.what, error.line) == (f"the encoding {name} is not read", 1)


def test_what_a_person_says_of_the_encoding_goes_before_the_declaration() -> None:
    data = "<?xml version='1.0' encoding='UTF-8'?><a><r>Köln</r></a>".encode("latin-1")
    assert [text_of(element) for element in elements(document(data, "latin-1"), "r")] == ["Köln"]


@pytest.mark.parametrize("lie", [b"K\xf6ln", b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf"])
def test_bytes_that_are_not_in_the_encoding(lie: bytes) -> None:
    error = refusal(b"<?xml version='1.0' encoding='UTF-8'?>\n<a>\n<r>" + lie + b"</r></a>")
    assert error.line == 3
    assert "encoding" in error.what


def test_a_cut_character_of_another_encoding() -> None:
    error = refusal("<a><r>1</r></a>".encode("utf-16") + b"\x00")
    assert error.what.startswith("not utf-16")


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("<a>\n<r>1</s></a>", 2, 9), ("<a>\n<r>1</r>", 2, 9), ("<a><r>&nbsp;</r></a>", 1, 13), ("<a>\n\n<r x=1/></a>", 3, 6),
        ("<a><r>\x08</r></a>", 1, 7), ("<a><r>&#0;</r></a>", 1, 11), ("<a/>\n<b/>", 2, 1), ("no xml", 1, 1), ("", 1, 1),
        ("<a><r>1</r></a>junk", 1, 16), ("<a\n", 2, 1),
    ],
)  # fmt: skip
def test_errors_have_line_and_column(data: str, line: int, column: int) -> None:
    error = refusal(data)
    found = re.fullmatch(r"no well-formed XML at column (\d+): (.+)", error.what)
    assert found
    assert error.line == line
    assert abs(int(found[1]) - column) <= 1  # libxml2 points at a mistake or right behind it
    assert "line" not in found[2]


def test_a_cut_file_is_unreadable_wherever_it_is_cut() -> None:
    data = "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'x'>\n<a>\n<r>&uuml;ü</r>\n<r k='v'/>\n</a>".encode()
    for end in range(len(data)):
        error = refusal(data[:end], doctype=True, entities=ENTITIES)
        assert 1 <= error.line <= data.count(b"\n", 0, end) + 1, end


LONG = [
    "<r>", "<t>x</t>", "</r>", "\n", "\n", "\n", "<!-- </r>\n -->", "<![CDATA[</r>\n<r>]]>", "<?p </r>?>", "<x/>", "text", "&amp;",
    "<h>", "</h>", "<r k='</h'/>", "<n:r xmlns:n='urn:n'>", "</n:r>", "ü", "<r/>", "</r\n>", "<r></r>",
]  # fmt: skip


def balanced(pieces: list[str]) -> str:
    """Return pieces as well-formed XML: end tags that fit nothing are left out, open elements are closed."""
    out: list[str] = []
    stack: list[str] = []
    for piece in pieces:
        opening = re.match(r"<([\w:]+)", piece)
        closing = re.match(r"</([\w:]+)", piece)
        if closing:
            if not stack or stack[-1] != closing[1]:
                continue
            stack.pop()
        elif opening and not piece.endswith("/>") and "</" not in piece:
            stack.append(opening[1])
        out.append(piece.replace("'</h'", "'&lt;/h'"))
    return "".join(out) + "".join(f"</{name}>" for name in reversed(stack))


def oracle(data: str) -> list[tuple[str, int, list[int], str]]:
    """Return path, line, lines of the elements inside, and text of each outermost record, as expat tells them."""
    parser = xml.parsers.expat.ParserCreate(namespace_separator="}")
    paths, counts = [""], [dict[str, int]()]
    found: list[tuple[str, int, list[int], str]] = []
    depth, lines, text = 0, list[int](), list[str]()

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal depth
        name = tag.rpartition("}")[2]
        counts[-1][name] = counts[-1].get(name, 0) + 1
        paths.append(f"{paths[-1]}/{name}" + (f"[{counts[-1][name]}]" if len(paths) > 1 else ""))
        counts.append({})
        if depth or name == "r":
            if not depth:
                lines.clear()
                text.clear()
            depth += 1
            lines.append(parser.CurrentLineNumber)

    def end(_: str) -> None:
        nonlocal depth
        if depth:
            depth -= 1
            if not depth:
                found.append((paths[-1], lines[0], lines[1:], " ".join("".join(text).split())))
        paths.pop()
        counts.pop()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    parser.Parse(data.encode(), True)
    return found


def streamed(data: str) -> Iterator[tuple[str, int, list[int], str]]:
    for path, element in located(document(data), "{*}r"):
        inside = [each.sourceline for each in element.iterdescendants()]
        yield path, element.sourceline, inside, text_of(element)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.sampled_from(LONG), max_size=60), segment=st.integers(0, 4), block=st.sampled_from([1, 2, 7, 64, 4096]))
def test_parsers_that_take_turns_see_what_one_sees(pieces: list[str], segment: int, block: int) -> None:
    data = f'<?xml version="1.0"?>\n<a xmlns="urn:d" k="&lt;&amp;">\n{balanced(pieces)}\n</a>'
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "_SEGMENT", segment)
        patch.setattr(stream, "_BLOCK", block)
        assert list(streamed(data)) == oracle(data)


@pytest.mark.parametrize("root", ["a", "n:a", "ä", "a\u00b7b"])
@pytest.mark.parametrize("between", ["", "<!--" + "x" * 100_000 + "-->", "<?p " + "\n" * 3_000_000 + "?>"], ids=["", "100 kB", "3 MB"])
def test_wherever_the_root_is_and_whatever_its_name(root: str, between: str) -> None:
    start = f"<!DOCTYPE {root} SYSTEM 'x'>{between}<{root} xmlns:n='urn:n'>"
    data = f"{start}<r>1</r>\n" + "<r>\n</r>\n<j/>" * 15_000 + f"</{root}>"
    found = list(located(document(data), "r", doctype=True, entities=ENTITIES))
    name = root.removeprefix("n:")
    assert (len(found), found[-1].path) == (15_001, f"/{name}/r[15001]")
    lines = [each.sourceline for each in elements(document(data), "r", doctype=True, entities=ENTITIES)]
    if "\n" not in between:
        assert lines == [1, *range(2, 30_002, 2)]


def test_a_parser_can_go_on_after_the_shortest_start() -> None:
    assert list(streamed(data := "<a>" + "<r>\n</r\n>" * 20_000 + "</a>")) == oracle(data)


@pytest.mark.parametrize("gap", ["\n", "\n\n\n", "\n<!-- </r> -->\n<x/>\n"])
def test_lines_beyond_what_libxml2_counts(gap: str) -> None:
    record = f"<r>{gap}<t>\nü</t>{gap}</r>{gap}"
    data = "<a>\n<h id='1'>" + record * (140_000 // record.count("\n")) + "</h></a>"
    assert list(streamed(data)) == oracle(data)


def test_elements_around_are_the_same_beyond() -> None:
    data = "<c xmlns='urn:c' xmlns:n='urn:n' id='P&lt;19'><n:v id='1'>" + "<r>\n</r>\n" * 40_000 + "</n:v><n:v id='2'><r/></n:v></c>"
    around = {
        tuple((each.tag, each.get("id")) for each in found.element.iterancestors()): found.path
        for found in located(document(data), "{*}r")
    }
    assert around == {
        (("{urn:n}v", "1"), ("{urn:c}c", "P<19")): "/c/v[1]/r[40000]",
        (("{urn:n}v", "2"), ("{urn:c}c", "P<19")): "/c/v[2]/r[1]",
    }


@pytest.mark.parametrize(("ending", "column"), [("<r>1</s></a>", 9), ("", 1), ("<r>&nope;</r></a>", 10), ("</b>", 5)])
def test_errors_beyond_have_their_line_too(ending: str, column: int) -> None:
    data = "<!DOCTYPE a SYSTEM 'x'>\n<a>\n" + "<r>\n&uuml;</r>\n" * 50_000 + ending
    error = refusal(data, doctype=True, entities=ENTITIES)
    assert error.line == 100_003
    found = re.match(r"no well-formed XML at column (\d+)", error.what)
    assert found
    assert abs(int(found[1]) - column) <= 1


def test_entities_are_known_beyond() -> None:
    data = "<!DOCTYPE a SYSTEM 'x'>\n<a>\n" + "<r>\n&uuml;</r>\n" * 50_000 + "</a>"
    found = [(text_of(each), each.sourceline) for each in elements(document(data), "r", doctype=True, entities=ENTITIES)]
    assert found == [("ü", line) for line in range(3, 100_003, 2)]


def test_line_ends() -> None:
    data = "<a>\r\n<r>1\r\n2</r>\r\n<r>3</r></a>"
    assert list(streamed(data)) == [("/a/r[1]", 2, [], "1 2"), ("/a/r[2]", 4, [], "3")]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<a>", "a"), ("\ufeff<?xml version='1.0'?>\n<!-- <b> --><a/>", "a"), ("<!DOCTYPE x SYSTEM 'a>b' [<!ENTITY c '<d>'>]>\n<n:a k='v'", "a"),
        ("<?p <b>?><a-b.c\n", "a-b.c"), ("", ""), ("text <a>", ""), ("{}", ""), ("<!-- <a>", ""), ("<", ""), ("<a", ""), ("< a>", ""),
    ],
)  # fmt: skip
def test_root(head: str, name: str) -> None:
    assert root_of(head) == name


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>!?-[]'\"aD \n&;\ufeff", max_size=60) | st.text(max_size=60))
def test_root_of_any_text(head: str) -> None:
    assert isinstance(root_of(head), str)


@pytest.mark.parametrize(
    ("before", "piece", "times"), [("", "<?a", 20_000), ("", "<!--", 20_000), ("<!DOCTYPE a ", "'", 40_000), ("", "<?a?>", 10_000), ("", " ", 60_000), ("<!DOCTYPE ", "a", 60_000)]
)
def test_root_takes_no_time(before: str, piece: str, times: int) -> None:
    assert root_of(before + piece * times) == ""
    assert isinstance(refusal(before + piece * times), UnreadableError)
    assert_linear(root_of, lambda size: before + piece * size, times)
    assert_linear(refusal, lambda size: before + piece * size, times)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=120) | st.text(alphabet="<>/!?-[]'\"ra =\n&;#x", max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    found = decode(data, "x.xml")
    if isinstance(found, Problem):
        return
    try:
        streamed_texts = [text_of(element) for element in elements(found, "{*}r", "{*}a")]
    except UnreadableError:
        return
    root = ET.fromstring(data)  # noqa: S314 - of our own making
    outermost = [root] if root.tag.rpartition("}")[2] in {"r", "a"} else None
    if outermost:
        assert streamed_texts == [" ".join("".join(root.itertext()).split())]


def test_text_and_names() -> None:
    element = etree.XML("<a xmlns='urn:x'> one\n<b>t<c/>wo</b><!-- no --> three </a>")
    assert (text_of(element), text_of(None), local(element)) == ("one two three", "", "a")
    assert [text_of(child) for child in element if isinstance(child.tag, str)] == ["two"]  # without what follows it
    assert [found.path for found in children(etree.XML("<a><b/><c/><b/></a>"), "/a")] == ["/a/b[1]", "/a/c", "/a/b[2]"]


def test_a_formula_is_read_without_the_blanks_that_lay_it_out() -> None:
    formula = "<m:math>\n  <m:msub>\n <m:mi>V</m:mi>\n <m:mn>2</m:mn>\n </m:msub>\n <m:mtext> </m:mtext>\n <m:mi>max</m:mi>\n</m:math>"
    element = etree.XML(f'<a xmlns:m="http://www.w3.org/1998/Math/MathML">up to {formula} of <i>x</i> <b>y</b>\n z</a>')
    assert text_of(element) == "up to V2 max of x y z"
