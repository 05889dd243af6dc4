"""How often the encoding of bytes that say nothing of themselves is told: our decoder, and the libraries for it.

    python -m benchmarks.encodings [CORPORA] [--limit N] [--every]

Stories (those of the fixtures, or the bodies of a folder of corpora if one is named) are written in each encoding that
the WHATWG names and that their language is usually written in (with --every, in each that has their letters), and told
again: whole, cut to a few sentences, and as a page with much that is ASCII around them. Right is what decodes to the
same letters, whatever it is called; refused is no answer, wrong is another text. chardet, chardetng-py and resiliparse
are asked if they are installed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from cleaners.errors import WirecleanError
from cleaners.language import detect_language
from cleaners.read.decode import decode_page, decode_text
from cleaners.read.encodings import ENCODINGS, codec_on_the_web, usual_encodings

FIXTURES = Path(__file__).parents[1] / "fixtures"
#: Of a language's encodings so many are tried, the most used ones.
_MOST_USED = 3
_ON_THE_WEB = {
    codec for name in ENCODINGS if (codec := codec_on_the_web(name)) and not codec.startswith("utf")
}
#: Characters of a few sentences.
_SHORT = 300
_HEAD = (
    '<!DOCTYPE html><html><head><title>x</title><link rel="stylesheet" href="/style.css"></head><body><nav>'
)
_HEAD += '<a href="/news">News</a>' * 40 + "</nav><article>"

Detector = Callable[[bytes], str | None]


def stories(corpora: Path | None, limit: int) -> Iterator[tuple[str, str]]:
    """Yield stories beyond ASCII with their languages."""
    texts = [path.read_bytes() for path in sorted(FIXTURES.glob("*/input.txt")) if not corpora]
    bodies = []
    for data in texts:
        try:
            bodies.append(decode_text(data))
        except WirecleanError:
            continue
    for gold in sorted(corpora.glob("*/gold.jsonl")) if corpora else ():
        rows = [json.loads(line)["body"] for line in gold.open(encoding="utf-8")]
        bodies += rows[:: max(1, len(rows) // limit)]
    for body in bodies:
        language = detect_language(body)
        if language and not body.isascii():
            yield language, body


def encoded(language: str, body: str, *, every: bool) -> Iterator[tuple[str, bytes, str]]:
    """Yield a story in the encodings of its language: their names, the bytes, and the letters that are in them.

    With `every`, in all encodings of the web that hold all of its letters; in those that make the same bytes once.
    """
    if every:
        made: dict[bytes, str] = {}
        for codec in sorted(_ON_THE_WEB):
            with suppress(UnicodeEncodeError):
                made.setdefault(body.encode(codec), codec)
        yield from (
            (codec, data, body)
            for data, codec in made.items()
            if not data.isascii() and data.decode(codec) == body
        )
        return
    usual = usual_encodings()
    for codec in usual.get(language, usual["western"])[:_MOST_USED]:
        data = body.encode(codec, "ignore")
        if not data.isascii() or codec == "iso2022_jp":
            yield codec, data, data.decode(codec)


def forms(text: str, codec: str) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of a story whole, cut short and as a page."""
    yield "whole", text.encode(codec)
    short = next((line for line in text.splitlines() if not line.isascii()), text)[:_SHORT]
    yield "short", short.encode(codec)
    page = "".join(f"<p>{line}</p>\n" for line in text.splitlines())
    yield "page", f"{_HEAD}{page}</article></body></html>".encode(codec)


def detectors() -> dict[str, Detector]:
    """Return the libraries that are there: what each calls the encoding of bytes."""
    found: dict[str, Detector] = {}

    def normalizer(data: bytes) -> str | None:
        best = import_module("charset_normalizer").from_bytes(data).best()
        return best.encoding if best else None

    found["charset-normalizer"] = normalizer
    for name, function in (
        ("chardet", "detect"),
        ("chardetng_py", "detect"),
        (_RESILIPARSE, "detect_encoding"),
    ):
        try:
            module = import_module(name)
        except ImportError:
            continue
        label = f"{name.split('.')[0]} {getattr(module, '__version__', '')}".strip()
        found[label] = partial(_ask, getattr(module, function))
    return found


_RESILIPARSE = "resiliparse.parse.encoding"


def _ask(detect: Callable[[bytes], Any], data: bytes) -> str | None:
    answer = detect(data)
    name: str | None = answer["encoding"] if isinstance(answer, dict) else answer
    return name


def ours(data: bytes) -> str | None:
    """Return what the decoder makes of the bytes, None where it refuses."""
    try:
        return decode_page(data, strict=True) if data.startswith(b"<!") else decode_text(data)
    except WirecleanError:
        return None


def told(detect: Detector, data: bytes) -> str | None:
    """Return what a library's answer makes of the bytes."""
    try:
        name = detect(data)
        return data.decode(name, "replace") if name else None
    except LookupError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpora", nargs="?", type=Path)
    parser.add_argument("--limit", type=int, default=40, help="bodies of each corpus")
    parser.add_argument("--show", action="store_true", help="what went wrong, by language and encoding")
    parser.add_argument("--every", action="store_true", help="every encoding of the web that has the letters")
    options = parser.parse_args()
    readers: dict[str, Callable[[bytes], str | None]] = {"wireclean": ours}
    for name, detect in detectors().items():
        readers[name] = partial(told, detect)
    cases = [
        (form, language, name, data, data.decode(name))
        for language, body in stories(options.corpora, options.limit)
        for name, _, text in encoded(language, body, every=options.every)
        for form, data in forms(text, name)
    ]
    print(f"{len(cases)} cases")
    for reader, read in readers.items():
        counts: Counter[tuple[str, str]] = Counter()
        missed: Counter[tuple[str, str, str]] = Counter()
        start = time.process_time()
        for form, language, name, data, text in cases:
            found = read(data)
            kind = "refused" if found is None else "right" if found == text else "wrong"
            counts[form, kind] += 1
            if kind != "right":
                missed[kind, language, name] += 1
        seconds = time.process_time() - start
        shares = []
        for form in ("whole", "short", "page"):
            share = 100 / sum(counts[form, kind] for kind in ("right", "refused", "wrong"))
            right, wrong = counts[form, "right"] * share, counts[form, "wrong"] * share
            shares.append(f"{form} {right:.1f} % right, {wrong:.1f} % wrong")
        print(f"{reader:20} {'; '.join(shares)}; {1000 * seconds / len(cases):.2f} ms each")
        if options.show:
            for (kind, language, name), count in missed.most_common(25):
                print(f"    {kind} {language} {name}: {count}")


if __name__ == "__main__":
    main()
