import json
import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from vidomo.gazetteer import Form, FormKind, Gazetteer, fold

IZIUM = "UA63040090010029555"
IZIUM_HROMADA = "UA63040090000021240"
IZIUM_RAION = "UA63040000000023521"
KHARKIV = "UA63120270010096107"
KHARKIV_OBLAST = "UA63000000000041885"
SUMY_OBLAST = "UA59000000000057109"
WORD = re.compile(r"[\w'’ʼ-]+")


def found(gazetteer: Gazetteer, written: str) -> dict[tuple[str, FormKind], Form]:
    return {(form.code, form.kind): form for form in gazetteer.forms(fold(written))}


@pytest.mark.parametrize(
    "written",
    [
        *("Ізюм", "Ізюма", "Ізюму", "Ізюмові", "Ізюмом", "Ізюмі", "ІЗЮМІ"),
        *("Изюм", "Изюма", "Изюму", "Изюмом", "Изюме"),
        *("Izium", "Izyum", "Izum", "IZUM"),
    ],
)
def test_izium_is_found_in_every_case_and_language(gazetteer: Gazetteer, written: str) -> None:
    assert (IZIUM, FormKind.NAME) in found(gazetteer, written)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Харкова", "Харків"),
        ("Харькову", "Харків"),
        ("Kharkov", "Харків"),
        ("Куп'янська", "Куп’янськ"),
        ("Купянска", "Куп’янськ"),
        ("Балаклії", "Балаклія"),
        ("Балаклеи", "Балаклія"),
        ("Лозової", "Лозова"),
        ("Лозовую", "Лозова"),
        ("Сумах", "Суми"),
        ("Кривого Рогу", "Кривий Ріг"),
        ("Кривом Роге", "Кривий Ріг"),
        ("Білої Церкви", "Біла Церква"),
        ("Белой Церкви", "Біла Церква"),
        ("Запоріжжі", "Запоріжжя"),
        ("Запорожью", "Запоріжжя"),
        ("Стрия", "Стрий"),
        ("Миколаєва", "Миколаїв"),
        ("Одесі", "Одеса"),
        ("Odessa", "Одеса"),
        ("Києва", "Київ"),
        ("Kiev", "Київ"),
        ("Чернівцях", "Чернівці"),
        ("Барвінкового", "Барвінкове"),
        ("Kryvyi Rih", "Кривий Ріг"),
        ("Черкассами", "Черкаси"),
        ("Івано-Франківську", "Івано-Франківськ"),
        ("Дергачів", "Дергачі"),
        ("Savyntsi", "Савинці"),
        ("Чугуєві", "Чугуїв"),
        ("Золочева", "Золочів"),
        ("Донцем", "Донець"),
        ("Бессарабского", "Бессарабське"),
    ],
)
def test_case_forms_and_spellings_lead_to_the_name(
    gazetteer: Gazetteer, written: str, name: str
) -> None:
    names = {
        gazetteer.unit(code).name
        for code, kind in found(gazetteer, written)
        if kind is FormKind.NAME
    }
    assert name in names


@pytest.mark.parametrize(
    "written",
    [
        *("Ізюмський", "Ізюмського", "Ізюмському", "Ізюмським", "Ізюмських", "Ізюмська"),
        *("Изюмский", "Изюмского", "Изюмскому", "Изюмском", "Izium", "Izum", "Iziumskyi"),
    ],
)
def test_the_adjective_stands_for_raion_and_community(gazetteer: Gazetteer, written: str) -> None:
    forms = found(gazetteer, written)
    assert (IZIUM_RAION, FormKind.ADJECTIVE) in forms
    if written != "Iziumskyi":
        assert (IZIUM_HROMADA, FormKind.ADJECTIVE) in forms


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Харківщині", KHARKIV_OBLAST),
        ("Харьковщине", KHARKIV_OBLAST),
        ("Kharkivshchyna", KHARKIV_OBLAST),
        ("Ізюмщини", IZIUM_RAION),
        ("Изюмщине", IZIUM_RAION),
        ("Сумщині", SUMY_OBLAST),
        ("Донеччиною", "UA14000000000091971"),
        ("Закарпатті", "UA21000000000011690"),
        ("Криму", "UA01000000000013043"),
        ("Crimea", "UA01000000000013043"),
        ("Волині", "UA07000000000024379"),
        ("Буковину", "UA73000000000044923"),
    ],
)
def test_region_nouns_stand_for_the_whole_oblast_or_raion(
    gazetteer: Gazetteer, written: str, code: str
) -> None:
    assert (code, FormKind.REGION) in found(gazetteer, written)


def test_a_region_noun_of_an_oblast_stands_for_no_raion(gazetteer: Gazetteer) -> None:
    regions = {code for code, kind in found(gazetteer, "Харківщина") if kind is FormKind.REGION}
    assert regions == {KHARKIV_OBLAST}


def test_coordinated_adjectives_name_both_oblasts(gazetteer: Gazetteer) -> None:
    assert (KHARKIV_OBLAST, FormKind.ADJECTIVE) in found(gazetteer, "Харьковской")
    assert (SUMY_OBLAST, FormKind.ADJECTIVE) in found(gazetteer, "Сумской")
    assert (SUMY_OBLAST, FormKind.ADJECTIVE) in found(gazetteer, "Sumy")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Краснограда", "Берестин"),
        ("Первомайського", "Златопіль"),
        ("Новомосковську", "Самар"),
        ("Червонограді", "Шептицький"),
        ("Володимира-Волинського", "Володимир"),
        ("Артемівськ", "Бахмут"),
        ("Кіровограда", "Кропивницький"),
        ("Дніпропетровська", "Дніпро"),
        ("Сєвєродонецьк", "Сіверськодонецьк"),
        ("Северодонецке", "Сіверськодонецьк"),
        ("Артемовске", "Бахмут"),
        ("Krasnohrad", "Берестин"),
    ],
)
def test_former_names_lead_to_the_unit_and_say_that_they_are_former(
    gazetteer: Gazetteer, old: str, new: str
) -> None:
    origins = {
        (gazetteer.unit(form.code).name, form.origin)
        for form in gazetteer.forms(fold(old))
        if form.kind is FormKind.NAME
    }
    assert (new, "former") in origins


