from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, strategies as st

from vidomo.claims.document import Document
from vidomo.claims.prepare import prepare
from vidomo.claims.tables import LANGUAGES, _flaws, entries, table
from vidomo.core.errors import ConfigError

CONJUNCTIONS = [
    (lang, entry) for lang in LANGUAGES for entry in entries(lang, "segments", "conjunction")
]


def sentences(text: str) -> list[str]:
    doc = prepare(text)
    return [doc.text[one.start : one.end] for one in doc.sentences]


def clauses(text: str) -> list[str]:
    doc = prepare(text)
    return [doc.text[one.start : one.end] for one in doc.clauses]


def tokens(text: str) -> list[tuple[str, str]]:
    return [(token.text, token.kind) for token in prepare(text).tokens]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Куп'янськ-Вузловий", "word"),
        ("60-річна", "word"),
        ("С-300", "word"),
        ("20th", "word"),
        ("14 200", "number"),
        ("14,200", "number"),
        ("2,5", "number"),
        ("3.1", "number"),
        ("15:40", "number"),
        ("20.12.2025", "number"),
        ("2025-12-20", "number"),
        ("🟢", "emoji"),
        ("3\u20e3", "emoji"),
        ("№", "mark"),
    ],
)
def test_one_thing_is_one_token(text: str, kind: str) -> None:
    assert tokens(text) == [(text, kind)]


def test_a_per_cent_sign_stands_apart_from_its_number() -> None:
    assert tokens("80%") == [("80", "number"), ("%", "mark")]


def test_a_key_is_lower_case_without_apostrophes_and_dots_on_the_russian_letter() -> None:
    assert [token.key for token in prepare("Куп’янськ взлёт О'Ніл").tokens] == [
        "купянськ",
        "взлет",
        "оніл",
    ]
    assert prepare("Ізюм").tokens[0].is_capital
    assert not prepare("ізюм").tokens[0].is_capital


@pytest.mark.parametrize(
    "text",
    [
        "Удар по м. Ізюм та с. Кам'янка.",
        "Пошкоджено будинок на вул. Харківській.",
        "Без світла 12 тис. абонентів.",
        "Працює лікарня ім. Шевченка.",
        "Обстріляно 3 н.п. Ізюмського району.",
        "Повідомив О. Синєгубов.",
        "The U.S. Embassy said so.",
        "Mr. Fedchenko said so.",
        "Train No. 12 is late.",
        "Blasts on Dec. 20 were heard.",
        "Станом на 18.00 тихо.",
        "1. Слобідський район без світла.",
        "Дивіться t.me/kanal для деталей.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Поранено двох.|Медики працюють.",
        "Тривога!|Усі в укриття.",
        "Чи буде світло?|Так.",
        "Загорілося авто… |Пожежу згасили.",
        "Це сталося в 2024 р.|Місто відновили.",
        "Він сказав: «Тримаймося.»|Місто живе.",
        "Сума становить 5 млн.|Роботи тривають.",
        "It was at 6 p.m.|Nobody was hurt.",
        "Вибухи в місті|Деталі уточнюються",
        "Відстань 5 м.|Постраждалих немає.",
    ],
)
def test_a_sentence_ends_where_it_ends(text: str) -> None:
    joined = text.replace("|", "\n" if "місті|" in text else " ").replace("  ", " ")
    assert sentences(joined) == [part.strip() for part in text.split("|")]


def test_a_line_end_or_a_bullet_begins_a_paragraph() -> None:
    text = (
        "Зведення\n- Ізюм без світла\n🟢 Харків – відбій. 🔴 Ізюмський район – тривога. Бережіться"
    )
    doc = prepare(text)
    assert [doc.text[one.start : one.end] for one in doc.sentences] == [
        "Зведення",
        "- Ізюм без світла",
        "🟢 Харків – відбій.",
        "🔴 Ізюмський район – тривога.",
        "Бережіться",
    ]
    assert [one.paragraph for one in doc.sentences] == [0, 1, 2, 3, 3]


