"""The phrases: WordPress's own words in every language, and sentences that only look like them."""

from __future__ import annotations

import pytest

from cleaners.blocks import Label
from cleaners.words.match import look_up, look_up_weak, phrases, reporting
from cleaners.words.source import COMMON, Entry, is_phrase, read_folder
from cleaners.words.tables import HERE

PHRASES: dict[str, list[Entry]] = {}
for entry in read_folder(HERE):
    if is_phrase(entry) and entry.file != COMMON:
        PHRASES.setdefault(entry.language, []).append(entry)
LANGUAGES = sorted(PHRASES)

POST_NAVIGATION = {
    "ar": "تصفّح المقالات",
    "bg": "Навигация",
    "bn": "পোস্ট নেভিগেশন",
    "cs": "Navigace pro příspěvek",
    "da": "Indlægsnavigation",
    "de": "Beitragsnavigation",
    "el": "Πλοήγηση άρθρων",
    "en": "Post navigation",
    "es": "Navegación de entradas",
    "fa": "راهبری نوشته",
    "fi": "Artikkelien selaus",
    "fr": "Navigation de l’article",
    "he": "ניווט בפוסטים",
    "hi": "पोस्ट नेविगेशन",
    "hr": "Navigacija objava",
    "hu": "Bejegyzés navigáció",
    "id": "Navigasi pos",
    "it": "Navigazione articoli",
    "ja": "投稿ナビゲーション",
    "ko": "글 탐색",
    "nl": "Bericht navigatie",
    "no": "Innleggsnavigasjon",
    "pl": "Nawigacja wpisu",
    "pt": "Navegação de Post",
    "ro": "Navigare în articole",
    "ru": "Навигация по записям",
    "sk": "Navigácia v článku",
    "sv": "Inläggsnavigering",
    "th": "แนะแนวเรื่อง",
    "tr": "Yazı gezinmesi",
    "uk": "Навігація записів",
    "vi": "Điều hướng bài viết",
    "zh": "文章导航",
}


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_knows_enough_of_each_kind(name: str) -> None:
    assert len(PHRASES[name]) >= 60
    assert {entry.section for entry in PHRASES[name]} >= {
        "navigation.post-navigation",
        "navigation.previous-next",
        "navigation.skip",
        "navigation.menu",
        "sharing.share",
        "related.read-also",
        "newsletter.sign-up",
        "comments.form",
        "notices.cookies",
        "notices.paywall",
        "ads.slot",
        "tags.tags",
        "reading-time.reading-time",
    }


def test_all_files_load_together() -> None:
    assert len(phrases().whole) > 8_000
    assert "said" in reporting()


@pytest.mark.parametrize("language", LANGUAGES)
def test_post_navigation_is_known_as_wordpress_prints_it(language: str) -> None:
    verdict = look_up(POST_NAVIGATION[language])
    assert verdict is not None
    assert (verdict.label, verdict.rule) == (Label.NAVIGATION, "navigation.post-navigation")


