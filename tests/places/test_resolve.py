"""Places are decided by what the text and its source say, or stay ambiguous."""

import json
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from places.reading import mentions_of, reading_of
from vidomo.app.reader import read as app_read
from vidomo.claims.model import Claim, Kind, PlaceRef, Reading, Role
from vidomo.core.errors import InputError
from vidomo.gazetteer import Gazetteer
from vidomo.places.resolve import explain, resolve

IZIUM, IZIUM_RAION, IZIUM_HROMADA = (
    "UA63040090010029555",
    "UA63040000000023521",
    "UA63040090000021240",
)
KHARKIV, KHARKIV_OBLAST = "UA63120270010096107", "UA63000000000041885"
IZMAIL = "UA51080030010072039"
KYIV = "UA80000000000093317"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def resolved(text: str, *, home: str | None = None, **more: object) -> Reading:
    return resolve(reading_of(text, **more), Gazetteer.open(), home=home)  # type: ignore[arg-type]


def codes(claims: Iterable[Claim]) -> list[list[str | None]]:
    return [[ref.code for ref in claim.places] for claim in claims]


def names(reading: Reading) -> list[str]:
    return [ref.name for claim in reading.claims for ref in claim.places]


# ---- one unit or none ------------------------------------------------------------------------


def test_a_city_is_decided_by_its_name_alone() -> None:
    (ref,) = resolved("У Харкові чути вибухи.").claims[0].places
    assert (ref.code, ref.level, ref.name) == (KHARKIV, "settlement", "Харків")
    assert ref.candidates == ()
    assert 0.5 < ref.confidence < 1


def test_a_village_name_that_dozens_share_stays_ambiguous() -> None:
    (ref,) = resolved("Обстріляно село Шевченкове.").claims[0].places
    assert ref.code is None
    assert len(ref.candidates) > 5
    assert (ref.level, ref.name) == ("", "")
    assert ref.confidence < 0.5


def test_a_village_stays_ambiguous_where_its_oblast_has_many_of_the_name() -> None:
    (ref,) = resolved("У селі Шевченкове пожежа.", home=KHARKIV_OBLAST).claims[0].places
    assert ref.code is None
    gazetteer = Gazetteer.open()
    assert gazetteer.within(ref.candidates[0], KHARKIV_OBLAST)


def test_a_lonely_village_name_without_context_decides_nothing() -> None:
    (ref,) = resolved("Зірвано дах у селі Капитолівка.").claims[0].places
    assert ref.code is None
    assert ref.candidates


@pytest.mark.parametrize(
    ("text", "home", "name", "raion"),
    [
        ("Без світла Кам'янка.", IZIUM_RAION, "Кам’янка", IZIUM_RAION),
        ("Капитолівка без води.", IZIUM, "Капитолівка", IZIUM_RAION),
        ("Пожежа в селищі Борова.", KHARKIV_OBLAST, "Борова", IZIUM_RAION),
    ],
)
def test_the_home_of_the_source_decides(text: str, home: str, name: str, raion: str) -> None:
    (ref,) = resolved(text, home=home).claims[0].places
    assert ref.name == name
    assert Gazetteer.open().unit(ref.code or "").raion == raion


def test_the_texts_own_words_outweigh_the_home() -> None:
    text = "Вибух у Миколаєві Львівської області."
    (ref,) = resolved(text, home="UA48000000000039575").claims[0].places
    gazetteer = Gazetteer.open()
    assert gazetteer.label(gazetteer.unit(ref.code or "").oblast or "") == "Львівська область"


def test_no_namesake_is_taken_from_outside_the_unit_that_the_text_names() -> None:
    (ref, *_) = resolved("У селі Капитолівка Сумського району пожежа.").claims[0].places
    assert ref.code is None


def test_neighbours_in_the_text_decide_between_namesakes() -> None:
    text = "Дружківка, Краматорськ та Костянтинівка лишилися без води."
    found = resolved(text, home=KHARKIV_OBLAST).claims[0].places
    gazetteer = Gazetteer.open()
    oblasts = {gazetteer.label(gazetteer.unit(ref.code or "").oblast or "") for ref in found}
    assert oblasts == {"Донецька область"}


