"""A draft is looked over before it is posted: what it says, lacks, leaves open, must not say."""

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, strategies as st

from vidomo.claims.topics import topics
from vidomo.core.time import parse_instant
from vidomo.desk.check import Checked, check_draft
from vidomo.desk.check.model import OUTLETS
from vidomo.desk.check.words import check_words, families, shown
from vidomo.disclosure.screen import KINDS, screen
from vidomo.publish.digest_fit import SMS_UNITS, VOICE_S, spoken_seconds, utf16_units
from vidomo.publish.words import LANGUAGES

NOW = parse_instant("2026-01-15T15:50:00+02:00")
IZIUM = "UA63040090010029555"


def checked(text: str, **options) -> Checked:
    return check_draft(text, now=NOW, **options)


def sentences(found: Checked) -> list[str]:
    return [one.text for place in found.told for one in place.statements]


def copy(found: Checked, outlet: str) -> str:
    return next(one.text for one in found.copies if one.outlet == outlet)


# ---- what residents will understand


def test_claims_are_told_as_plain_sentences_under_their_place() -> None:
    (place,) = checked("Ізюм. О 15:40 лунали вибухи. Частина міста без світла.").told
    assert place.code == IZIUM
    assert place.name == "Ізюм, Ізюмський район, Харківська область"
    assert place.level == "місто"
    assert [one.text for one in place.statements] == [
        "Лунали вибухи (о 15:40).",
        "Частина без світла.",
    ]


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        ("В Ізюмі постраждалих немає.", "Кажуть: поранених немає."),
        ("Ізюм: інформація про постраждалих уточнюється.", "Ще не відомо: чи є постраждалі."),
        ("Ізюм: світло повернуть до 22:00.", "Очікують: світло повернуть (до 22:00)."),
        ("В Ізюмі поранено трьох людей.", "Поранено: 3."),
        ("Загроза БпЛА для Ізюма.", "Попереджають: загроза безпілотників."),
    ],
)
def test_how_a_statement_is_meant_is_never_lost(draft: str, sentence: str) -> None:
    assert sentence in sentences(checked(draft))


def test_a_number_of_customers_is_never_told_as_the_whole_place() -> None:
    told = sentences(checked("Ізюм: без світла 5 тисяч абонентів."))
    assert told == ["Частина без світла."]


def test_the_name_of_a_street_changes_no_meaning() -> None:
    # Read as words, "invented street" would deny and "Kharkivska street" would move the strike.
    for street in ("вул. Вигаданій", "вул. Харківській", "вулиці Миру"):
        found = checked(f"Ізюм. О 15:40 на {street} поранено двох людей.")
        assert [place.code for place in found.told] == [IZIUM]
        assert sentences(found) == ["Поранено: 2 (о 15:40)."]


def test_every_topic_has_a_sentence_in_every_language() -> None:
    for lang in LANGUAGES:
        assert {f"say.{topic}" for topic in topics()} <= check_words(lang).keys


def test_both_languages_have_the_same_words() -> None:
    assert check_words("uk").keys == check_words("en").keys


def test_a_sentence_of_the_check_has_at_most_twelve_words() -> None:
    long = []
    for lang in LANGUAGES:
        source = files("vidomo.desk.check").joinpath(f"words.{lang}.toml")
        for section, keys in tomllib.loads(source.read_text("utf-8")).items():
            for key, text in keys.items():
                long += [
                    f"{lang}.{section}.{key}: {sentence}"
                    for sentence in re.split(r"(?<=[.!?])\s", text)
                    if len(re.findall(r"[^\W\d_][\w'’-]*", sentence)) > 12
                ]
    assert not long


# ---- what is missing


@pytest.mark.parametrize("one", shown(), ids=lambda one: f"{one.what}: {one.example}")
def test_words_that_show_what_is_there_fit_their_example_only(one) -> None:
    assert one.spans(one.example.lower())
    assert not one.spans(one.counter.lower())


def test_only_what_the_kind_of_post_needs_is_asked_for() -> None:
    assert [one.what for one in checked("Загроза БпЛА!").missing] == ["place", "source", "advice"]
    assert [one.what for one in checked("Відбій тривоги.").missing] == ["place", "source"]
    assert [one.what for one in checked("У місті вибухи.").missing] == [
        "place",
        "time",
        "source",
        "next",
    ]
    assert [one.what for one in checked("Дякуємо всім за допомогу.").missing] == []


def test_the_hour_of_the_next_message_is_not_the_hour_of_the_event() -> None:
    found = checked("Ізюм: вибухи. Наступне повідомлення о 17:00. Ізюмська МВА")
    assert [one.what for one in found.missing] == ["time"]


def test_a_signature_is_a_source_and_stands_under_the_texts() -> None:
    found = checked("Ізюм: о 15:40 вибухи. Наступне повідомлення о 17:00.", sign="Ізюмська МВА")
    assert not found.missing
    assert copy(found, "telegram").endswith("\nІзюмська МВА")
    assert copy(found, "sms").endswith("Ізюмська МВА")


