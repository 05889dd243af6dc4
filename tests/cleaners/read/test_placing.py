from __future__ import annotations

import pytest

from cleaners.read.placing import well_placed

LETTERS = "áéíóúñüçàèâêîôäößåæøÀÁÉÓÖÜÅØ"


@pytest.mark.parametrize(
    "text",
    [
        "It rained in Kyiv.",
        "“It rained,” she said – and it’s raining still…",
        "« Il pleut », à 5 °C, n° 3, 2 €",
        "¿Llueve? ¡Sí!",
        "Å, ø og æ",
        "N.º 1, 3½ × 4, €5, 20°C, CO₂ ± 2".replace("₂", "2"),
        "ÖSTERREICH, Über, l’été, l·l",
        "rain\u00a0in\u00a0Kyiv",
    ],
)
def test_what_is_written_stands_where_it_may(text: str) -> None:
    assert well_placed(text, LETTERS) == 1


@pytest.mark.parametrize(
    "text",
    [
        "dÇclarÇ",
        "m¡s d¡as",
        "fortsñtte€r",
        "the city°Øs",
        "said ˆ5",
        "a \ufffd",
        "¡V people",
        "Koreaÿs",
        "fort‘tte",
        "ﬂrj›",
    ],
)
def test_what_was_read_in_a_wrong_encoding_does_not(text: str) -> None:
    assert well_placed(text, LETTERS) < 0.7


def test_letters_of_another_language_are_none_of_a_text_s() -> None:
    assert well_placed("дощ", "абв") == 0
    assert well_placed("тўст", "тст") == 0.75
