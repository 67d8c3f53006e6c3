"""Who is said to speak, and which statements are theirs."""

import pytest

from claims.reading import gazetteer, only, read
from vidomo.claims.hits import SpeakerHit
from vidomo.claims.mentions import find_mentions
from vidomo.claims.prepare import prepare
from vidomo.claims.speakers import find_speakers


def speakers(text: str) -> tuple[SpeakerHit, ...]:
    doc = prepare(text)
    return find_speakers(doc, find_mentions(doc, gazetteer()))


@pytest.mark.parametrize(
    ("text", "kind", "name", "body"),
    [
        (
            "Пролунали вибухи, повідомив начальник Харківської ОВА Олег Синєгубов.",
            "named_official",
            "Олег Синєгубов",
            "oblast_administration",
        ),
        (
            "За словами міської адміністрації, світло є.",
            "organisation",
            "міської адміністрації",
            "city_administration",
        ),
        ("В ОВА кажуть про вибухи.", "organisation", "ОВА", "oblast_administration"),
        ("ДСНС: врятовано двох людей.", "organisation", "ДСНС", "emergency_service"),
        ("Вода з'явиться до вечора, — водоканал.", "organisation", "водоканал", "water_utility"),
        ("Мережа розпадеться, — вважає експерт.", "expert", "експерт", ""),
        ("Місцева влада заявила про вибухи.", "unspecified_authority", "Місцева влада", ""),
        ("Очевидці розповіли про вибухи.", "unnamed", "Очевидці", ""),
        ("Загинули троє людей — Синєгубов.", "named_official", "Синєгубов", ""),
        ("Синегубов: ранены двое.", "named_official", "Синегубов", ""),
        (
            "О взрывах сообщил мэр Игорь Терехов.",
            "named_official",
            "Игорь Терехов",
            "city_administration",
        ),
        (
            "Power is back, the regional military administration said.",
            "organisation",
            "regional military administration",
            "oblast_administration",
        ),
        (
            "'It is bad,' said Colonel Oleh Petrenko, introduced as head of the city council.",
            "named_official",
            "Oleh Petrenko",
            "city_administration",
        ),
        (
            "Power is out, said Serhii Bondar, head of the city military administration.",
            "named_official",
            "Serhii Bondar",
            "city_military_administration",
        ),
        (
            "According to a post on the city's military administration's channel, power is out.",
            "organisation",
            "city's military administration's",
            "city_military_administration",
        ),
    ],
)
def test_an_attribution_names_who_speaks(text: str, kind: str, name: str, body: str) -> None:
    hit = speakers(text)[0]
    assert (hit.kind, hit.name, hit.body_type) == (kind, name, body)


def test_an_attribution_lasts_to_the_end_of_its_paragraph() -> None:
    text = "У ДСНС повідомили про пожежу. Горів будинок.\nПошкоджено паркан."
    hits = speakers(text)
    assert [hit.name for hit in hits] == ["ДСНС", "ДСНС"]
    assert hits[-1].scope_end <= text.index("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "У ДСНС розповіли про пожежу.\nУ службі додали, що горів будинок.",
        "Начальник ОВА Олег Синєгубов повідомив про вибухи. Він уточнив: є поранені.",
        "The city military administration wrote of it.\nThe administration added that it is out.",
    ],
)
def test_he_and_the_service_stand_for_the_last_one_named(text: str) -> None:
    hits = speakers(text)
    assert len(hits) == 2
    assert hits[1].name == hits[0].name
    assert hits[1].body_type == hits[0].body_type
    assert hits[1].start != hits[0].start


@pytest.mark.parametrize(
    "text", ["Він уточнив деталі.", "У службі додали деталі.", "The administration added."]
)
def test_a_word_that_stands_for_nobody_named_is_no_speaker(text: str) -> None:
    assert not speakers(text)


@pytest.mark.parametrize("text", ["Рятувальники працюють.", "Тихий вечір.", ""])
def test_a_sentence_that_quotes_nobody_has_no_speaker(text: str) -> None:
    assert not speakers(text)


def test_a_channel_speaks_for_itself() -> None:
    claim = only("Пролунали вибухи.", "event.explosion", genre="official")
    assert (claim.speaker.kind, claim.speaker.name, claim.speaker.via) == ("self", None, None)


def test_news_without_a_speaker_are_unnamed_and_inference_is_the_authors() -> None:
    assert only("Explosions were heard.", "event.explosion").speaker.kind == "unnamed"
    inferred = only("Services were likely disrupted, as in hospitals.", "service.health.disrupted")
    assert inferred.speaker.kind == "author"


def test_what_follows_a_body_that_tells_nothing_is_the_authors() -> None:
    text = (
        "The city military administration has not yet provided casualty figures, "
        "but shelling of several districts continued."
    )
    assert only(text, "harm.casualties").speaker.kind == "organisation"
    assert only(text, "event.shelling").speaker.kind == "unnamed"


def test_the_body_points_at_the_place_in_its_name() -> None:
    text = "В Ізюмській міській військовій адміністрації повідомили про вибухи."
    body = only(text, "event.explosion").speaker.body
    assert body == f"city_military_administration@#{text.index('Ізюмській')}"


def test_a_body_without_a_place_says_so() -> None:
    body = only("В ОВА повідомили про вибухи.", "event.explosion").speaker.body
    assert body == "oblast_administration@"


def test_the_relay_is_named_where_somebody_else_speaks() -> None:
    claims = read("Explosions were heard, the mayor said.").claims
    assert [claim.speaker.via for claim in claims] == ["article"]
