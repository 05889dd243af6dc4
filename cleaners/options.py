"""What a caller may say about a text or page, as one value: the API, the command and the scraper all make it."""

from __future__ import annotations

from enum import StrEnum

from cleaners.blocks import TEXT_LABELS, Label
from cleaners.read.characters import valid_address
from cleaners.values import Value

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypedDict

    class Said(TypedDict, total=False):
        """What `Options` takes, for the functions that hand it on."""

        keep: Iterable[str]
        drop: Iterable[str]
        mode: str
        language: str | None
        url: str | None
        charset: str | None
        repeated: Mapping[str, int] | None


class Mode(StrEnum):
    """How hard to cut what no rule names."""

    CAREFUL = "careful"
    BALANCED = "balanced"
    AGGRESSIVE = "aggressive"


class Options(Value):
    """What a caller wants, and what a caller knows.

    `keep` are the labels whose lines stay in the body where they stand, `drop` those whose lines are taken away, and
    `mode` says how hard to cut what no rule names. `url` and `language` (a BCP 47 tag) are the input's, `charset` is
    the encoding of its bytes; what is None is told from the input. `repeated` are the lines that the site prints on
    many pages, as `cleaners.repeated.normalise_line` spells them, with the number of articles.

    Raises ValueError for a label, mode or language that cannot be, and for a label both kept and dropped.

    >>> Options(keep=["ad"], drop=["caption"]).drop
    frozenset({<Label.CAPTION: 'caption'>})
    >>> Options(mode="brutal")
    Traceback (most recent call last):
    ValueError: no mode is called brutal; there are aggressive, balanced, careful
    """

    keep: frozenset[Label]
    drop: frozenset[Label]
    mode: Mode
    language: str | None
    url: str | None
    charset: str | None
    repeated: Mapping[str, int]

    def __init__(
        self,
        *,
        keep: Iterable[str] = (),
        drop: Iterable[str] = (),
        mode: str = Mode.BALANCED,
        language: str | None = None,
        url: str | None = None,
        charset: str | None = None,
        repeated: Mapping[str, int] | None = None,
    ) -> None:
        kept, dropped = _labels("keep", keep), _labels("drop", drop)
        if kept & dropped:
            raise ValueError(f"both kept and dropped: {', '.join(sorted(kept & dropped))}")
        if Label.BODY in dropped:
            raise ValueError("the body cannot be dropped")
        if language is not None and not language.replace("-", "").replace("_", "").isalnum():
            raise ValueError(f"no language has the tag {language!r}; tags are like en, pt-BR, zh-Hant")
        address = valid_address(url) if url else url
        self._set(kept, dropped, Mode(_known("mode", mode, Mode)), language, address, charset, repeated or {})

    @classmethod
    def of(cls, options: Options | None, said: Said) -> Options:
        """Return the options with what is said beside them, or instead of them.

        >>> Options.of(Options(language="en", drop=["caption"]), {"language": "de"}).language
        'de'
        """
        return options._replace(**said) if options is not None else cls(**said)

    @property
    def staying(self) -> frozenset[Label]:
        """The labels whose blocks stay in the body."""
        return (TEXT_LABELS - self.drop) | self.keep

    def __hash__(self) -> int:
        return hash((self.keep, self.drop, self.mode, self.language, self.url, self.charset))


def _labels(option: str, names: Iterable[str]) -> frozenset[Label]:
    if isinstance(names, str):
        raise ValueError(f"{option} is a list of labels, not {names!r}")
    return frozenset([Label(_known("label", name, Label)) for name in names])


def _known(what: str, name: str, names: Iterable[str]) -> str:
    """Return the name, which has to be one of these; raises ValueError with all that there are."""
    if name not in (known := sorted(names)):
        raise ValueError(f"no {what} is called {name}; there are {', '.join(known)}")
    return name


#: What holds where a caller says nothing.
DEFAULT = Options()