def test_every_family_names_topics_that_exist() -> None:
    for family in families():
        for prefix in family.topics:
            assert any(topic.startswith(prefix) for topic in topics()), prefix


# ---- what is ambiguous


def test_a_namesake_is_shown_with_its_candidates_and_settled_by_home() -> None:
    draft = "У Шевченковому немає води з 9:00. Наступне повідомлення о 12:00. Водоканал"
    (doubt,) = checked(draft).doubts
    assert doubt.kind == "namesake"
    assert doubt.words == "Шевченковому"
    assert len(doubt.candidates) == 6
    assert doubt.more > 10
    assert doubt.proposal == doubt.candidates[0][1]
    assert not checked(draft, home="UA63080150010082504").doubts
    assert not checked(draft.replace("Шевченковому", "Шевченковому Куп'янського району")).doubts


def test_a_very_common_name_is_not_taken_for_its_largest_bearer() -> None:
    assert [one.words for one in checked("Миколаївка без світла з 15:00.").doubts] == ["Миколаївка"]
    assert not checked("Миколаїв без світла з 15:00.").doubts


def test_a_name_of_a_land_may_be_a_raion_or_a_community() -> None:
    (doubt,) = checked("На Балаклійщині немає світла.").doubts
    assert doubt.kind == "level"
    assert len(doubt.candidates) >= 2
    assert not checked("На Харківщині немає світла.").doubts


def test_a_draft_without_any_statement_says_so() -> None:
    found = checked("Гарного дня!")
    assert (found.told, found.missing, found.doubts, found.forbidden) == ((), (), (), ())
    assert not found.is_sound


# ---- what must not be published


def test_forbidden_words_come_with_rule_reason_and_proposal() -> None:
    (found,) = checked("Ізюм: о 15:40 удар по підстанції.").forbidden
    assert found.kind == "object"
    assert found.policy_rule == "words-that-aim"
    assert found.why
    assert found.source
    assert found.proposal == "об'єкт енергетичної інфраструктури"


def test_every_kind_has_a_reason_and_a_rule_of_the_policy() -> None:
    for lang in LANGUAGES:
        for kind in KINDS:
            assert f"why.{kind}" in check_words(lang).keys
            assert f"proposal.{kind}" in check_words(lang).keys


def test_an_address_that_invites_the_public_stays_unless_the_sentence_tells_of_a_strike() -> None:
    open_point = checked("Пункт незламності в Ізюмі: вул. Вигадана, 5, до 22:00. Ізюмська МВА")
    assert open_point.is_sound
    assert open_point.invited == ("вул. Вигадана, 5",)
    assert "вул. Вигадана, 5" in copy(open_point, "telegram")
    struck = checked("Ізюм: о 15:40 удар по пункту незламності на вул. Вигаданій, 5.")
    assert {one.kind for one in struck.forbidden} >= {"street", "house"}
    assert not struck.invited


def test_a_list_under_an_invitation_stays_up_to_an_empty_line() -> None:
    found = checked(
        "Ізюм: пункти незламності працюють цілодобово:\n- вул. Вигадана, 5\n- вул. Друга, 7\n\n"
        "Пошкоджено будинок на вул. Третій, 9."
    )
    assert found.invited == ("вул. Вигадана, 5", "вул. Друга, 7")
    assert all("Третій" in one.words or one.words == "9" for one in found.forbidden)


# ---- texts to copy


def test_a_sentence_with_forbidden_words_is_replaced_whole() -> None:
    found = checked("Ізюм. О 15:40 удар. На вул. Вигаданій поранено водія. Сирена замовкла.")
    text = copy(found, "telegram")
    assert "Вигадан" not in text
    assert "водія" not in text
    assert "Ізюм: Поранено: 1" in text
    assert "Сирена замовкла." in text
    assert (found.replaced, found.dropped) == (1, 0)


def test_a_sentence_that_says_nothing_else_is_left_out() -> None:
    found = checked("Ізюм: о 15:40 вибухи. Адреса: вул. Вигадана, 7.")
    assert found.dropped == 1
    assert "Вигадана" not in " ".join(one.text for one in found.copies)


def test_a_negation_is_never_cut_from_a_text() -> None:
    found = checked("Ізюм: після удару на вул. Вигаданій постраждалих немає. Ізюмська МВА")
    assert "немає" in copy(found, "telegram")
    assert "немає" in copy(found, "sms")


def test_no_short_message_is_made_for_a_place_that_is_not_clear() -> None:
    assert copy(checked("У Шевченковому немає води."), "sms") == ""


def test_a_long_draft_is_read_aloud_only_as_far_as_half_a_minute() -> None:
    found = checked("Ізюм: повітряна тривога! " + "Будьте уважні та бережіть себе. " * 40)
    voice = next(one for one in found.copies if one.outlet == "voice")
    assert voice.text.startswith("Увага! Ізюм: повітряна тривога!")
    assert voice.size <= VOICE_S
    assert voice.left_out > 0


