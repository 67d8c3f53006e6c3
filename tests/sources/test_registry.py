"""The registry of bodies, office holders and sources."""

import pytest

from vidomo.core.errors import ConfigError
from vidomo.sources.registry import Registry

MVA = "city_military_administration@UA63040090010029555"
OVA = "oblast_administration@UA63000000000041885"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.bundled()


def test_a_body_that_nobody_listed_is_made_from_its_type_and_place(registry: Registry) -> None:
    body = registry.body("oblast_administration@UA59000000000057109")
    assert body is not None
    assert body.home == "UA59000000000057109"
    assert "alarm" in body.competence
    assert not body.is_listed
    assert body.holders == ()


@pytest.mark.parametrize(
    "body_id", ["", "radio@UA63", "oblast_administration@", "police", "city_administration@#12"]
)
def test_an_unknown_type_or_a_missing_place_is_no_body(registry: Registry, body_id: str) -> None:
    assert registry.body(body_id) is None


def test_a_service_of_the_country_is_one_voice_wherever_it_speaks(registry: Registry) -> None:
    here = registry.body("emergency_service@UA63000000000041885")
    there = registry.body("emergency_service@UA")
    assert here is not None
    assert there is not None
    assert here.voice == there.voice
    assert here.home == "UA"


def test_a_city_council_and_its_military_administration_are_one_voice(registry: Registry) -> None:
    one = registry.body("city_administration@UA63040090010029555")
    two = registry.body(MVA)
    assert one is not None
    assert two is not None
    assert one.voice == two.voice


def test_only_administrations_and_the_air_force_may_end_a_warning(registry: Registry) -> None:
    able = {kind for kind, row in registry.types.items() if "alarm" in row.competence}
    assert able == {
        "oblast_administration",
        "raion_administration",
        "city_administration",
        "city_military_administration",
        "community_administration",
        "air_force",
    }


@pytest.mark.parametrize(
    "name", ["Олег Синєгубов", "Олегом Синєгубовим", "Олег Синегубов", "Oleh Syniehubov"]
)
def test_a_known_office_holder_speaks_for_the_body(registry: Registry, name: str) -> None:
    body = registry.identify(None, name)
    assert body is not None
    assert body.id == OVA


def test_a_name_completes_a_body_whose_place_is_open(registry: Registry) -> None:
    body = registry.identify("city_military_administration@", "Сергей Федченко")
    assert body is not None
    assert body.id == MVA
    assert registry.identify("police@", "Сергей Федченко") is None


def test_a_stranger_is_nobody(registry: Registry) -> None:
    assert registry.identify(None, "Тарас Вигаданий") is None
    assert registry.identify(None, None) is None


def test_another_head_of_a_body_with_a_known_head_is_contradicted(registry: Registry) -> None:
    assert registry.contradicts("Тарас Вигаданий", "начальник адміністрації", MVA)
    assert registry.contradicts("Taras Invented", "head of the administration", MVA)


@pytest.mark.parametrize(
    ("name", "role", "body"),
    [
        ("Сергія Федченка", "начальника міської військової адміністрації", MVA),
        ("Taras Invented", "deputy head of the administration", MVA),
        ("Тарас Вигаданий", "речник адміністрації", MVA),
        ("Taras Invented", "firefighter", MVA),
        ("Taras Invented", "commercial director", MVA),
        ("Taras Invented", "head", "city_military_administration@UA59080270010072028"),
        ("Taras Invented", "head", "radio@UA"),
    ],
)
def test_nobody_else_is_contradicted(registry: Registry, name: str, role: str, body: str) -> None:
    assert not registry.contradicts(name, role, body)


def test_the_sources_of_the_scenario_are_registered(registry: Registry) -> None:
    channel = registry.source("izium_mva")
    assert channel is not None
    assert channel.body == MVA
    assert not channel.faithful
    for agency in ("agency_one", "agency_two"):
        entry = registry.source(agency)
        assert entry is not None
        assert entry.faithful
        assert entry.body is None
    assert registry.source("nobody") is None
    assert [entry.id for entry in registry.sources()] == ["agency_one", "agency_two", "izium_mva"]


def test_every_body_that_is_listed_has_a_known_type(registry: Registry) -> None:
    for body in (MVA, OVA):
        found = registry.body(body)
        assert found is not None
        assert found.is_listed
        assert found.holders


@pytest.mark.parametrize(
    ("body_id", "place", "name"),
    [
        (MVA, "Ізюм", "Ізюмська міська військова адміністрація"),
        ("oblast_administration@UA51", "Одеська", "Одеська обласна військова адміністрація"),
        (
            "raion_administration@UA5108",
            "Ізмаїльський",
            "районна військова адміністрація (Ізмаїльський район)",
        ),
        ("city_administration@UA5108003", "Ізмаїл", "міська рада (Ізмаїл)"),
        ("police@UA51", "Одеська", "поліція"),
    ],
)
def test_a_body_is_called_by_its_place(
    registry: Registry, body_id: str, place: str, name: str
) -> None:
    body = registry.body(body_id)
    assert body is not None
    assert body.called(place) == name


@pytest.mark.parametrize("text", ["[", "head_words = 3", "surprise = 1"])
def test_a_broken_registry_is_refused_with_what_was_found(text: str) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        Registry.from_toml(text)
