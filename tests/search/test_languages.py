"""A table of queries in many languages: what must be found, and what must not.

The sentences are our own, about invented people and places.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive_viewer.search import passages
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse

PAGES = {
    "en": "The envoy’s co-operation with Al-Noor ended on 2019-03-04; the U.S. côté café paid 10,000 crowns.",
    "fr": "L’homme d’État n’a pas répondu : « Où est la forêt d’Élancourt ? » demanda Noël Œillet.",
    "de": "Die Straßenbahn fuhr über die große Brücke, sagte Jörg Müller-Weiß aus Ödstadt.",
    "es": "El niño cruzó la montaña de Peñalba al año siguiente; ¿quién lo vio?",
    "pl": "Łódź rybacka zniknęła we mgle koło Świętej Góry, mówi Żaneta Ćwik.",
    "tr": "İzmirli balıkçı Çağrı Işık, DİYARBAKIR yolunda kayboldu.",
    "vi": "Đặng Thị Hường kể lại chuyện làng chài ở vịnh Bình Minh.",
    "ru": "Мой отец видел, как зелёный паром ушёл в Новогорск; ещё никто не знал почему.",
    "uk": "П’ять рибалок із Дніпрограда розповіли про її мрію та їжака.",
    "el": "Ο Οδυσσέας Παπαθανασίου έφυγε από το νησί· «τὸν λόγον» έγραψε.",
    "he": 'שָׁלוֹם אָמַר דובר צה"ל ליד בית־הספר בעיר נוף־ים.',
    "ar": "قال المُتَحَدِّث أحمد الزاهر إنّ الســـفينة غرقت قرب مدينة النور عام ٢٠١٩.",
    "fa": "خلیل‌زاد گفت کتاب‌های یحیی در کتابخانهٔ شهر می‌ماند.",
    "ur": "سفیر یوسف کہتے ہیں کہ لڑکی نے دریا پار کیا۔",
    "hi": "अनुभा जैन, लेखिका ने कहा कि ज़िंदगी की क़ीमत १२३ रुपये नहीं है।",
    "bn": "কবি রহিমা খাতুন বললেন, বৃষ্টি থামলে নৌকা ছাড়বে।",
    "ta": "எழுத்தாளர் மலர்விழி தமிழ் மொழியில் கடிதம் எழுதினார்.",
    "th": "นักเขียนกำลังเดินทางไปเมืองน้ำใสในปี ๒๕๖๔",
    "lo": "ນັກຂຽນເດີນທາງໄປເມືອງນ້ຳໃສ",
    "km": "អ្នក\u200bនិពន្ធ\u200bធ្វើ\u200bដំណើរ\u200bទៅ\u200bភ្នំ\u200bស",
    "my": "စာရေးဆရာမ နှင်းဝေသည် မြစ်ကမ်းသို့ သွားသည်။",
    "zh": "美国特使周六在新江大学表示，2021年的会谈没有结果。",
    "ja": "作家の山川すみれは、ガラスの橋をわたり東京都北海町へ行った。バラク・オハラも来た。",
    "ko": "작가 김하늘은 새벽에 푸른항구를 떠났다고 한국어로 말했다.",
    "sr": "Ђорђе Њежић je видео брод код Љубинog моста.",
    "am": "ጸሐፊዋ አበበች ወደ ሐይቁ ሄደች።",
    "ka": "მწერალი ნინო ტბასთან მივიდა.",
    "hy": "Գրող Արամը գնաց լճի մոտ։",
}

QUERIES = [
    ("co-operation", "en"), ("cooperation", "en"), ('"cooperation with AlNoor"', "en"),
    ("envoy", "en"), ("2019-03-04", "en"), ("US", "en"), ("cafe", "en"), ("cote", "en"),
    ("10,000", "en"), ("al-noor", "en"), ("envoy’s", "en"), ("envoy's", "en"),
    ("homme", "fr"), ("l'homme", "fr"), ("ETAT", "fr"), ("foret", "fr"),
    ('"d\'élancourt"', "fr"), ("noel oeillet", "fr"), ("strassenbahn", "de"),
    ("STRAẞENBAHN", "de"), ("grosse", "de"), ("muller-weiss", "de"), ("ödst*", "de"),
    ("nino cruzo", "es"), ("montaña", "es"), ("penalba", "es"), ("ano", "es"),
    ("lodz", "pl"), ("swietej gory", "pl"), ("żaneta", "pl"), ("cwik", "pl"),
    ("izmirli", "tr"), ("isik", "tr"), ("ışık", "tr"), ("diyarbakır", "tr"),
    ("cagri", "tr"), ("dang thi huong", "vi"), ("Đặng", "vi"), ("vinh", "vi"),
    ("\"binh minh\"", "vi"), ("зеленый", "ru"), ("ЗЕЛЁНЫЙ", "ru"), ("мой", "ru"),
    ("еще", "ru"), ("новогор*", "ru"), ("п'ять", "uk"), ("пять", "uk"), ("їжака", "uk"),
    ("її", "uk"), ("οδυσσεας", "el"), ("ΟΔΥΣΣΕΑΣ", "el"), ("τον λογον", "el"),
    ("שלום", "he"), ("אמר", "he"), ('צה"ל', "he"), ("צה״ל", "he"), ("בית הספר", "he"),
    ("בית־הספר", "he"), ("נוף־ים", "he"), ("المتحدث", "ar"), ("احمد", "ar"),
    ("السفينة", "ar"), ("السفينه", "ar"), ("ان", "ar"), ("2019", "en ar"),
    ("٢٠١٩", "en ar"), ("خليلزاد", "fa"), ("خلیل‌زاد", "fa"), ("كتاب‌هاي", "fa"),
    ("يحيي", "fa"), ("شهر", "fa"), ("يوسف", "ur"), ("لڑکی", "ur"), ("دریا", "ur"),
    ("अनुभा", "hi"), ("जैन", "hi"), ('"अनुभा जैन"', "hi"), ("जिंदगी", "hi"),
    ("क़ीमत", "hi"), ("123", "hi"), ("अनु*", "hi"), ("রহিমা", "bn"), ("বৃষ্টি", "bn"),
    ('"রহিমা খাতুন"', "bn"), ("தமிழ்", "ta"), ("மலர்விழி", "ta"), ("மலர்*", "ta"),
    ("นักเขียน", "th"), ("เมืองน้ำใส", "th"), ("เดินทาง", "th"), ("2564", "th"),
    ("น้ำ", "th"), ("ນັກຂຽນ", "lo"), ("ເມືອງ", "lo"), ("ភ្នំស", "km"), ("ដំណើរ", "km"),
    ("စာရေးဆရာမ", "my"), ("မြစ်", "my"), ("美国", "zh"), ("特使", "zh"), ("新江大学", "zh"),
    ("2021年", "zh"), ('"2021年的会谈"', "zh"), ("会谈 结果", "zh"), ("美", "zh"), ("果", "zh"),
    ("美国*", "zh"), ("東京都", "ja"), ("東京", "ja"), ("すみれ", "ja"), ("ガラス", "ja"),
    ("ｶﾞﾗｽ", "ja"), ("バラク・オハラ", "ja"), ("橋", "ja"), ("한국어로", "ko"), ("김하늘은", "ko"),
    ("김하늘*", "ko"), ("푸른항구를", "ko"), ("ђорђе", "sr"), ("Њежић", "sr"), ("አበበች", "am"),
    ("ნინო", "ka"), ("արամը", "hy"),
]  # fmt: skip

NEITHER = [
    "operat", "noo", "isk", '"with cooperation"', "fore", "strasse", "lod", "=мои", "іі",
    "ижака", "אמ", "بيت", "ज", "अनभा", "जन", "தமழ", "தமி", "国美", "江新", "京東", '"美 国"', "はし",
    "カラス", "한글", "김하", "ไปม", "boat", '"envoy ended"', "ပြစ်",
]  # fmt: skip


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("languages") / "index") as index:
        index.apply([Document(language, text=text, language=language) for language, text in PAGES.items()])
        yield index


@pytest.mark.parametrize(("query", "languages"), QUERIES)
def test_found_and_shown_in_the_right_page(many: Index, query: str, languages: str) -> None:
    parsed = parse(query)
    assert {match.id for match in many.search(parsed, 100)} == set(languages.split())
    for language in languages.split():
        text = PAGES[language]
        found = passages.find(parsed, text)
        assert found
        assert all(text[passage.start : passage.end] == passage.match for passage in found)


@pytest.mark.parametrize("query", NEITHER)
def test_not_found_anywhere(many: Index, query: str) -> None:
    parsed = parse(query)
    assert many.search(parsed, 100) == []
    assert [language for language, text in PAGES.items() if passages.find(parsed, text)] == []