def test_a_text_that_is_too_long_for_its_outlet_is_not_cut() -> None:
    found = checked("Ізюм: о 15:40 вибухи. " + "Бережіть себе. " * 400)
    assert copy(found, "telegram") == ""
    assert copy(found, "facebook")


@given(
    st.lists(
        st.sampled_from(
            [
                "Ізюм: о 15:40 вибухи.",
                "Постраждалих немає.",
                "На вул. Вигаданій, 5 пожежа.",
                "Поранено 74-річну жінку.",
                "БпЛА курсом на Лозову!",
                "Без світла 5 тисяч абонентів.",
                "Влучання у ТЕЦ.",
                "Світло повернуть до 22:00.",
                "Пункт незламності: вул. Друга, 7.",
                "Слухайте сирену.",
                "49.2125, 37.2567",
                "Працює 92-га бригада.",
            ]
        ),
        min_size=1,
        max_size=7,
    ),
    st.sampled_from([" ", "\n", "\n\n"]),
    st.sampled_from(["", "Ізюмська МВА"]),
)
def test_texts_are_made_only_of_what_passed_and_fit(
    parts: list[str], between: str, sign: str
) -> None:
    found = checked(between.join(parts), sign=sign)
    assert [one.outlet for one in found.copies] == list(OUTLETS)
    for one in found.copies:
        worse = [
            finding
            for finding in screen(one.text)
            if not any(one.text[finding.start : finding.end] in kept for kept in found.invited)
        ]
        assert not worse
    assert utf16_units(copy(found, "sms")) <= SMS_UNITS
    assert spoken_seconds(copy(found, "voice")) <= VOICE_S


@given(st.text(max_size=400), st.sampled_from(LANGUAGES))
def test_any_draft_gets_an_answer(text: str, lang: str) -> None:
    found = checked(text, lang=lang)
    for one in found.forbidden:
        assert text[one.start : one.end] == one.words


def test_nothing_of_a_draft_is_kept_between_two_checks() -> None:
    first = checked("Ізюм: о 15:40 вибухи.")
    checked("Лозова: удар.")
    assert checked("Ізюм: о 15:40 вибухи.") == first


@pytest.mark.parametrize(
    "said",
    [
        "Кажуть, о 17:20 у Павлограді вибухи.",
        "О 17:20 у Павлограді вибухи, повідомляють у мережі.",
        "Местные говорят: в 17:20 в Павлограде взрывы.",
        "Residents say there were explosions in Pavlohrad at 17:20.",
    ],
)
def test_hearsay_is_no_source(said: str) -> None:
    assert "source" in {one.what for one in check_draft(said).missing}


def test_a_utility_is_a_source_whatever_the_alphabet() -> None:
    said = "Kharkivoblenerho: power was restored in Chuhuiv at 17:40."
    assert not check_draft(said).missing


@pytest.mark.parametrize(
    ("said", "is_missing"),
    [
        ("Роменська міська рада: завтра у Ромнах припинимо подачу води.", True),
        ("Роменська міська рада: завтра з 9:00 до 12:00 у Ромнах припинимо подачу води.", False),
        ("Роменська міська рада: завтра у Ромнах не буде води, далі о 19:00.", True),
    ],
)
def test_a_planned_cut_needs_its_hour(said: str, *, is_missing: bool) -> None:
    assert ("time" in {one.what for one in check_draft(said).missing}) is is_missing


def test_a_planned_cut_needs_no_next_message() -> None:
    said = "Сумиобленерго: 17 січня з 9:00 до 12:00 у Шостці вимкнуть світло, ремонт мережі."
    assert not check_draft(said).missing


def test_the_end_of_a_threat_needs_no_advice() -> None:
    said = "Відбій загрози балістики для Запорізького району. Запорізька ОВА, 12:05."
    assert not check_draft(said).missing


def test_the_community_without_a_name_is_no_place() -> None:
    said = "О 3:00 у громаді зникло світло. Обленерго. Далі о 8:00."
    assert {one.what for one in check_draft(said).missing} == {"place"}


def test_a_draft_in_which_nothing_was_read_is_judged_by_its_words() -> None:
    checked = check_draft("О 17:50 чутно постріли, сусіди кажуть про дрон.")
    assert {"place", "source", "next"} <= {one.what for one in checked.missing}


def test_removed_traces_of_an_attack_are_no_news_of_one() -> None:
    said = "Ізюмська МВА: о 17:30 в Ізюмі ліквідовано наслідки обстрілу, світло подано."
    assert not check_draft(said).missing


def test_a_name_is_doubted_although_nothing_was_read() -> None:
    said = "Миколаївська громада: о 15:00 відновлено щось у Миколаївці."
    assert "Миколаївці" in {one.words for one in check_draft(said).doubts}