def test_more_of_the_right_context_never_lowers_the_confidence() -> None:
    text = "Пожежа в селищі Борова."
    sure = [
        resolved(text, home=home).claims[0].places[0].confidence
        for home in (KHARKIV_OBLAST, IZIUM_RAION)
    ]
    assert sure == sorted(sure)


# ---- levels ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Тривога в Ізюмському районі.", [IZIUM_RAION]),
        ("На Ізюмщині тихо.", [IZIUM_RAION]),
        ("Ізюмська громада без газу.", [IZIUM_HROMADA]),
        ("У Харкові та області перебої.", [KHARKIV, KHARKIV_OBLAST]),
        ("Взрывы в Киеве и Киевской области.", [KYIV, "UA32000000000030281"]),
        ("Outages in the Izum district of the Kharkiv region of Ukraine.", [IZIUM_RAION]),
        ("Power is out in Chuhuiv, Kharkiv Oblast.", ["UA63140170010036104"]),
        ("По городу Изюм Харьковской области нанесен удар.", [IZIUM]),
    ],
)
def test_a_claim_gets_the_level_that_the_text_names(text: str, expected: list[str]) -> None:
    assert codes(resolved(text).claims) == [expected]


def test_a_district_that_two_cities_have_needs_its_city() -> None:
    (alone,) = resolved("Шевченківський район без світла.").claims[0].places
    assert alone.code is None
    (told,) = resolved("Шевченківський район Харкова без світла.").claims[0].places
    assert told.level == "city_district"
    assert Gazetteer.open().unit(told.code or "").parent == KHARKIV
    (home,) = resolved("Шевченківський район без світла.", home=KHARKIV).claims[0].places
    assert home.code == told.code


def test_a_district_that_an_oblast_and_two_cities_have_stays_open_without_context() -> None:
    text = "Дніпровський район без світла."
    (alone,) = resolved(text).claims[0].places
    assert alone.code is None
    (kyiv,) = resolved(text, home=KYIV).claims[0].places
    assert Gazetteer.open().unit(kyiv.code or "").parent == KYIV
    (dnipro,) = resolved(text, home="UA12020010010037010").claims[0].places
    assert dnipro.code == "UA12020000000052809"


def test_a_district_body_of_a_city_belongs_to_that_city() -> None:
    text = "Дніпровська адміністрація Києва повідомляє."
    (first, second) = explain(reading_of(text), Gazetteer.open())
    assert Gazetteer.open().within(first.decision.code or "", KYIV)
    assert second.decision.code == KYIV


def test_what_the_text_excludes_is_no_place_of_the_claim() -> None:
    text = "Тривога по всій Харківській області, крім Ізюмського району."
    assert codes(resolved(text).claims) == [[KHARKIV_OBLAST]]


def test_the_same_place_named_twice_is_one_place() -> None:
    assert codes(resolved("Ізюм: у місті вибухи.").claims) == [[IZIUM]]


# ---- abroad -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Вибухи в Бєлгороді.", "Взрывы в Шебекино и Белгороде.", "A blast in Moscow, Russia."],
)
@pytest.mark.parametrize("home", [None, KHARKIV_OBLAST])
def test_a_place_in_russia_is_never_inside(text: str, home: str | None) -> None:
    found = resolved(text, home=home).claims[0].places
    assert {(ref.code, ref.level) for ref in found} == {("RU", "country")}


def test_another_country_is_named_and_not_decided() -> None:
    (one,) = explain(reading_of("Уламки впали в Румунії."), Gazetteer.open())
    assert (one.decision.code, one.decision.reason) == (None, "foreign")


@pytest.mark.parametrize(
    "text", ["Уламки впали в Румунії.", "A drone crashed in Romania.", "Взрыв прогремел в Польше."]
)
def test_what_happens_in_a_third_country_gives_no_claim(text: str) -> None:
    assert not resolved(text).claims


