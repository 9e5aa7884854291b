"""Languages by their script and commonest words, on sentences of our own."""

from __future__ import annotations

import pytest

from archive_viewer.cleaning import languages


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The council said that the wall is to be rebuilt and that it will not be as high as before."),
        ("de", "Der Rat sagte, dass die Mauer nicht so hoch wird wie zuvor und dass sie auch für den Hafen ist."),
        ("fr", "Le conseil a dit que le mur sera reconstruit et qu’il est plus bas que celui qui était dans le port."),
        ("es", "El consejo dijo que el muro será reconstruido y que no es para los barcos que están en el puerto."),
        ("pt", "O conselho disse que o muro não será mais alto do que foi e que é para os barcos da cidade."),
        ("it", "Il consiglio ha detto che il muro non sarà più alto e che è per le barche che sono nel porto."),
        ("nl", "De raad zei dat de muur niet hoger wordt en dat het voor de boten is die in de haven zijn."),
        ("pl", "Rada powiedziała, że mur nie będzie wyższy i że jest to dla łodzi, które są w porcie od lat."),
        ("tr", "Konsey duvarın daha yüksek olmayacağını ve bunun liman için çok önemli bir iş olduğunu söyledi."),
        ("ru", "Совет сказал, что стена не будет выше и что она нужна для лодок, которые стоят в порту."),
        ("uk", "Рада сказала, що стіна не буде вищою і що вона потрібна для човнів, які стоять у порту."),
        ("hi", "परिषद ने कहा कि दीवार पहले से ऊँची नहीं होगी और यह बंदरगाह की नावों के लिए है।"),
        ("ar", "قال المجلس إن الجدار لن يكون أعلى مما كان عليه وإنه مخصص للقوارب في الميناء."),
        ("fa", "شورا گفت که دیوار از پیش بلندتر نخواهد شد و برای قایق‌هایی است که در بندر هستند."),
        ("ur", "کونسل نے کہا کہ دیوار پہلے سے اونچی نہیں ہوگی اور یہ بندرگاہ کی کشتیوں کے لیے ہے۔"),
        ("he", "המועצה אמרה שהחומה לא תהיה גבוהה מבעבר ושהיא מיועדת לסירות שנמצאות בנמל."),
        ("el", "Το συμβούλιο είπε ότι το τείχος δεν θα είναι ψηλότερο και ότι είναι για τις βάρκες."),
        ("th", "สภากล่าวว่ากำแพงจะไม่สูงกว่าเดิมและมีไว้สำหรับเรือที่จอดอยู่ในท่าเรือ"),
        ("zh", "市议会表示新墙不会比以前更高主要是为了保护停在港口里的渔船和居民的安全因此将于冬季之前完成重建工作"),
        ("ja", "市議会は、新しい壁は以前より高くならず、港に停泊している漁船を守るためのものだと述べた。"),
        ("ko", "시의회는 새 벽이 이전보다 높지 않을 것이며 항구에 정박한 어선을 보호하기 위한 것이라고 밝혔다."),
        ("", "Köln"),
        ("", "12 345 678 — 90 % … 2021-11-21"),
        ("", "Xyzzy plugh frotz gnusto rezrov bozbar cleesh vaxum blorb zemdor izyuk aimfiz fweep"),
    ],
)
def test_languages(language: str, text: str) -> None:
    assert languages.infer(text) == language


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ne", "Nepali"),
        ("hi-IN", "Hindi"),
        ("zh-Hant", "Chinese"),
        ("iw", "Hebrew"),
        ("fil", "Filipino"),
        ("x-y", "“x-y”"),
    ],
)
def test_languages_have_names(tag: str, name: str) -> None:
    assert languages.name_of(tag) == name


def test_tags_of_one_language() -> None:
    assert languages.is_same("no", "nb-NO")
    assert languages.is_same("zh", "zh-Hant-TW")
    assert languages.is_same("in", "id")
    assert not languages.is_same("ne", "hi")
    assert not languages.is_same("fi", "fil")


def test_every_language_that_is_told_apart_has_a_name() -> None:
    told = {name for name, _ in languages._SCRIPTS} | set(languages._STOP_WORDS) | set(languages._TELLING_SHARE)
    assert not [tag for tag in told - {"Latn"} if languages.name_of(tag).startswith("“")]