LOOK_ALIKES = {
    "ar": [
        "تابعنا على مدى ثلاثة أشهر عمل الصيادين في الميناء.",
        "إعلان الهدنة في المدينة أعاد الناس إلى الأسواق.",
        "شارك على رأس الوفد وزير الزراعة.",
        "احصل على آخر الأخبار من أصدقائه في السجن.",
    ],
    "bg": [
        "Реклама на хазарт ще бъде забранена от януари.",
        "Споделете хляба си, казваше старият свещеник на селото.",
    ],
    "bn": [
        "আরও খবর আসছে উত্তরের জেলাগুলো থেকে, বন্যার পানি বাড়ছে।",
        "বিজ্ঞাপন নিষিদ্ধ করার প্রস্তাব সংসদে তোলা হয়েছে।",
    ],
    "cs": [
        "Reklama na hazard má být od ledna zakázána.",
        "Sdílet na Facebooku fotografie dětí bude podle nového zákona trestné.",
    ],
    "da": [
        "Reklame for spil bliver forbudt fra nytår.",
        "Næste artikel i serien handler om havnen, skriver avisen.",
    ],
    "de": [
        "Anzeige erstattete der Nachbar erst am Montag.",
        "Weiterlesen wollte nach dem dritten Kapitel niemand mehr.",
    ],
    "el": [
        "Διαφήμιση τυχερών παιχνιδιών θα απαγορεύεται από τον Ιανουάριο.",
        "Σχόλια για το σχέδιο έστειλαν διακόσιοι κάτοικοι του νησιού.",
    ],
    "en": [
        "Post navigation at sea was taught on the old training ship.",
        "Related parties must declare their interests.",
        "Cookies were baked for two hundred children.",
    ],
    "es": [
        "Publicidad engañosa fue la acusación de la fiscalía.",
        "Compartir la casa con cuatro familias era lo normal en el barrio.",
    ],
    "fa": [
        "تبلیغات انتخاباتی از روز شنبه در شهر آغاز می‌شود.",
        "چاپ روزنامه در این شهر پس از سی سال متوقف شد.",
    ],
    "fi": [
        "Mainos maksoi kaupungille viisi tuhatta euroa.",
        "Jaa omaisuutesi, neuvoi vanha mies lapsiaan.",
    ],
    "fr": [
        "Publicité mensongère, tranche le tribunal de Lyon.",
        "Partager la récolte reste la règle dans la vallée.",
    ],
    "he": [
        "פרסומת להימורים תיאסר החל מינואר.",
        "הדפסה של שטרות חדשים תחל בקיץ.",
    ],
    "hi": [
        "विज्ञापन पर रोक का प्रस्ताव संसद में रखा गया।",
        "शेयर बाजार में लगातार तीसरे दिन गिरावट रही।",
    ],
    "hr": [
        "Oglas za posao objavila je općina prošlog tjedna.",
        "Podijeli kruh sa susjedom, govorila je stara žena iz sela.",
    ],
    "hu": [
        "Hirdetés útján keresték a tanút a rendőrök.",
        "Megosztás helyett összefogást kért a polgármester.",
    ],
    "id": [
        "Iklan judi akan dilarang mulai Januari.",
        "Bagikan beras kepada warga, begitu perintah bupati.",
    ],
    "it": [
        "Pubblicità ingannevole: multa di due milioni alla società.",
        "Condividi il pane, diceva sempre la nonna.",
    ],
    "ja": [
        "広告を規制する法案が国会に提出された。",
        "コメントする立場にないと社長は述べた。",
        "共有する情報は氏名に限られるという。",
        "続きを読むのが怖かったと遺族は話す。",
        "このサイトではクッキーを焼く教室の申し込みを受け付けている。",
    ],
    "ko": [
        "광고 규제 법안이 국회를 통과했다.",
        "댓글 조작 사건의 첫 재판이 열렸다.",
        "공유하기로 한 정보는 이름뿐이다.",
        "이 사이트는 쿠키를 무단 수집해 과징금을 물었다.",
    ],
    "nl": [
        "Reclame voor gokken wordt verboden.",
        "Delen van de stad zaten uren zonder stroom.",
    ],
    "no": [
        "Annonse i lokalavisen ga tre svar.",
        "Del av broen falt i elva natt til tirsdag.",
    ],
    "pl": [
        "Reklama hazardu ma być zakazana od stycznia.",
        "Nawigacja wpisu w dzienniku okrętowym była błędna.",
        "Udostępnij dane albo zapłać karę, orzekł sąd.",
    ],
    "pt": [
        "Publicidade de apostas será proibida em janeiro.",
        "Compartilhar a água virou regra na aldeia.",
    ],
    "ro": [
        "Publicitate pentru pariuri nu va mai fi la televizor.",
        "Distribuie pachete cu alimente în fiecare sâmbătă.",
    ],
    "ru": [
        "Реклама — двигатель торговли.",
        "Поделиться хлебом с соседом здесь считается долгом.",
        "Рубрика в газете просуществовала сорок лет.",
        "Следите за нами в пути, просил командир.",
        "Чтобы читать дальше, он надел очки.",
    ],
    "sk": [
        "Reklama na hazard bude od januára zakázaná.",
        "Zdieľať na Facebooku fotografie detí bude podľa nového zákona trestné.",
    ],
    "sv": [
        "Annons efter annons stoppades av domstolen.",
        "Dela på ansvaret, uppmanar kommunen.",
    ],
    "th": [
        "โฆษณาการพนันจะถูกห้ามตั้งแต่เดือนมกราคม รัฐมนตรีกล่าว",
        "ความคิดเห็นของชาวบ้านต่อเขื่อนถูกส่งถึงรัฐบาลเมื่อวันจันทร์",
    ],
    "tr": [
        "Reklam yasağı ocak ayında yürürlüğe girecek.",
        "Paylaş ekmeğini, derdi dedem.",
        "Etiketler artık fiyatın iki katını gösteriyor.",
    ],
    "uk": [
        "Реклама азартних ігор зникне з екранів у січні.",
        "Поділитися хлібом із сусідом тут вважають обов'язком.",
    ],
    "vi": [
        "Quảng cáo cờ bạc sẽ bị cấm từ tháng giêng.",
        "Chia sẻ với báo chí sáng nay, bà Hoa cho biết nước đã rút.",
    ],
    "zh": [
        "广告法修订草案周一提交审议。",
        "分享到朋友圈的照片引发热议。",
        "关键词：稳增长",
        "上一篇报道发表于三年前。",
        "我们使用cookie收集证据，警方承认。",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_that_only_begins_like_furniture_stays(language: str) -> None:
    assert len(LOOK_ALIKES[language]) >= 2
    assert {line: look_up(line) for line in LOOK_ALIKES[language]} == dict.fromkeys(LOOK_ALIKES[language])


@pytest.mark.parametrize(
    "word",
    ["Kultura", "Политика", "政治", "스포츠", "Ekonomi", "اقتصاد", "Согласен", "同意する", "Zgadzam się"],
)
def test_a_word_that_may_head_a_section_or_answer_a_question_is_not_furniture_alone(word: str) -> None:
    assert look_up(f"{word}.") is None


@pytest.mark.parametrize("word", ["Политика", "政治", "스포츠", "Согласен", "同意する", "Zgadzam się"])
def test_such_a_word_is_known_as_furniture_among_furniture(word: str) -> None:
    assert look_up_weak(word) is not None