def test_a_name_on_both_sides_of_the_border_is_ambiguous_without_a_home() -> None:
    text = "Вибух у Новомосковську."
    (ref,) = resolved(text).claims[0].places
    assert (ref.code, "RU" in ref.candidates) == (None, True)
    (ref,) = resolved(text, home="UA12000000000090473").claims[0].places
    assert ref.name == "Самар"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Горит нефтебаза в Каменском районе Ростовской области.", ""),
        ("Пожар в Каменском районе. Белгород без света.", ""),
        ("Взрывы в Дзержинске и Белгороде.", ""),
        ("Взрывы в Харькове и Белгороде.", "Харків"),
        ("Россия обстреляла Изюмский район.", "Ізюмський район"),
        ("Пуски из Белгорода по Изюмскому району.", "Ізюмський район"),
        ("Обстрелян Изюмский район Харьковской области. Взрыв в Белгороде.", "Ізюмський район"),
        ("Харьков обстрелян, Изюмский район тоже. Взрыв в Белгороде.", "Ізюмський район"),
    ],
)
def test_a_namesake_in_a_text_about_russia_is_not_taken_for_ours(text: str, name: str) -> None:
    found = [ref for claim in resolved(text).claims for ref in claim.places]
    inside = {ref.name for ref in found if ref.code not in {None, "RU"}}
    assert inside == ({name} if name else set()) or name in inside


# ---- "the city" --------------------------------------------------------------------------------


def test_the_city_is_the_one_last_named() -> None:
    text = "Вибухи в Ізюмі. Частина міста без світла. У Харкові тихо. Місто спить."
    assert codes(resolved(text).claims) == [[IZIUM], [IZIUM], [KHARKIV], [KHARKIV]]


def test_the_city_is_the_home_where_the_text_names_none() -> None:
    assert codes(resolved("У місті вибухи.", home=IZIUM).claims) == [[IZIUM]]
    assert codes(resolved("У місті вибухи.", home=IZIUM_HROMADA).claims) == [[IZIUM]]
    assert codes(resolved("У місті вибухи.", home=KYIV).claims) == [[KYIV]]


def test_the_city_stays_open_where_neither_text_nor_home_is_one() -> None:
    (ref,) = resolved("У місті вибухи.", home=KHARKIV_OBLAST).claims[0].places
    assert (ref.code, ref.candidates) == (None, ())


def test_the_city_of_a_text_that_names_only_its_administration_is_its_seat() -> None:
    text = "Ізюмська міська рада повідомляє: у місті вибухи."
    assert codes(resolved(text).claims) == [[IZIUM]]


def test_the_community_and_the_region_follow_what_the_text_is_about() -> None:
    text = "Вибухи в Ізюмі. У громаді гучно. По області тихо."
    assert codes(resolved(text).claims) == [[IZIUM], [IZIUM_HROMADA], [KHARKIV_OBLAST]]


# ---- claims without a place -------------------------------------------------------------------


def test_a_claim_without_a_place_takes_what_the_text_is_about() -> None:
    ref = resolved("Вибухи в Ізюмі.", unplaced=1).claims[-1].places[0]
    assert (ref.code, ref.surface, ref.start, ref.end) == (IZIUM, "", -1, -1)
    named = resolved("Вибухи в Ізюмі.").claims[0].places[0]
    assert ref.confidence < named.confidence


def test_a_claim_without_a_place_takes_the_home_where_the_text_names_nothing() -> None:
    ref = resolved("Відбій!", home=IZIUM).claims[0].places[0]
    assert (ref.code, ref.surface, ref.start) == (IZIUM, "", -1)


def test_a_claim_without_a_place_stays_without_one_where_nothing_is_known() -> None:
    assert resolved("Відбій!").claims[0].places == ()


def test_what_comes_before_a_place_far_away_is_said_of_home() -> None:
    text = "Відбій! Поїзди до Харкова запізнюються."
    assert codes(resolved(text, home=IZIUM).claims) == [[IZIUM], [KHARKIV]]
    assert codes(resolved(text, home=KHARKIV_OBLAST).claims) == [[KHARKIV_OBLAST], [KHARKIV]]
    assert codes(resolved("Відбій! Ізюм, будьте обережні.", home=IZIUM).claims)[0] == [IZIUM]


def test_a_text_about_many_towns_is_about_the_oblast_they_share() -> None:
    text = "Вибухи в Ізюмі. Вибухи в Чугуєві. Вибухи в Лозовій. Вибухи в Мерефі."
    (ref,) = resolved(text, home=KHARKIV_OBLAST, unplaced=1).claims[-1].places
    assert (ref.code, ref.level) == (KHARKIV_OBLAST, "oblast")
    text = "Вибухи в Ізюмі. Вибухи в Одесі. Вибухи в Полтаві. Вибухи в Києві."
    assert resolved(text, unplaced=1).claims[-1].places == ()


