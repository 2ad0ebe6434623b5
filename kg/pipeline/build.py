"""From files to a published version of the graph.

`kg.pipeline.corpus` reads what has changed; the joins (`kg.pipeline.tables`) always run over everything, which is why the
result is the same as a full build's. A version is written beside the one before it, and published when all of it is on
the disk.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Any, Final

import kg
from kg.children import beside
from kg.engine.inputs import Found, Named, named, opened
from kg.engine.local import LocalEngine
from kg.errors import BuildError, InputError, KgError, UsageError
from kg.extract import topics
from kg.files import atomic_write
from kg.garbage import unsearched
from kg.model import Problem
from kg.pipeline import pictures, quads, tables
from kg.pipeline.corpus import Input, fingerprint, prune, read_corpus, read_inputs
from kg.pipeline.options import Options, check_base, config, recalled
from kg.pipeline.progress import Clock, Say, Summary
from kg.pipeline.version import QUADS, RUN, decided_text, run_of
from kg.resolve import decisions
from kg.store import folder as folders
from kg.store.database import load_store
from kg.text import counted, printable


@dataclass(frozen=True)
class _Given:
    """What a build is made of.

    Attributes:
        files: The files, folders' files and archives that it was given.
        found: What can be opened of them, and what cannot.
        gone: Inputs of the last build that are not on the disk any more, but may be in the cache.
        removed: Names of what was taken out of these files.
    """

    files: list[Named]
    found: Found
    gone: list[Input] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def build(paths: Sequence[str | Path], out: str | Path, options: Options | None = None, say: Say = lambda _: None) -> Summary:
    """Build or update the graph of these files in the folder `out`.

    The graph is that of the paths given, no more and no less: naming fewer files takes the others out.

    Raises:
        UsageError: If a path does not exist, or the base IRI is none.
        InputError: If nothing in the input can be read, or there are problems under `strict`.
        BuildError: If the folder cannot be written, or another build is at work in it.
    """
    options = options or Options()
    check_base(options.base)
    # A later build may be started from another folder.
    finding = options.finding
    lexicons, schemes = (tuple(str(Path(path).absolute()) for path in paths) for paths in (finding.lexicons, finding.schemes))
    options = replace(options, finding=replace(finding, lexicons=lexicons, schemes=schemes))
    files = named(str(path) for path in paths)
    if not files:
        raise UsageError("no input: name files, folders or patterns")
    with _place(Path(out)) as place:
        before = _inputs_before(Path(out))
        summary = _run(_Given(files, opened(files, place / folders.SCRATCH)), Path(out), place, options, say)
        return replace(summary, left_out=_left_out(before, inputs(Path(out))))


def rebuild(folder: Path, say: Say = lambda _: None, without: Collection[Input] = ()) -> Summary:
    """Build again from the inputs of the last build, for instance after a decision on identity.

    Args:
        folder: The build folder.
        say: Where progress is told.
        without: Inputs of the last build to leave out; the others keep their names.

    Raises:
        BuildError: If an input has gone and is not in the cache any more.
    """
    told = _told(folder)
    before = [each for each in inputs(folder) if each not in without]
    paths = {each.path for each in before}
    files = [Named(each["name"], Path(each["path"])) for each in told["files"] if each["path"] in paths and os.path.lexists(each["path"])]
    there = {str(file.path) for file in files}
    gone = [each for each in before if each.path not in there]
    never = {each.name for each in gone if not each.sha256}
    still = [Problem(**problem) for problem in told["problems"] if problem["document"] in never]
    removed = sorted({*told["removed"], *(each.name for each in without)})
    with _place(folder) as place:
        given = _Given(files, _without(opened(files, place / folders.SCRATCH), removed, still), gone, removed)
        return _run(given, folder, place, recalled(told["options"]), say)


def inputs(folder: Path) -> list[Input]:
    """Return the inputs of the last build, by name.

    Raises:
        BuildError: If there is no graph in the folder, or one that another version of kg has built.
    """
    return [Input(**entry) for entry in _told(folder)["inputs"]]


def _told(folder: Path) -> dict[str, Any]:
    """Return what the last run says of itself.

    Raises:
        BuildError: If there is no graph in the folder, or one that another version of kg has built.
    """
    told = run_of(folders.current(folder))
    if told.get("form") != _FORM:
        raise BuildError(f"{folder}: another version of kg has built this graph; build it again from your files with kg build")
    return told


def _inputs_before(out: Path) -> list[Input]:
    """Return the inputs of the graph that is in a folder; none where there is no graph that can be read."""
    try:
        return inputs(out)
    except (BuildError, ValueError):
        return []


def _left_out(before: Iterable[Input], now: Sequence[Input]) -> list[str]:
    """Return the inputs that are in the graph no more, by name: neither the file nor its content."""
    paths, hashes = {each.path or each.name for each in now}, {each.sha256 for each in now}
    return [each.name for each in before if each.sha256 and (each.path or each.name) not in paths and each.sha256 not in hashes]


def _without(found: Found, removed: Collection[str], still: Iterable[Problem]) -> Found:
    """Return what was found without what was taken out, and with the problems of what has gone and could never be opened."""
    sources = [source for source in found.sources if source.name not in removed]
    problems = [problem for problem in found.problems if problem.document not in removed]
    return Found(sources, [*problems, *still], {problem.document: found.origins[problem.document] for problem in problems})


_FORM: Final = 2
"""The form of a run's description: a version that tells another one is not built on."""


