"""Words in their other forms: found by the language of the page, behind the very form, and shown where they stand."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from archive_viewer import limits
from archive_viewer.search import languages, passages
from archive_viewer.search.engine import Engine
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse
from archive_viewer.search.query_text import written
from archive_viewer.search.tokenizer import terms

Ask = Callable[..., list[str]]


def test_a_form_counts_only_in_pages_of_its_language(engine: Engine, asked: Ask) -> None:
    engine.apply(
        [
            Document("fr", text="Les chevaux dorment.", language="fr-CA"),
            Document("en", text="The word chevaux is French.", language="en"),
            Document("unknown", text="chevaux"),
            Document("exact", text="cheval"),
        ]
    )
    assert asked("cheval") == ["exact", "fr"]
    assert set(asked("chevaux")) == {"fr", "en", "unknown"}
    assert asked("cheval language:en") == []
    assert asked("cheval language:fr") == ["fr"]


@pytest.mark.parametrize(
    ("tag", "algorithm"),
    [
        *(("en", "english"), ("EN_us", "english"), ("eng", "english"), ("pt-BR", "portuguese"), ("nb", "norwegian")),
        *(("nn-NO", "norwegian"), ("no", "norwegian"), ("hr", "serbian"), ("sr-Latn", "serbian"), ("prs", "persian")),
        *(("ger", "german"), ("iw", ""), ("zh-Hant", ""), ("", ""), ("-", ""), ("english", "")),
    ],
)
def test_languages_have_several_codes(tag: str, algorithm: str) -> None:
    assert languages.algorithm(tag) == algorithm


def test_the_very_words_come_first_however_well_others_answer(engine: Engine, asked: Ask) -> None:
    filler = " ".join(f"w{n}" for n in range(3000))
    engine.apply(
        [
            Document("forms", title="Ferries, ferries", text="ferries " * 50 + "boats", language="en"),
            Document("exact", title="Nothing", text=f"{filler} ferry {filler} boats {filler}", language="en"),
            Document("mixed", text=f"{filler} ferries {filler} boat", language="en"),
        ]
    )
    assert asked("ferry") == ["exact", "forms", "mixed"]
    assert asked("ferries")[:2] == ["forms", "mixed"]
    assert asked("ferry boats")[0] == "exact"
    assert asked("ferry OR boat")[-1] == "forms"
    scores = [match.score for match in engine.search(parse("ferry OR boat"), 9)]
    assert scores == sorted(scores, reverse=True)


def test_what_is_quoted_negated_or_a_name_stands_for_itself(engine: Engine, asked: Ask) -> None:
    page = Document(
        "1",
        title="Harbours",
        authors=("Rosa Williams",),
        site="Boats Weekly",
        url="https://boats.example/ferries",
        text="The ferries sailed.",
        tags=("roads",),
        notes=("See the almanacs.",),
        stripped="All rights reserved",
        series="Papers",
        language="en",
    )
    engine.apply([page])
    for query in ("ferry", "text:ferry", "title:harbour", "note:almanac", "stripped:right", "ferry NEAR/2 sailing"):
        assert asked(query) == ["1"], query
    for query in (
        *("=ferry", '"ferry"', '"ferry sailed"', "text:=ferry", "ferri~1 =ferry"),
        *("author:William", "site:boat", "url:ferry", "tag:road", "series:paper"),
    ):
        assert asked(query) == [], query
    assert asked("-ferry") == ["1"]
    assert asked("sailing -ferry") == ["1"]
    assert asked("sailing -ferries") == []


def test_a_word_that_is_sought_as_a_name_has_its_forms_too(index: Index, ask: Ask) -> None:
    text = "On Friday the ferries sailed to Mottaki."
    index.apply([Document("1", text=text, language="en"), Document("2", text="The ferry of Mottaki.", language="en")])
    assert ask("sounds:(muttaqi ferry)") == ["2", "1"]
    assert ask("sounds:(muttaqi sailing)") == ask("sounds:(ferry NEAR/2 sailing)") == ["1"]
    assert ask('sounds:("sailing" muttaqi)') == ask("sounds:(=sailing muttaqi)") == []
    shown = passages.find(index.widened(parse("sounds:(muttaqi sailing)")), text, language="en")
    assert [one.match for one in shown] == ["sailed", "Mottaki"]
    assert [one.match for one in passages.find(index.widened(parse("sounds:(muttaqi sailing)")), text)] == ["Mottaki"]


def test_a_piece_is_known_to_each_language_and_from_one_commit_to_the_next(index: Index, ask: Ask) -> None:
    long = "/".join(f"boat{n}/ferries" for n in range(40))
    words = "(Chats), “boats” l'chevaux's chats—boats"
    for n, tag in enumerate(("en", "fr", "en", "fr")):
        index.apply([Document(f"{tag}{n}", text=f"{words} {long}" if n else words, language=tag)])
    for query, found in (("chat", "en fr"), ("boating", "en"), ("cheval", "fr"), ("ferry", "en")):
        assert {id[:2] for id in ask(query)} == set(found.split()), query
    assert "en0" not in ask("ferry")
    index.optimise()
    assert {id[:2] for id in ask("ferry")} == {"en"}


def test_forms_outlive_merging_and_the_pages_that_gave_them(index: Index, ask: Ask) -> None:
    index.apply([Document("1", text="Die Häuser", language="de"), Document("2", text="ferries", language="en")])
    index.apply([Document("3", text="Das Haus am Hause", language="de"), Document("4", text="a ferry", language="en")])
    index.apply([Document("5", text="The houses", language="en")], ["4"])
    before = {query: sorted(ask(query)) for query in ("Haus", "häuser", "ferry", "house", "hausen")}
    assert before == {
        "Haus": ["1", "3"],
        "häuser": ["1", "3"],
        "ferry": ["2"],
        "house": ["5"],
        "hausen": ["1", "3"],
    }
    index.optimise()
    assert index.stats().segments == 1
    assert {query: sorted(ask(query)) for query in before} == before


def test_a_word_with_very_many_forms_is_bounded_and_that_is_said(
    index: Index, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = ["laivas", "laivo", "laivui", "laivą", "laivu", "laive", "laivai", "laivų", "laivams", "laivus"]
    index.apply([Document(form, text=form, language="lt") for form in forms])
    assert ask("laivas")[0] == "laivas"
    assert len(ask("laivas")) > 5
    assert index.remarks(parse("laivas")) == []
    monkeypatch.setattr(limits, "QUERY_FORMS", 2)
    assert len(ask("laivas")) == 3
    (remark,) = index.remarks(parse("laivas (a OR b)"))
    assert remark.startswith("“laivas” has ")
    assert remark.endswith(" other forms; the shortest were looked for.")


WORDS = {
    "en": "ferry ferries boat boats boat's Boating harbour HARBOURS café cafés co-operate cooperates 10 us",
    "de": "Haus Häuser hausen Brücke Brücken schön schon schöne Straßen",
    "fr": "école écoles ECOLES l'école cheval chevaux forêt",
    "ru": "лодка лодки лодкам зелёный зеленая",
    "sr": "рибар ribari рибари",
    "ar": "كتاب الكِتَابُ كتابه",
    "th": "เดินทาง เมือง",
    "": "ferry ferries Häuser écoles лодки",
}


def test_what_is_found_is_shown_and_what_is_shown_is_found(index: Index) -> None:
    chance = random.Random(17)
    pages = []
    for n in range(160):
        tag = chance.choice(list(WORDS))
        text = " ".join(chance.choices(" ".join(WORDS.values()).split() + WORDS[tag].split() * 5, k=6))
        pages.append(Document(str(n), text=text, language=tag))
    index.apply(pages[:80])
    index.apply(pages[80:])
    words = sorted({word for listed in WORDS.values() for word in listed.split()})
    queries = [*words, *(f"={word}" for word in words)]
    queries += [f"{chance.choice(words)} NEAR/3 {chance.choice(words)}" for _ in range(60)]
    queries += [f"{chance.choice(words)} OR {chance.choice(words)}" for _ in range(30)]
    for typed in queries:
        query = parse(typed)
        widened = index.widened(query)
        assert written(widened) == written(query)
        assert index.widened(widened) == widened
        found = {match.id for match in index.search(query, 1000)}
        shown = {page.id for page in pages if passages.find(widened, page.text, language=page.language)}
        assert found == shown, typed
        in_these_words = {page.id for page in pages if passages.find(query, page.text)}
        assert in_these_words <= found
        ranked = [match.id in in_these_words for match in index.search(query, 1000)]
        assert ranked == sorted(ranked, reverse=True), typed


@pytest.mark.parametrize("sign", "'’‘‛`´′＇ʼʻʽʾʿˈꞌꞋ׳")
def test_an_apostrophe_of_any_shape_joins_two_words(sign: str) -> None:
    assert terms(f"l{sign}homme") == ["l", "lhomme", "homme"]
    assert terms(f"{sign}homme{sign} d") == ["homme", "d"]