def test_an_emoji_that_ends_a_sentence_begins_none() -> None:
    assert sentences("Їх там ніколи не було 😄") == ["Їх там ніколи не було 😄"]
    assert len(sentences("💥💥💥 Вибухи")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "обійшлося без загиблих,|проте четверо зазнали стресу",
        "вдарили бомбами;|вибухів було десять",
        "поранення дістала людина,|а з-під уламків витягли собаку",
        "світла немає,|но воду дали",
        "nobody was killed,|but four were hurt",
        "the city was hit;|two people, husband and wife, were killed",
        "Аварійні відключення скасовано на Київщині,|на Сумщині ще діють",
        "Світло відновлено для 80 % абонентів,|без струму лишаються 3 села",
        "Пострадавших нет,|повреждены кровли пяти домов",
        "five bodies were recovered,|nobody is under the debris",
        "Енергосистема може бути роз'єднана на острови, –|вважає експерт",
    ],
)
def test_a_contrast_begins_a_clause(text: str) -> None:
    assert [part.strip() for part in clauses(text.replace("|", " "))] == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "вимкнули світло, а також воду",
        "Харків – відбій",
        "Троє людей, які були вдома, не постраждали",
        "Двоє людей, чоловік і жінка, загинули",
        "Пошкоджено будинок, повідомили в ОВА",
        "Two people, husband and wife, were killed",
        "Постраждали семеро, серед них була дитина",
        "The damage was not only here but also there",
        "Пошкоджено будинок, розташований у центрі",
        "А вранці було тихо",
    ],
)
def test_a_clause_is_not_cut_without_need(text: str) -> None:
    assert clauses(text) == [text]


def _conjunction_cuts(text: str, words: str) -> bool:
    return any(part.lower().startswith(words) for part in clauses(text)[1:])


@pytest.mark.parametrize(("lang", "entry"), CONJUNCTIONS)
def test_each_conjunction_cuts_its_example_and_not_its_counter(
    lang: str, entry: Mapping[str, Any]
) -> None:
    assert _conjunction_cuts(entry["example"], entry["words"])
    assert not _conjunction_cuts(entry["counter"], entry["words"])


def assert_sound(doc: Document) -> None:
    for listed in (doc.sentences, doc.clauses):
        covered = [index for one in listed for index in range(one.first, one.last)]
        assert covered == list(range(len(doc.tokens)))
    for index, one in enumerate(doc.sentences):
        assert one.sentence == index
        assert one.start == doc.tokens[one.first].start
        assert one.end == doc.tokens[one.last - 1].end
    for one in doc.clauses:
        whole = doc.sentences[one.sentence]
        assert whole.first <= one.first < one.last <= whole.last
        assert one.paragraph == whole.paragraph


ALPHABET = st.sampled_from([*list("аАбі'м.с;,–-!?()«» \n5:%🟢"), " але ", ", а ", " but ", "тис. "])


@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_sentences_and_clauses_cover_every_token_once(text: str) -> None:
    assert_sound(prepare(text))


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=200))
def test_any_text_at_all_is_cut_soundly(text: str) -> None:
    assert_sound(prepare(text))


def test_a_missing_table_is_named() -> None:
    with pytest.raises(ConfigError, match="no table nothing for language uk"):
        table("uk", "nothing")


def test_an_entry_without_an_example_or_a_counter_is_named() -> None:
    flaws = _flaws(
        {"word": [{"forms": ["x"], "example": "x"}], "words": {"a": ["b"]}, "list": ["c"]}
    )
    assert flaws == ["entry 1 of word has no counter"]


@pytest.mark.parametrize(
    "text",
    [
        "Був вибух у \nСлобожанці.",
        "Чоловік \nпідірвав гранату\n.",
        "Пошкоджено школу\n, садок і крамницю.",
        "Сообщают о взрывах в \nБелгороде.",
        "Two people were hurt in \nChuhuiv.",
    ],
)
def test_a_line_that_breaks_off_for_a_link_goes_on(text: str) -> None:
    assert len(sentences(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Харків\nшахеди на Чугуїв",
        "Охтирка: тривога \nСуми: відбій",
        "Без світла \n\nвулиця Миру",
        "🟢\nчисто",
        "Знеструмлено: \nсело Вільне",
    ],
)
def test_a_line_end_that_means_it_begins_a_sentence(text: str) -> None:
    assert len(sentences(text)) == 2


def test_two_initials_end_no_sentence() -> None:
    text = "Поїзд курсує від станції ім. Т.Г. Шевченка із затримкою."
    assert sentences(text) == [text]


def test_one_mark_after_a_colon_is_no_list() -> None:
    assert len(sentences("Харківська ОВА: 🔴 Повітряна тривога в області!")) == 1
    assert len(sentences("Обстріляно: 🔴 Ізюм, двоє поранених 🔴 Балаклія, один загиблий")) == 3