@contextmanager
def _place(out: Path) -> Iterator[Path]:
    """Give the folder of a new version, under the lock of the build folder."""
    with folders.locked(out), _named_faults(out):
        folders.sweep(out)
        folders.drop_damaged_cache(out)
        with folders.staging(out) as place:
            (place / folders.SCRATCH).mkdir()
            yield place


def _run(given: _Given, out: Path, place: Path, options: Options, say: Say) -> Summary:
    """Build a version of what was found, and of what the cache still holds of inputs that have gone."""
    sources = given.found.sources
    clock, cache = Clock(say), out / folders.CACHE
    known = topics.known(options.finding)
    with LocalEngine(options.workers, place / folders.SCRATCH / "joins") as engine:
        clock("read", counted(len(sources), "file"))
        inputs, faults = read_inputs(sources, options.reading, cache, engine, clock)
        shut = [Input(name, path, "") for name, path in given.found.origins.items()]
        inputs = sorted([*inputs, *given.gone, *shut], key=lambda each: (each.name, each.sha256))
        unopened = [*given.found.problems, *faults]
        text = decided_text(out)
        version = _version(inputs, unopened, options, text)
        if not options.force and (done := _unchanged(out, version, inputs)):
            folders.tidy(out)
            _refuse(done.problems, options, readable=True)
            return done
        corpus = read_corpus(inputs, options.reading, options.finding, cache, engine, clock)
        decided, faults = decisions.read(text)
        problems = sorted(unopened + corpus.problems + faults, key=lambda p: (p.document, p.line, p.what))
        readable = any(document["reader"] for document in corpus.documents) or corpus.records.num_rows > 0
        _refuse(problems, options, readable=readable)
        with unsearched():
            built = tables.make(corpus, known, decided, problems, place, cache, options, engine, clock)
        _refuse(built.problems, options, readable=readable)
    # The processes have ended: ordering needs their memory, and then the store and the picture.
    with LocalEngine(options.workers, place / folders.SCRATCH / "joins") as engine:
        counts = built.counts | {"quads": quads.write(built.lines, place, engine)}
    rmtree(place / folders.SCRATCH)
    with _drawing(counts["nodes"], place, out, options) as drawn, ThreadPoolExecutor(1) as aside:
        hashed = [aside.submit(folders.digests, [place / QUADS])]
        clock("store", counted(counts["quads"], "quad"))
        load_store(place / "store", place / QUADS)
        hashed.append(aside.submit(folders.digests, list((place / "store").iterdir())))
        clock("draw", counted(counts["nodes"], "node"))
        drawn()
        clock("export")
        pictures.export(counts["quads"], place, options)
    _describe(place, given, inputs, options, version, counts, built.problems, clock)
    # A folder without texts can be given away as it is, so it keeps none in its cache either.
    cached = [*corpus.cached, built.judged] if options.with_text else []
    folders.publish(out, place, version, cached, {path: digest for each in hashed for path, digest in each.result().items()})
    prune(cache, cached)
    clock("")
    return Summary(out, counts, built.problems, clock.seconds)


