"""What a line sounds like by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.scorer.sound import forms_of, is_common, pairs_of, shape_of, sound_of, stems_of, words_of


@pytest.mark.parametrize(
    "line",
    [
        "Spin the reels tonight and claim your welcome bonus!",
        "Jetzt anmelden und 50 Freispiele sichern!",
        "Inscrivez-vous et recevez votre bonus de bienvenue sans dépôt !",
        "Зарегистрируйтесь и получите бонус на первый депозит!",
        "今すぐ登録して無料ボーナスをゲット！",
    ],
)
def test_an_ad_sounds_like_one_in_many_languages(line: str) -> None:
    assert sound_of(line).ad > 0


@pytest.mark.parametrize(
    "line",
    [
        "The council voted on Tuesday to close the bridge for repairs until the spring.",
        "Der Gemeinderat beschloss am Dienstag, die Brücke bis zum Frühjahr zu sperren.",
        "Le conseil municipal a décidé mardi de fermer le pont jusqu'au printemps.",
        "Городской совет во вторник решил закрыть мост до весны, сообщила мэрия.",
        "市議会は火曜日、橋を春まで通行止めにすることを決めた。",
    ],
)
def test_a_sentence_of_news_sounds_like_none(line: str) -> None:
    assert sound_of(line).junk < 0


def test_furniture_is_told_from_ads() -> None:
    sound = sound_of("Sign in to leave a comment")
    assert sound.furniture > sound.ad


def test_scripts_that_write_words_together_are_read_by_their_letters_in_rows() -> None:
    assert forms_of("無料") == ["無", "料", "無料"]


def test_numbers_sound_alike_and_so_do_capitals() -> None:
    assert words_of("Up to 300 SPINS") == words_of("up to 50 spins")
    assert sound_of("Get 300 free spins") == sound_of("Get 50 free spins")


def test_words_of_one_stem_share_it() -> None:
    assert stems_of("turbines") & stems_of("turbine")
    assert not stems_of("it is so")


def test_words_of_all_stories_are_common_and_names_are_not() -> None:
    assert is_common("after")
    assert not is_common("zwicka")


def test_what_is_sold_is_never_common() -> None:
    assert not is_common("casino")


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80)
    .map(str.strip)
    .filter(bool)
)
def test_any_line_can_be_heard(line: str) -> None:
    sound = sound_of(line)
    assert sound.junk >= max(sound.ad, sound.furniture)
    assert len(pairs_of(words_of(line))) == len(words_of(line)) + 1
    assert shape_of(line)
