"""Packed bytes as streams: what was packed comes out, and whatever is wrong with it is one error."""

import bz2
import gzip
import io
import json
import lzma
import struct
import subprocess
import sys
import tarfile
import tempfile
import tracemalloc
import zipfile
import zlib
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.engine.containers import Packing, open_packed
from kg.engine.inputs import find_all
from kg.errors import UnreadableError


def zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(data)


def zipped(data: bytes, method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("folder/a.bib", data)
    return out.getvalue()


def tarred(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("folder/a.bib")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


STREAMS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zst,
}  # fmt: skip
CONTAINERS: dict[str, Callable[[bytes], bytes]] = {
    "a.bib": bytes,
    **{f"a.bib.{ending}": pack for ending, pack in STREAMS.items()},
    "stored.zip": lambda data: zipped(data, zipfile.ZIP_STORED),
    "deflated.zip": lambda data: zipped(data, zipfile.ZIP_DEFLATED),
    "bzip2.zip": lambda data: zipped(data, zipfile.ZIP_BZIP2),
    "lzma.zip": lambda data: zipped(data, zipfile.ZIP_LZMA),
    "a.tar": tarred,
    "a.tgz": lambda data: gzip.compress(tarred(data)),
    **{f"a.tar.{ending}": lambda data, pack=pack: pack(tarred(data)) for ending, pack in STREAMS.items()},  # type: ignore[misc]
    "gz in a.zip": lambda data: zipped(gzip.compress(data), zipfile.ZIP_DEFLATED),
    "xz in a.tar.gz": lambda data: gzip.compress(tarred(lzma.compress(data))),
    "zst in a.tar": lambda data: tarred(zst(data)),
}


def unpacked(path: Path, packing: Packing) -> bytes:
    with open_packed(path, packing) as stream:
        return stream.read()


def is_packed(data: bytes) -> bool:
    return data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7z", b"\x28\xb5", b"PK", b"7z", b"Rar!")) or data[1:4] == b"\x2a\x4d\x18"


@pytest.mark.parametrize("name", CONTAINERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.binary().filter(lambda data: not is_packed(data)))
def test_what_was_packed_comes_out(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as home:
        file = Path(home, name)
        file.write_bytes(CONTAINERS[name](data))
        found = find_all([str(file)], Path(home, "spool"))
        (source,) = found.sources
        assert found.problems == []
        assert source.name == (name if name.startswith("a.bib") else f"{name}/folder/a.bib")
        for _ in range(2):
            with source.open() as stream:
                assert stream.read() == data


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_long_one_comes_out_in_pieces_of_any_size(name: str, tmp_path: Path) -> None:
    data = b"".join(b"line %d of a long file \n" % number for number in range(40_000))
    (tmp_path / name).write_bytes(CONTAINERS[name](data))
    (source,) = find_all([str(tmp_path / name)], tmp_path / "spool").sources
    for size in (1000, 65_536, 1 << 20):
        with source.open() as stream:
            assert b"".join(iter(lambda: stream.read(size), b"")) == data  # noqa: B023
    with source.open() as stream:
        assert sum(1 for _ in stream) == 40_000


@pytest.mark.parametrize("codec", STREAMS)
def test_several_streams_in_a_row_are_one(codec: str, tmp_path: Path) -> None:
    pack, file = STREAMS[codec], tmp_path / "a"
    file.write_bytes(pack(b"one ") + pack(b"") + pack(b"two ") + b"\0" * 8 + pack(b"three") + b"\0" * 400)
    assert unpacked(file, Packing(codec=codec)) == b"one two three"


def test_frames_that_zstandard_skips(tmp_path: Path) -> None:
    skipped = struct.pack("<II", 0x184D2A5E, 9) + b"some note"
    (tmp_path / "a.zst").write_bytes(skipped + zst(b"text") + skipped)
    (source,) = find_all([str(tmp_path / "a.zst")], tmp_path).sources
    assert source.open().read() == b"text"


@pytest.mark.parametrize("codec", STREAMS)
@given(part=st.floats(0, 1, exclude_max=True))
def test_a_stream_that_is_cut_anywhere_is_truncated(codec: str, part: float) -> None:
    packed = STREAMS[codec](bytes(range(256)) * 20)
    with tempfile.TemporaryDirectory() as home:
        file = Path(home, "a")
        file.write_bytes(packed[: int(part * len(packed))])
        with pytest.raises(UnreadableError, match="truncated"):
            unpacked(file, Packing(codec=codec))


@pytest.mark.parametrize("codec", STREAMS)
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_stream_with_a_wrong_bit_gives_its_own_bytes_or_an_error(codec: str, place: int, bit: int) -> None:
    data = bytes(range(256)) * 4
    packed = bytearray(STREAMS[codec](data))
    packed[place % len(packed)] ^= 1 << bit
    with tempfile.TemporaryDirectory() as home:
        file = Path(home, "a")
        file.write_bytes(packed)
        try:
            assert unpacked(file, Packing(codec=codec)) == data  # a bit of the time in the head of a gzip, say
        except UnreadableError as error:
            assert "damaged" in error.what or "truncated" in error.what or "memory" in error.what  # noqa: PT017


@pytest.mark.parametrize("codec", STREAMS)
def test_what_follows_the_end_is_damage(codec: str, tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(STREAMS[codec](b"text") + b"and what is this?")
    with pytest.raises(UnreadableError, match=r"damaged|truncated"):
        unpacked(file, Packing(codec=codec))


@pytest.mark.parametrize(("method", "name"), [(zlib.compress, "deflate"), (bz2.compress, "bz2")])
@pytest.mark.parametrize(
    ("length", "crc", "told"),
    [(4, 1, "checksum is wrong"), (3, 0, r"promises 3 bytes, it has more"), (5, 0, r"promises 5 bytes, it has 4")],
)
def test_a_member_of_a_zip_is_held_to_what_the_zip_promises(
    method: Callable[[bytes], bytes], name: str, length: int, crc: int, told: str, tmp_path: Path
) -> None:
    packed = method(b"text")[2:-4] if name == "deflate" else method(b"text")
    (tmp_path / "a").write_bytes(b"head" + packed + b"tail")
    right = zlib.crc32(b"text")
    assert unpacked(tmp_path / "a", Packing(4, len(packed), name, 4, right)) == b"text"
    with pytest.raises(UnreadableError, match=told):
        unpacked(tmp_path / "a", Packing(4, len(packed), name, length, right + crc))


def test_a_member_that_has_more_than_its_stream(tmp_path: Path) -> None:
    packed = zlib.compress(b"text")[2:-4]
    (tmp_path / "a").write_bytes(packed + b"more")
    with pytest.raises(UnreadableError, match="there is more"):
        unpacked(tmp_path / "a", Packing(0, len(packed) + 4, "deflate", 4, zlib.crc32(b"text")))


def test_a_stretch_that_the_file_does_not_have(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    assert unpacked(tmp_path / "a", Packing(1, 3)) == b"ext"
    with pytest.raises(UnreadableError, match="truncated"):
        unpacked(tmp_path / "a", Packing(1, 4))


def test_a_file_that_has_gone(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be opened: No such file"):
        open_packed(tmp_path / "a", Packing())


@pytest.mark.parametrize(("codec", "size"), [("gz", 100_000_000), ("xz", 20_000_000), ("bz2", 20_000_000), ("zst", 20_000_000)])
def test_a_file_that_grows_beyond_measure_is_refused(codec: str, size: int, tmp_path: Path) -> None:
    # gzip cannot pack closer than this; the others could go on for ever.
    (tmp_path / "a").write_bytes(STREAMS[codec](bytes(size)))
    tracemalloc.start()
    try:
        with open_packed(tmp_path / "a", Packing(codec=codec)) as stream, pytest.raises(UnreadableError, match="1,000 times"):
            deque(iter(lambda: stream.read(1 << 20), b""), maxlen=0)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_what_is_small_may_be_packed_as_close_as_it_likes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bz2.compress(bytes(9_000_000)))
    assert len(unpacked(tmp_path / "a", Packing(codec="bz2"))) == 9_000_000


def test_a_bomb_in_a_bomb_is_measured_by_what_is_on_the_disk(tmp_path: Path) -> None:
    inner = gzip.compress(bytes(90_000_000))  # 1,028 to 1: gzip's own bound
    packed = zlib.compress(inner)[2:-4]
    assert len(packed) < len(inner) / 10
    (tmp_path / "a").write_bytes(packed)
    packing = Packing(0, len(packed), "deflate", len(inner), zlib.crc32(inner), "gz")
    with open_packed(tmp_path / "a", packing) as stream, pytest.raises(UnreadableError, match="1,000 times"):
        stream.read(20_000_000)


def test_a_window_beyond_all_memory_is_refused(tmp_path: Path) -> None:
    window, last_raw_block_of_4 = bytes([(30 - 10) << 3]), b"\x21\0\0"
    (tmp_path / "a").write_bytes(b"\x28\xb5\x2f\xfd\0" + window + last_raw_block_of_4 + b"text")
    with pytest.raises(UnreadableError, match="needs more than 256 MB of memory"):
        unpacked(tmp_path / "a", Packing(codec="zst"))


CHILD = """
import resource, sys
from pathlib import Path
from kg.engine.inputs import find_all
(source,) = find_all(sys.argv[1:2], Path(sys.argv[2])).sources
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
size = 0
with source.open() as stream:
    for line in stream:
        size += len(line)
print(size, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory in other units")
@pytest.mark.parametrize("codec", ["gz", "zst"])
def test_memory_does_not_grow_with_the_file(codec: str, tmp_path: Path) -> None:
    line = json.dumps({"title": "0" * 200, "number": "{}"}).encode() + b"\n"
    chunk = b"".join(line.replace(b"{}", b"%d" % number) for number in range(4000))  # 1 MB that hardly repeats
    with (tmp_path / "a").open("wb") as out:
        out.writelines(STREAMS[codec](chunk) for _ in range(200_000_000 // len(chunk) + 1))
    told = subprocess.run(
        [sys.executable, "-c", CHILD, tmp_path / "a", tmp_path], check=True, capture_output=True, text=True
    ).stdout
    size, before, after = map(int, told.split())
    assert size > 200_000_000
    assert after - before < 20_000