def test_where_drones_come_from_is_not_what_a_text_is_about() -> None:
    reading = resolved("БпЛА з боку Донеччини.", home=IZIUM, unplaced=1)
    assert reading.claims[-1].places[0].code == IZIUM


# ---- slips -------------------------------------------------------------------------------------

SLIP = (
    "Вибухи пролунали в Ізюмі на Харківщині, кажуть у Харківській ОВА. Зруйновано будинок, "
    "рятувальники працюють.\nНаслідки вибухів в Ізмаїлі ще з'ясовують."
)


def test_a_name_that_looks_like_a_slip_is_not_decided() -> None:
    reading = resolved(SLIP)
    last = reading.claims[-1].places[0]
    assert (last.code, last.candidates) == (None, (IZMAIL, IZIUM))
    assert last.confidence < 0.5
    assert reading.claims[0].places[0].code == IZIUM


@pytest.mark.parametrize(
    "text",
    [
        "Вибухи в Ізюмі та Ізмаїлі.",
        SLIP + " В Одесі тихо.",
        SLIP.replace("Ізмаїлі", "Ізмаїлі Одеської області"),
        SLIP.replace("Ізмаїлі", "Черкасах"),
    ],
)
def test_a_place_that_something_else_speaks_for_is_no_slip(text: str) -> None:
    assert all(ref.code for claim in resolved(text).claims for ref in claim.places)


def test_a_source_at_home_in_the_other_place_makes_no_slip() -> None:
    reading = resolved(SLIP, home=IZMAIL)
    assert reading.claims[-1].places[0].code == IZMAIL


# ---- bodies ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "surface", "body_type", "code"),
    [
        ("Харківська ОВА повідомляє.", "Харківська", "oblast_administration", KHARKIV_OBLAST),
        ("Ізюмська РВА повідомляє.", "Ізюмська", "raion_administration", IZIUM_RAION),
        ("Ізюмська МВА повідомляє.", "Ізюмська", "city_military_administration", IZIUM),
        ("Ізюмська міська рада.", "Ізюмська", "community_administration", IZIUM_HROMADA),
        ("У військовій адміністрації Ізюма.", "Ізюма", "city_military_administration", IZIUM),
        ("Kharkivoblenergo reported.", "Kharkivoblenergo", "grid_operator", KHARKIV_OBLAST),
        ("Kharkiv OVA reported.", "Kharkiv", "oblast_administration", KHARKIV_OBLAST),
        ("Поліція Харкова працює.", "Харкова", "police", KHARKIV_OBLAST),
    ],
)
def test_a_body_belongs_to_the_unit_that_fits_its_type(
    text: str, surface: str, body_type: str, code: str
) -> None:
    body = f"{body_type}@#{text.index(surface)}"
    assert resolved(text, bodies=(body,)).claims[-1].speaker.body == f"{body_type}@{code}"


@pytest.mark.parametrize(
    ("text", "home", "body", "expected"),
    [
        ("Вибухи в Ізюмі.", None, "oblast_administration@", KHARKIV_OBLAST),
        ("Вибухи в Ізюмі.", None, "city_military_administration@", IZIUM),
        ("Вибухи в Ізюмі.", None, "emergency_service@", KHARKIV_OBLAST),
        ("Вибухи.", IZIUM, "city_military_administration@", IZIUM),
        ("Вибухи.", IZIUM, "oblast_administration@", KHARKIV_OBLAST),
        ("Вибухи.", KHARKIV_OBLAST, "city_military_administration@", ""),
        ("Вибухи.", None, "oblast_administration@", ""),
        ("Вибухи.", None, "emergency_service@", "UA"),
        ("Вибухи в Ізюмі.", IZIUM, "air_force@", "UA"),
        ("Вибухи в Ізюмі.", IZIUM, "transmission_operator@#3", "UA"),
        ("Вибухи в Ізюмі.", None, "city_administration@UA1", "UA1"),
        ("Вибухи.", None, "city_administration@#999", ""),
        ("Вибухи.", None, "city_administration@#x", ""),
    ],
)
def test_a_body_without_a_name_follows_text_and_home(
    text: str, home: str | None, body: str, expected: str
) -> None:
    body_type = body.partition("@")[0]
    found = resolved(text, home=home, bodies=(body,)).claims[-1].speaker.body
    assert found == f"{body_type}@{expected}"


