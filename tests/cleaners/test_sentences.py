"""A line that may be the end of a sentence is told by its last sign, in every script."""

import pytest

from cleaners.sentences import ends_sentence


@pytest.mark.parametrize(
    "line",
    [
        "It rained.", "Did it rain?", "It rained …", "„Es regnet.“", "»Det regner.«", "«Il pleut.»", "'It rained.'",
        "下雨了。", "「下雨了」", "बारिश हुई।", "هل أمطرت؟", "بارش ہوئی۔", "Անձրև եկավ։", "It rained (Reuters)",
    ],
)  # fmt: skip
def test_sentences_end(line: str) -> None:
    assert ends_sentence(line)


@pytest.mark.parametrize(
    "line", ["", "Home", "Rain,", "What we know:", "Read more »x", "Rain -", "Kyiv 2024"]
)
def test_other_lines_do_not(line: str) -> None:
    assert not ends_sentence(line)
