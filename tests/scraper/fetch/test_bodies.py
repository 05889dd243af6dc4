"""A packed body comes out whole, or as one of three errors; never as more than its limit."""

import gzip
import random
import zlib

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from scraper.errors import Bomb, Garbled, Truncated
from scraper.fetch.bodies import unpack
from tests.scraper.faults import pack_zeros

STORY = ("The harbour authority put off a vote. " * 40 + str(random.Random(7).random())).encode() * 50
PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@pytest.mark.parametrize("coding", PACKERS)
def test_a_packed_body_comes_out_as_it_was(coding: str) -> None:
    assert unpack(PACKERS[coding](STORY), coding, 10**6) == STORY


@pytest.mark.parametrize("coding", PACKERS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_body_cut_short_is_noticed_although_its_length_header_agrees(coding: str, part: float) -> None:
    packed = PACKERS[coding](STORY)
    with pytest.raises(Truncated):
        unpack(packed[: int(len(packed) * part)], coding, 10**6)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_is_given_up_at_the_limit(coding: str) -> None:
    packed = pack_zeros(coding, 64)
    assert len(packed) < 100_000
    with pytest.raises(Bomb):
        unpack(packed, coding, 1 << 20)


@pytest.mark.parametrize("coding", PACKERS)
def test_noise_is_no_packed_body(coding: str) -> None:
    with pytest.raises((Garbled, Truncated)):
        unpack(b"<html>this was never packed</html>" * 10, coding, 10**6)


def test_a_body_exactly_as_long_as_the_limit_is_no_bomb() -> None:
    assert unpack(gzip.compress(b"x" * 5000), "gzip", 5000) == b"x" * 5000


def test_codings_are_undone_from_the_last_to_the_first() -> None:
    assert unpack(brotli.compress(gzip.compress(STORY)), "gzip, br", 10**6) == STORY


def test_a_body_packed_over_and_over_is_refused() -> None:
    with pytest.raises(Garbled):
        unpack(STORY, "gzip, gzip, gzip", 10**6)


def test_an_unknown_coding_is_named() -> None:
    with pytest.raises(Garbled, match="lzw"):
        unpack(STORY, "lzw", 10**6)


def test_a_coding_that_says_nothing_changes_nothing() -> None:
    assert unpack(STORY, "identity", 10**6) == STORY


def test_gzip_of_several_members_and_with_a_tail_is_read_as_browsers_do() -> None:
    assert unpack(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip", 100) == b"one two"
    assert unpack(gzip.compress(b"one") + b"\0\0\0", "gzip", 100) == b"one"


def test_deflate_without_its_zlib_header_is_read_as_browsers_do() -> None:
    raw = zlib.compressobj(wbits=-15)
    assert unpack(raw.compress(STORY) + raw.flush(), "deflate", 10**6) == STORY


def test_a_zstd_window_beyond_the_webs_is_refused() -> None:
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    packer = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    noise = random.Random(1).randbytes(1 << 16)
    with pytest.raises(Garbled):
        unpack(packer.compress(noise) + packer.flush(), "zstd", 10**6)
