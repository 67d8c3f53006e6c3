"""Hard gates of CLAIMS.md section 5, on every text at hand and on posts made by a grammar."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from claims.reading import read
from vidomo.claims.model import Claim, Kind, Polarity


@pytest.fixture(scope="module")
def texts(shared: Path) -> list[str]:
    rows: list[str] = [(shared / "seed" / "article.txt").read_text(encoding="utf-8")]
    for path in (shared / "corpus" / "labelled_start.jsonl", shared / "izium" / "texts.jsonl"):
        rows += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return rows


def labelled(shared: Path) -> Iterator[tuple[dict[str, Any], tuple[Claim, ...]]]:
    path = shared / "corpus" / "labelled_start.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row, read(row["text"]).claims


def zeros(claims: tuple[Claim, ...]) -> list[Claim]:
    return [c for c in claims if c.number and c.number.min == 0 and c.number.max == 0]


def test_an_unknown_has_no_number_and_a_zero_is_negated(texts: list[str]) -> None:
    for text in texts:
        for claim in read(text).claims:
            if claim.kind is Kind.UNKNOWN:
                assert claim.number is None
                assert claim.unknown is not None
        for claim in zeros(read(text).claims):
            assert claim.polarity is Polarity.NEGATED


def test_the_labelled_posts_pass_the_gates(shared: Path) -> None:
    for row, claims in labelled(shared):
        types = {c["type"] for c in row["claims"]}
        unknown = any(c["modality"] == "unknown" for c in row["claims"])
        zero = any(c["n"] == "0" for c in row["claims"])
        past = row["claims"] and all(c["modality"] == "background" for c in row["claims"])
        assert "alert_end" in types or not [c for c in claims if c.topic == "alert.end"], row
        assert zero or not zeros(claims), row
        if zero and not unknown:
            assert not [c for c in claims if c.kind is Kind.UNKNOWN], row
        if past:
            assert not [c for c in claims if c.kind is Kind.REPORT], row
        ages = [c for c in claims if c.number and c.number.min in {59, 60, 61, 67, 74, 2024}]
        assert not ages or any(c["n"] in {"60", "61"} for c in row["claims"]), row


UK_HARM = st.sampled_from(["постраждалих", "загиблих", "поранених", "загиблих та поранених"])
UK_ZERO = st.sampled_from(
    [
        "Обійшлося без {0}.",
        "Попередньо, без {0}.",
        "{1} немає.",
        "Наразі {0} немає.",
        "Немає {0}.",
        "{1} та руйнувань немає.",
        "За попередньою інформацією, {0} немає.",
        "Збито два дрони, {0} немає.",
    ]
)
UK_UNKNOWN = st.sampled_from(
    [
        "Інформація щодо {0} уточнюється.",
        "Кількість {0} встановлюється.",
        "Інформації про {0} немає.",
        "Інформація про {0} не надходила.",
        "Дані щодо {0} наразі не надходили.",
        "Інформації про {0} та руйнування немає.",
    ]
)
RU_HARM = st.sampled_from(["пострадавших", "погибших", "раненых", "погибших и пострадавших"])
RU_ZERO = st.sampled_from(
    [
        "Обошлось без {0}.",
        "Предварительно, {0} нет.",
        "{1} нет.",
        "{1} и разрушений нет.",
        "Дрон подавлен, {0} и разрушений инфраструктуры нет.",
        "По предварительной информации, {0} нет.",
    ]
)
RU_UNKNOWN = st.sampled_from(
    [
        "Информации о {0} нет.",
        "Информация о {0} уточняется.",
        "Количество {0} выясняется.",
        "Сведений о {0} пока не поступало.",
        "О {0} информации пока нет.",
    ]
)
OPENING = st.sampled_from(
    ["", "Увага! ", "Ізюм. ", "Пролунали вибухи. ", "У місті немає світла, ", "За даними ДСНС, "]
)
HARM_ZERO = st.one_of(st.tuples(UK_HARM, UK_ZERO), st.tuples(RU_HARM, RU_ZERO))
HARM_UNKNOWN = st.one_of(st.tuples(UK_HARM, UK_UNKNOWN), st.tuples(RU_HARM, RU_UNKNOWN))


@given(HARM_ZERO, OPENING)
def test_a_stated_zero_is_zero(said: tuple[str, str], opening: str) -> None:
    harm, form = said
    text = opening + form.format(harm, harm.capitalize())
    found = [c for c in read(text).claims if c.topic.startswith("harm.")]
    assert found, text
    assert all(c.polarity is Polarity.NEGATED for c in found), text
    assert all(c.number and c.number.mode == "none" for c in found), text


@given(HARM_UNKNOWN, OPENING)
def test_a_stated_unknown_is_unknown(said: tuple[str, str], opening: str) -> None:
    harm, form = said
    text = opening + form.format(harm)
    found = [c for c in read(text).claims if c.topic.startswith("harm.")]
    assert found, text
    assert all(c.kind is Kind.UNKNOWN and c.number is None for c in found), text


CLEAR_TALK = st.sampled_from(
    [
        "до відбою тривоги",
        "Після відбою тривоги",
        "Чекаємо на відбій",
        "Коли буде відбій?",
        "Якщо буде відбій тривоги, виходьте",
        "Відбою ще не було",
        "ждём отбоя тревоги",
        "До отбоя оставайтесь в укрытии",
        "until the all-clear",
        "wait for the all-clear",
        "There was no all-clear",
        "Скоро прозвучить відбій",
        "ймовірно, відбій тривоги",
        "Не відбій, а лише пауза",
    ]
)
TAIL = st.sampled_from(["", "!", ".", ". Бережіть себе!", " — просить влада.", "\nПрацює ППО."])


@given(CLEAR_TALK, st.sampled_from(["", "Перебувайте в укриттях ", "Увага: "]), TAIL)
def test_an_all_clear_that_is_talked_about_is_never_one(talk: str, head: str, tail: str) -> None:
    text = head + talk + tail
    ends = [c for c in read(text).claims if c.topic == "alert.end"]
    assert not [c for c in ends if c.kind == "report" and c.polarity == "affirmed"], text


NOT_COUNTS = st.sampled_from(
    ["{0}-річного чоловіка", "у 20{0} році", "на {0} поверсі", "черги {0}", "о 1{1}:{0}"]
)


@given(NOT_COUNTS, st.integers(10, 59), st.integers(0, 9))
def test_what_is_no_count_never_counts_people(form: str, number: int, hour: int) -> None:
    text = f"Поранено людей {form.format(number, hour)}."
    for claim in read(text).claims:
        if claim.topic.startswith("harm.") and claim.number:
            assert claim.number.min in {None, 1}, text


FILM = st.sampled_from(
    ["Не публікуйте фото", "НЕ фільмуйте наслідки", "Не снимайте последствия", "Do not film"]
)
EVENT = st.sampled_from(["прильотів", "ударів", "влучань", "обстрілу", "прилётов", "strikes"])


@given(FILM, EVENT, TAIL)
def test_a_request_not_to_film_is_no_threat_and_no_strike(film: str, event: str, tail: str) -> None:
    for claim in read(f"{film} {event}{tail}").claims:
        assert not claim.topic.startswith(("threat.", "event.strike", "event.shelling"))


@given(st.text(max_size=300))
def test_any_text_is_read_and_accounted_for(text: str) -> None:
    reading = read(text)
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.quote
    for silent in reading.silent:
        assert 0 <= silent.start <= silent.end <= len(text)


PIECES = st.sampled_from(
    [
        "Вибухи в Ізюмі",
        "без світла",
        "загинула одна людина",
        "не",
        ",",
        ".",
        "?",
        "\n",
        "ймовірно",
        "Попередньо",
        "графік відключень",
        "із них 3 дитини",
        "КАБ або ФАБ",
        "за словами мера",
        "14 200 абонентів",
        "рік тому",
        "відбій",
        "🟢",
        "якщо",
        "no",
        "The explosions",
        "взрывы",
        "уточнюється",
    ]
)


@given(st.lists(PIECES, max_size=30))
def test_any_mixture_of_cues_keeps_the_laws(pieces: list[str]) -> None:
    text = " ".join(pieces)
    reading = read(text)
    ids = [claim.id for claim in reading.claims]
    assert len(ids) == len(set(ids))
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.quote
        assert (claim.kind is Kind.UNKNOWN) == (claim.unknown is not None)
        assert claim.kind is not Kind.UNKNOWN or claim.number is None
    assert read(text) == reading


def test_the_corpus_is_read_without_a_stop(shared: Path) -> None:
    path = shared / "corpus" / "posts.jsonl"
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    readings = [read(text) for text in texts]
    assert len(readings) == 4930
    for text, reading in zip(texts, readings, strict=True):
        assert all(text[c.start : c.end] == c.quote for c in reading.claims)


@pytest.mark.parametrize(
    "text",
    [
        "Отбой по КАБам.",
        "🟢 Отбой по БпЛА.",
        "Отбой ракетной опасности.",
        "Харьков: отбой по шахедам, тревога продолжается.",
        "Отбой угрозы баллистики!",
        "Чисто по баллистике, тревогу пока не отменяют.",
        "🟢 Відбій загрози балістики",
    ],
)
def test_the_end_of_one_danger_is_never_an_all_clear(text: str) -> None:
    assert "alert.end" not in {claim.topic for claim in read(text).claims}
