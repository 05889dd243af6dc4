import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.language import detect_language, normal_tag

SENTENCES = {
    "en": "The president said on Thursday that the rain would go on.",
    "fr": "Le président a déclaré jeudi que la pluie continuerait.",
    "de": "Der Präsident sagte am Donnerstag, der Regen werde anhalten.",
    "es": "El presidente dijo el jueves que la lluvia continuará.",
    "pt": "O presidente disse na quinta-feira que a chuva continuará.",
    "it": "Il presidente ha detto giovedì che la pioggia continuerà.",
    "nl": "De president zei donderdag dat de regen aanhoudt.",
    "sv": "Regeringen säger att det inte blir något av planen.",
    "no": "Regjeringen sier at det ikke blir noe av planen, ifølge statsministeren.",
    "da": "Regeringen siger, at det ikke bliver til noget med planen, og statsministeren er enig.",
    "fi": "Presidentti sanoi torstaina, että sade jatkuu.",
    "pl": "Prezydent powiedział w czwartek, że deszcz będzie padał.",
    "cs": "Prezident ve čtvrtek řekl, že déšť bude pokračovat.",
    "ro": "Președintele a declarat joi că ploaia va continua.",
    "hu": "Az elnök csütörtökön azt mondta, hogy az eső folytatódik.",
    "tr": "Cumhurbaşkanı perşembe günü yağmurun süreceğini söyledi.",
    "ru": "Президент заявил в четверг, что дождь продолжится.",
    "uk": "Президент заявив у четвер, що дощ триватиме.",
    "ar": "قال الرئيس يوم الخميس إن المطر سيستمر",
    "he": "ראש הממשלה אמר ביום חמישי כי הגשם יימשך",
    "fa": "رئیس جمهور روز پنجشنبه گفت که باران ادامه خواهد داشت",
    "hi": "राष्ट्रपति ने गुरुवार को कहा कि बारिश जारी रहेगी",
    "bn": "রাষ্ট্রপতি বৃহস্পতিবার বলেছেন যে বৃষ্টি চলবে",
    "id": "Presiden mengatakan pada hari Kamis bahwa hujan akan terus turun.",
    "vi": "Tổng thống nói hôm thứ Năm rằng mưa sẽ tiếp tục",
    "zh": "总统星期四说，雨还会继续下。",
    "zh-Hant": "總統星期四說，雨還會繼續下，臺灣與國際關係發展。",
    "ja": "大統領は木曜日、雨は続くと述べた。",
    "ko": "대통령은 목요일 비가 계속될 것이라고 말했다.",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_the_language_of_a_sentence_is_told(language: str, sentence: str) -> None:
    assert detect_language(sentence) == language


@pytest.mark.parametrize(
    "text", ["", "   ", "Kyiv", "200% 300% €3,000", "\x00\ud800\ufffe", "hjkl wrtz pqsd vbnm xcyx qqwr"]
)
def test_too_little_or_no_language_is_none(text: str) -> None:
    assert detect_language(text) is None


@given(st.text(max_size=200))
def test_no_text_makes_it_fail_and_it_always_says_the_same(text: str) -> None:
    assert detect_language(text) == detect_language(text)


def test_bytes_that_the_library_refuses_do_no_harm() -> None:
    assert detect_language("\x01\x02\ud83d" + SENTENCES["en"] + "\U0001f600\uffff") == "en"


@pytest.mark.parametrize(
    ("tag", "short"),
    [
        ("en_GB", "en"),
        ("iw", "he"),
        ("nb-NO", "no"),
        ("nn", "no"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
    ],
)
def test_tags_are_of_today_and_short(tag: str, short: str) -> None:
    assert normal_tag(tag) == short