# ---- the whole ---------------------------------------------------------------------------------


def test_an_unknown_home_is_refused_with_what_to_do() -> None:
    with pytest.raises(InputError, match="UA99") as caught:
        resolved("Вибухи.", home="UA99")
    assert "places find" in caught.value.hint


def test_a_source_of_the_whole_country_speaks_of_it_where_it_names_nothing() -> None:
    assert codes(resolved("Уночі збито дрони.", home="UA").claims) == [["UA"]]
    assert codes(resolved("Уночі збито дрони над Ізюмом.", home="UA").claims) == [[IZIUM]]
    assert codes(resolved("Тихо.", bodies=("transmission_operator",)).claims)[-1] == ["UA"]
    assert codes(resolved("Тихо.", bodies=("police",)).claims)[-1] == []


def test_a_place_that_the_reading_does_not_list_is_decided_all_the_same() -> None:
    ref = PlaceRef(code=None, surface="Ізюм", start=0, end=4, candidates=(IZIUM,))
    stray = PlaceRef(code=None, surface="?", start=9, end=10)
    claim = Claim(
        id="clm_1",
        topic="event.explosion",
        kind=Kind.REPORT,
        quote="Ізюм",
        start=0,
        end=4,
        places=(ref, stray),
    )
    reading = Reading(report="r", version="v", reader_version="t", claims=(claim,))
    assert codes(resolve(reading, Gazetteer.open()).claims) == [[IZIUM, None]]


def test_resolving_twice_changes_nothing() -> None:
    once = resolved(SLIP, home=KHARKIV_OBLAST, unplaced=1, bodies=("oblast_administration@",))
    assert resolve(once, Gazetteer.open(), home=KHARKIV_OBLAST) == once


def test_an_explanation_tells_every_mention_and_its_points() -> None:
    text = "Пожежа в селищі Борова, у місті тихо."
    reading = reading_of(text)
    told = explain(reading, Gazetteer.open(), home=KHARKIV_OBLAST)
    assert [one.mention for one in told] == list(mentions_of(text))
    best = told[0].decision.ranked[0]
    assert best.part("home") == 3
    assert best.score == pytest.approx(sum(points for _, points in best.parts))
    assert told[0].decision.margin >= 1
    lines = str(told[0]).splitlines()
    assert lines[0].startswith("Борова (settlement, affected): UA63")
    assert "Ізюмський район" in lines[1]
    assert "home 3.0" in lines[1]


PIECES = [
    "Ізюм",
    "в Ізмаїлі",
    "Шевченкове",
    "Харківська область",
    "на Дніпрі",
    "у місті",
    ".",
    ",",
    "Бєлгород",
    "Kharkiv region",
    "крім",
    "Салтівський район",
    "Київ",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=14),
    st.sampled_from([None, IZIUM, IZIUM_RAION, KHARKIV_OBLAST, KYIV, IZMAIL]),
)
def test_a_place_is_decided_with_a_level_or_left_with_its_candidates(
    pieces: list[str], home: str | None
) -> None:
    gazetteer = Gazetteer.open()
    reading = resolved(" ".join(pieces), home=home, unplaced=1)
    for claim in reading.claims:
        for ref in claim.places:
            assert 0 <= ref.confidence <= 1
            if ref.code is None:
                assert ref.name == ""
            else:
                assert ref.candidates == ()
                assert gazetteer.unit(ref.code).level.value == ref.level
            if ref.start >= 0:
                assert ref.surface


# ---- the real inputs ---------------------------------------------------------------------------


def test_the_article_is_about_izium_and_its_district(shared: Path) -> None:
    text = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    told = explain(reading_of(text), Gazetteer.open())
    found = {(one.mention.surface, one.decision.code) for one in told}
    assert ("Izum district", IZIUM_RAION) in found
    assert ("Izum", IZIUM) in found
    settlements = {code for _, code in found if code and code.startswith("UA63") and code != IZIUM}
    assert settlements <= {IZIUM_RAION, KHARKIV_OBLAST}


