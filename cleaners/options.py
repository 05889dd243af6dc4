"""What a caller may say about a text or page, as one value: the API, the command and the scraper all make it."""

from __future__ import annotations

from enum import StrEnum

from cleaners.blocks import TEXT_LABELS, Label
from cleaners.errors import meant, wrong_type
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
        rules: Rules | None


class Rules(Value):
    """Rules of one's own, as `cleaners.load_rules` reads and checks them: where their file is, and what is in it."""

    path: str
    text: str


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
    many pages, as `cleaners.repeated.normalise_line` spells them, with the number of articles. `rules` are the caller's
    own, which come before all others: `cleaners.load_rules` reads them.

    Raises ValueError for a label, mode or language that there is not, and for a label both kept and dropped; TypeError
    for a value of another kind.

    >>> Options(keep=["ad"], drop=["caption"]).drop
    frozenset({<Label.CAPTION: 'caption'>})
    >>> Options(mode="brutal")
    Traceback (most recent call last):
    ValueError: no mode is called brutal; there are aggressive, balanced, careful
    >>> Options(language="englisch")
    Traceback (most recent call last):
    ValueError: no language has the tag 'englisch'; did you mean en (English)?
    """

    keep: frozenset[Label]
    drop: frozenset[Label]
    mode: Mode
    language: str | None
    url: str | None
    charset: str | None
    repeated: Mapping[str, int]
    rules: Rules | None

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
        rules: Rules | None = None,
    ) -> None:
        kept, dropped = _labels("keep", keep), _labels("drop", drop)
        if kept & dropped:
            raise ValueError(f"both kept and dropped: {', '.join(sorted(kept & dropped))}")
        if Label.BODY in dropped:
            raise ValueError("the body cannot be dropped")
        for name, value in (("language", language), ("url", url), ("charset", charset)):
            if value is not None and not isinstance(value, str):
                raise wrong_type(name, "a str or None", value)
        if repeated is not None and not hasattr(repeated, "get"):
            raise wrong_type("repeated", "a mapping of lines to numbers", repeated)
        if rules is not None and not isinstance(rules, Rules):
            raise wrong_type("rules", "what load_rules returns", rules)
        if language is not None:
            _check_language(language)
        address = valid_address(url) if url else url
        how = Mode(_known("mode", mode, Mode))
        self._set(kept, dropped, how, language, address, charset, repeated or {}, rules)

    @classmethod
    def of(cls, options: Options | None, said: Said) -> Options:
        """Return the options with what is said beside them, or instead of them.

        >>> Options.of(Options(language="en", drop=["caption"]), {"language": "de"}).language
        'de'
        >>> Options.of(None, {"keap": ["ad"]})
        Traceback (most recent call last):
        TypeError: no option is called keap; did you mean keep?
        """
        for name in said:
            if name not in cls.__match_args__:
                raise TypeError(f"no option is called {name}; {meant(name, cls.__match_args__)}")
        if options is None:
            return cls(**said)
        if not isinstance(options, Options):
            raise wrong_type("what is said beside the input", "an Options", options)
        return options._replace(**said)

    @property
    def staying(self) -> frozenset[Label]:
        """The labels whose blocks stay in the body."""
        return (TEXT_LABELS - self.drop) | self.keep

    def __hash__(self) -> int:
        return hash((self.keep, self.drop, self.mode, self.language, self.url, self.charset, self.rules))


def _labels(option: str, names: Iterable[str]) -> frozenset[Label]:
    if isinstance(names, str | bytes):
        raise TypeError(f"{option} is a list of labels, not {names[:60]!r}")
    if not hasattr(names, "__iter__"):
        raise wrong_type(option, "a list of labels", names)
    return frozenset([Label(_known("label", name, Label)) for name in names])


def _known(what: str, name: str, names: Iterable[str]) -> str:
    """Return the name, which has to be one of these; raises ValueError with the one that may be meant."""
    if not isinstance(name, str):
        raise wrong_type(f"a {what}", "a str", name)
    if name not in [*names]:
        raise ValueError(f"no {what} is called {name}; {meant(name, names)}")
    return name


def _check_language(tag: str) -> None:
    from cleaners.language import is_language, language_names  # for who names a language

    if is_language(tag):
        return
    codes = {name.lower(): code for code, name in language_names().items()}
    from difflib import get_close_matches  # for who made a mistake

    like = get_close_matches(tag[:100].lower(), codes, 1)
    told = (
        f"did you mean {codes[like[0]]} ({language_names()[codes[like[0]]]})?"
        if like
        else "tags are like en, pt-BR, zh-Hant"
    )
    raise ValueError(f"no language has the tag {tag[:100]!r}; {told}")


#: What holds where a caller says nothing.
DEFAULT = Options()