@contextmanager
def _drawing(nodes: int, place: Path, out: Path, options: Options) -> Iterator[Callable[[], None]]:
    """Give what draws the graph; of many nodes it is drawn by another process meanwhile, and only waited for."""
    given = place, pictures.stood_before(out), options
    if nodes < pictures.MANY or options.workers == 1:
        yield partial(pictures.draw, *given)
        return
    with beside(pictures.draw, *given) as drawn:
        yield drawn


@contextmanager
def _named_faults(out: Path) -> Iterator[None]:
    """Turn an error of the system, for instance a full disk, into one that names the file or folder."""
    try:
        yield
    except OSError as error:
        if isinstance(error, KgError):
            raise
        place = error.filename or out
        raise BuildError(f"{place}: {error.strerror or error}; the graph is as it was before") from error


def _refuse(problems: list[Problem], options: Options, *, readable: bool) -> None:
    """Stop where nothing could be read, or where problems are fatal."""
    def listed(some: list[Problem]) -> str:
        return "\n".join(printable(str(problem)) for problem in some[:20])

    if options.strict and problems:
        them = "it" if len(problems) == 1 else "them"
        raise BuildError(f"{counted(len(problems), 'problem')} in the input, and --strict makes {them} fatal:\n{listed(problems)}")
    broken = [problem for problem in problems if problem.severity == "error"]
    if not readable and broken:
        raise InputError(f"nothing in the input could be read:\n{listed(broken)}")


def _version(inputs: Iterable[Input], unopened: Iterable[Problem], options: Options, decided: str) -> str:
    """Return the name of a version: a hash of all that it depends on."""
    digest = hashlib.sha256(f"{config(options)} {fingerprint()} {decided}".encode())
    for each in inputs:
        digest.update(f"\n{each.name} {each.sha256}".encode())
    for problem in unopened:
        digest.update(f"\n{problem}".encode())
    return digest.hexdigest()[:16]


def _unchanged(out: Path, version: str, inputs: Sequence[Input]) -> Summary | None:
    """Return the summary of the last build if it was of the very same input at the same places, and is whole."""
    try:
        told = run_of(folders.current(out))
        if told["version"] != version or told["inputs"] != [asdict(each) for each in inputs] or folders.damages(out):
            return None
        return Summary(out, told["counts"], [Problem(**p) for p in told["problems"]], unchanged=True)
    except (BuildError, OSError, ValueError, KeyError):
        return None


def _describe(
    place: Path, given: _Given, inputs: list[Input], options: Options, version: str, counts: dict[str, int], problems: list[Problem],
    clock: Clock,
) -> None:  # fmt: skip
    """Write the version's own description of its run."""
    clock("publish")
    told = {
        "form": _FORM, "version": version, "kg": kg.__version__, "counts": counts, "problems": [asdict(p) for p in problems],
        "seconds": clock.seconds,
        "options": asdict(options) | {"force": False, "strict": False},
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "files": [{"name": file.name, "path": str(file.path)} for file in given.files if file.lasting],
        "removed": given.removed,
        "inputs": [asdict(each) for each in inputs],
    }  # fmt: skip
    with atomic_write(place / RUN) as out:
        out.write(json.dumps(told, indent=1).encode())