def test_former_raions_lead_to_the_raions_of_today(gazetteer: Gazetteer) -> None:
    form = found(gazetteer, "Красноградському")["UA63060000000053698", FormKind.ADJECTIVE]
    assert form.origin == "former"


@pytest.mark.parametrize("written", ["Бєлгороді", "Белгороде", "Belgorod", "Шебекино", "Курщині"])
def test_places_of_russia_stand_for_russia_alone(gazetteer: Gazetteer, written: str) -> None:
    assert {form.code for form in gazetteer.forms(fold(written))} == {"RU"}


@pytest.mark.parametrize("written", ["Новомосковськ", "Первомайское", "Владимир", "Берлин"])
def test_a_name_that_is_also_abroad_says_so(gazetteer: Gazetteer, written: str) -> None:
    codes = {form.code for form in gazetteer.forms(fold(written))}
    assert codes & {"RU", "ZZ"}
    assert codes - {"RU", "ZZ"}


def test_bilhorod_dnistrovskyi_is_not_belgorod(gazetteer: Gazetteer) -> None:
    codes = {form.code for form in gazetteer.forms(fold("Білгороді-Дністровському"))}
    assert codes
    assert "RU" not in codes


def test_russian_names_by_rule_are_marked_generated(gazetteer: Gazetteer) -> None:
    origins = {form.origin for form in gazetteer.forms(fold("Перехрестовка"))}
    assert origins == {"generated"}


def test_namesakes_are_all_returned_the_largest_first(gazetteer: Gazetteer) -> None:
    forms = [form for form in gazetteer.forms(fold("Миколаїв")) if form.lang == "uk"]
    assert [gazetteer.unit(form.code).oblast for form in forms[:2]] == [
        "UA48000000000039575",
        "UA46000000000026241",
    ]
    assert len(gazetteer.forms(fold("Іванівка"))) > 100


def test_no_form_is_given_twice(gazetteer: Gazetteer) -> None:
    for key in ("ізюм", "київ", "суми", "іванівка", "izium"):
        forms = [(form.code, form.kind, form.lang) for form in gazetteer.forms(key)]
        assert len(forms) == len(set(forms))


@pytest.mark.parametrize("written", ["", " ", "-", "кабінет", "region", "qwerty", "\0", "Ї" * 5000])
def test_what_is_no_name_has_no_forms(gazetteer: Gazetteer, written: str) -> None:
    assert gazetteer.forms(fold(written)) == ()


def longest(gazetteer: Gazetteer, text: str, start: int) -> tuple[int, set[str]]:
    keys = [fold(word) for word in WORD.findall(text)]
    count, forms = gazetteer.longest(keys, start)
    return count, {gazetteer.unit(form.code).name for form in forms}


def test_the_longest_run_of_words_wins(gazetteer: Gazetteer) -> None:
    assert longest(gazetteer, "у Кривому Розі та", 1) == (2, {"Кривий Ріг"})
    count, names = longest(gazetteer, "біля Нової Каховки", 1)
    assert count == 2
    assert "Нова Каховка" in names


def test_a_hyphenated_name_is_found_with_hyphen_and_with_blank(gazetteer: Gazetteer) -> None:
    for text, words in (("в Івано-Франківську", 1), ("в Івано Франківську", 2)):
        count, names = longest(gazetteer, text, 1)
        assert count == words
        assert "Івано-Франківськ" in names
    assert longest(gazetteer, "Куп'янськ-Вузловий", 0) == (1, {"Куп’янськ-Вузловий"})


def test_a_run_ends_where_the_name_ends(gazetteer: Gazetteer) -> None:
    count, names = longest(gazetteer, "Ізюм Харків", 0)
    assert count == 1
    assert names >= {"Ізюм"}
    assert gazetteer.longest(["вибухи", "в", "місті"], 0) == (0, ())
    assert gazetteer.longest([], 0) == (0, ())
    assert gazetteer.longest(["ізюм"], 7) == (0, ())


@given(st.lists(st.text(max_size=8), max_size=6), st.integers(0, 6))
def test_any_tokens_are_answered_within_their_number(tokens: list[str], start: int) -> None:
    count, forms = Gazetteer.open().longest(tokens, start)
    assert 0 <= count <= max(0, len(tokens) - start)
    assert bool(count) == bool(forms)


def test_the_places_of_the_labelled_posts_are_found(gazetteer: Gazetteer, shared: Path) -> None:
    named = missed = 0
    for line in (shared / "corpus" / "labelled_start.jsonl").read_text("utf-8").splitlines():
        post = json.loads(line)
        text = re.sub(r"['’]s\b", "", post["text"])
        keys = [fold(word) for word in WORD.findall(text)]
        seen = set()
        for start in range(len(keys)):
            for form in gazetteer.longest(keys, start)[1]:
                unit = gazetteer.unit(form.code)
                seen |= {(fold(unit.name), unit.category), (unit.code, "")}
        for place in post["places"]:
            name, _, level = place.partition(":")
            wanted = ("RU", "") if name == "RU" else (fold(name), level[0])
            named += 1
            missed += wanted not in seen
    assert named > 140
    assert missed / named < 0.02