def test_the_texts_about_izium_lead_nowhere_else(shared: Path) -> None:
    lines = (shared / "izium" / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    allowed = {IZIUM, IZIUM_RAION, IZIUM_HROMADA, KHARKIV_OBLAST, "UA", None}
    for line in lines:
        row = json.loads(line)
        reading = resolved(row["text"], unplaced=1)
        found = [ref for claim in reading.claims for ref in claim.places]
        assert {ref.code for ref in found} <= allowed, row["id"]
        assert IZIUM in {ref.code for ref in found}, row["id"]
        undecided = [ref for ref in found if ref.code is None]
        assert [ref.candidates for ref in undecided] == (
            [(IZMAIL, IZIUM)] if row["id"] == "iz02" else []
        )


def test_roles_survive(gazetteer: Gazetteer) -> None:
    text = "БпЛА курсом на Лозову з боку Донеччини."
    roles = {ref.role for ref in resolve(reading_of(text), gazetteer).claims[0].places}
    assert roles == {Role.HEADING, Role.ORIGIN}


def test_a_text_full_of_names_takes_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        reading = reading_of("Ізюм, Ізмаїл, Шевченкове, у місті, " * count)
        start = time.process_time()
        explain(reading, Gazetteer.open(), home=KHARKIV_OBLAST)
        return time.process_time() - start

    seconds(10)
    assert seconds(2000) < 150 * max(seconds(100), 1e-3)


def test_names_of_one_oblast_tell_of_each_other_in_a_text_of_many(gazetteer: Gazetteer) -> None:
    text = (
        "Обстріляно Суми, Шостка, Конотоп, Глухів, Путивль Сумської області; "
        "Дудчани, Золота Балка, Республіканець, Качкарівка Херсонської області."
    )
    found = {ref.surface: ref.code for ref in resolved(text).claims[0].places}
    raions = {gazetteer.unit(found[name] or "").raion for name in ("Дудчани", "Качкарівка")}
    assert len(raions) == 1


def test_where_all_names_lie_in_one_oblast_the_raion_named_decides(gazetteer: Gazetteer) -> None:
    text = "У Харківській області обстріляно село Слобожанське. Розслідує прокуратура Дергачів."
    (place, *_) = [ref for ref in resolved(text).claims[0].places if ref.surface == "Слобожанське"]
    assert place.code is not None
    assert gazetteer.unit(place.code).raion == gazetteer.unit("UA63120070010085847").raion


def test_the_city_and_oblast_are_both_meant() -> None:
    reading = resolved("Харків. Ворог атакував місто та область.")
    assert KHARKIV_OBLAST in {ref.code for claim in reading.claims for ref in claim.places}


def test_a_third_country_beside_the_place_is_left_out() -> None:
    text = "У Києві посольство США закрили через вибух."
    assert codes(resolved(text).claims) == [[KYIV]]
    (claim,) = resolved("Дрони летять з боку Білорусі на Київ.").claims
    assert [(ref.code, ref.role) for ref in claim.places] == [
        (None, Role.ORIGIN),
        (KYIV, Role.AFFECTED),
    ]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Дніпропетровщина. У Дніпровському районі поранено двох людей.", "uk"),
        ("Обстрел Днепропетровской области. В Днепровском районе ранены двое.", "ru"),
    ],
)
def test_a_raion_wins_over_districts_of_cities_that_nobody_names(text: str, lang: str) -> None:
    claims = [c for c in app_read(text, lang=lang) if c.topic == "harm.injured"]
    assert [(p.name, p.level) for c in claims for p in c.places] == [
        ("Дніпровський район", "raion")
    ]


def test_a_district_of_a_city_that_is_named_is_no_raion() -> None:
    text = "Київ під атакою. У Дніпровському районі поранено двох людей."
    claims = [c for c in app_read(text, lang="uk") if c.topic == "harm.injured"]
    assert [p.level for c in claims for p in c.places] == ["city_district"]


def test_the_town_of_a_text_that_names_only_a_community_is_its_seat() -> None:
    text = "Росіяни вдарили по Лозівській громаді. У місті зникло світло."
    claims = [c for c in app_read(text, lang="uk") if c.topic == "impact.power.outage"]
    assert [p.name for c in claims for p in c.places] == ["Лозова"]
