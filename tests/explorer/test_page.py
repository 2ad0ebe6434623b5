"""The file: its policy, its scripts in one scope, its data that cannot be markup; and what a server is given."""

import gzip
import hashlib
import re
from base64 import b64encode
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest

from kg.explorer import page
from kg.explorer.page import _ASSETS, bundle, served, summary, write
from kg.model import Graph
from tests.export.graphs import graph_of, hostile_graph, large_graph, toy_graph
from tests.pages import bytes_of

PROBES = ["</script><script>1</script>", "<!--", "<img src=x onerror=1>", '" onload="1', "]]>"]


def written(graph: Graph) -> str:
    out = BytesIO()
    write(graph, out)
    return out.getvalue().decode("utf-8")


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    assert written(large_graph(tmp_path, 60)) == written(large_graph(tmp_path, 60))


def test_the_policy_names_every_script_and_style_by_its_hash(tmp_path: Path) -> None:
    text = written(toy_graph(tmp_path))
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])  # type: ignore[index]
    assert "default-src 'none'" in policy
    assert "connect-src" not in policy, "nothing is fetched"
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert len(scripts) == len(styles) == 1
    packed = (gzip.decompress(bytes_of(re.search(rf'id="{name}">([^<]*)<', text)[1])).decode() for name in ("code", "style"))  # type: ignore[index]
    for part in (*scripts, *styles, *packed):
        assert f"'sha256-{b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("hostile", [True, False])
def test_data_is_no_markup(hostile: bool, tmp_path: Path) -> None:
    text = written(hostile_graph(tmp_path, PROBES) if hostile else toy_graph(tmp_path))
    blobs = re.findall(r'<script type="text/plain" id="([\w-]+)">(.*?)</script>', text, re.DOTALL)
    assert [name for name, _ in blobs] == ["style", "code", "columns", "names", "details-0"]
    assert all(re.fullmatch(r'[^\s"&<]+', data) for _, data in blobs)
    assert text.count("<script") == len(blobs) + 1
    assert "onerror=1>" not in text


def test_each_script_imports_only_what_another_exports() -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in _ASSETS.glob("*.js")}
    exported = {
        name: set(re.findall(r"^export (?:async )?(?:const|function\*?|class) ([\w$]+)", text, re.MULTILINE)) for name, text in scripts.items()
    }
    for name, text in scripts.items():
        for what, source in re.findall(r'^import \{(.*)\} from "\./([\w-]+\.js)";$', text, re.MULTILINE):
            wanted = {each.split(" as ")[0].strip() for each in what.split(",")}
            assert wanted <= exported[source], f"{name}: {wanted - exported[source]} of {source}"
        assert text.count("import ") >= len(re.findall("^import ", text, re.MULTILINE)) == len(re.findall(r"^import \{.*\} from", text, re.MULTILINE)), name


def test_no_template_goes_over_lines() -> None:
    """Ends of lines are taken out of the bundle, wherever they part nothing in code."""
    for path in _ASSETS.glob("*.js"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert line.lstrip().startswith(("//", "*", "/**")) or line.count("`") % 2 == 0, f"{path.name}: {line}"


def test_the_bundle_holds_each_script_once_after_those_that_it_needs() -> None:
    code = bundle()
    assert '"use strict";' in code[:40]
    assert not re.search(r"^(import|export) ", code, re.MULTILINE)
    assert code.count("const load=async") == 1
    assert code.index("const load=async") < code.index("await load()")


def test_the_loader_stands_before_what_is_told_on_demand(tmp_path: Path) -> None:
    text = written(toy_graph(tmp_path))
    assert text.index('id="names"') < text.index("<script>") < text.index('id="details-0"')


def test_a_server_is_given_the_page_and_its_data_apart(tmp_path: Path) -> None:
    graph = toy_graph(tmp_path)
    found = served(graph, "data/v-1")
    head = found["index.html"].data.decode()
    assert found["index.html"].content_type == "text/html; charset=utf-8"
    assert 'data-source="server" data-folder="data/v-1"' in head
    assert "connect-src 'self'" in unescape(head)
    assert 'id="columns"' not in head
    assert sorted(found) == ["data/v-1/columns", "data/v-1/details-0", "data/v-1/names", "index.html"]
    for name, data in page.blobs(graph, full=True):
        assert found[f"data/v-1/{name}"].data == data
        assert found[f"data/v-1/{name}"].encoding == "gzip"


def test_an_empty_graph_is_a_page_too(tmp_path: Path) -> None:
    assert 'id="columns"' in written(graph_of(tmp_path, [], [], []))


def test_the_summary_counts(tmp_path: Path) -> None:
    assert summary(toy_graph(tmp_path)).startswith("3 papers, 2 people, 1 dataset")
    assert summary(toy_graph(tmp_path)).endswith("15 edges, author lists cut (“et al.”) in 1 of 2 papers")
