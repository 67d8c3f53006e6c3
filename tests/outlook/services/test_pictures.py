import tomllib
from importlib.resources import files

import pytest
from lxml import etree

from outlook.services.towns import hospital, hour, lost, owner, pump, told
from vidomo.core.errors import ConfigError
from vidomo.gazetteer import Gazetteer
from vidomo.outlook.services.chart import risk_chart
from vidomo.outlook.services.district import made_up_district, made_up_supplies
from vidomo.outlook.services.kinds import NEEDED, facility_kinds
from vidomo.outlook.services.model import Assumed, Backup, Hold, Origin, Phase
from vidomo.outlook.services.risk import gravest_first, risks
from vidomo.outlook.services.words import assumed_told, backup_told, risk_words, unknown_told

LANGS = ("uk", "en")
NOW = hour(0)


def _made_up(assumed: Assumed = Assumed()):  # noqa: B008 - frozen
    some = made_up_district(Gazetteer.open())
    return risks(made_up_supplies(NOW, assumed=assumed), some, now=NOW)


def test_the_made_up_district_shows_every_phase_but_names_nothing_real() -> None:
    found = _made_up()
    assert {one.phase for one in found} == set(Phase) - {Phase.UNKNOWN}
    assert all(one.facility.startswith("exercise ") for one in found)
    assert {one.kind for one in found} >= {"hospital", "water", "mobile_site", "emergency_post"}


def test_who_takes_something_for_granted_sees_it_count() -> None:
    before = {one.facility: one for one in _made_up()}["exercise clinic"]
    after = {one.facility: one for one in _made_up(Assumed(unsaid_h=1))}["exercise clinic"]
    assert before.fails_from is None
    assert after.fails_from == hour(0)


def test_the_gravest_stands_first_and_what_may_fail_first_before_the_rest() -> None:
    phases = [one.phase for one in gravest_first(_made_up())]
    gravity = [list(Phase).index(one) for one in phases]
    assert gravity == sorted(gravity, reverse=True)
    failing = [one for one in gravest_first(_made_up()) if one.phase is Phase.FAILING]
    starts = [one.fails_from for one in failing if one.fails_from]
    assert failing[0].fails_from is None
    assert starts == sorted(starts)


@pytest.mark.parametrize("lang", LANGS)
def test_the_picture_is_sound_and_says_what_it_is(lang: str) -> None:
    drawn = risk_chart(gravest_first(_made_up()), now=NOW, lang=lang, is_synthetic=True)
    root = etree.fromstring(drawn)
    said = " ".join(root.itertext())
    assert risk_words(lang)["synthetic"] in said
    assert risk_words(lang)["desk_only"] in said
    assert root.get("role") == "img"
    assert "style=" not in drawn
    assert "#" not in drawn.replace("url(#risk-", "")
    plain = risk_chart(gravest_first(_made_up()), now=NOW, lang=lang)
    assert risk_words(lang)["synthetic"] not in plain


def test_hostile_names_stay_text() -> None:
    one = told([lost(0, since=(-1, 0))], hospital(owner(1, 2), name="a<script>&"), now=1)
    drawn = risk_chart(list(one.values()), now=hour(1), lang="uk")
    assert "<script>" not in drawn
    etree.fromstring(drawn)


def test_nothing_is_drawn_ahead_for_what_is_supplied_now() -> None:
    found = [one for one in _made_up() if one.phase is Phase.HOLDING]
    drawn = etree.fromstring(risk_chart(found[:1], now=NOW, lang="en"))
    bands = [one for one in drawn.iter("{*}rect") if one.getparent().tag.endswith("}g")]
    assert len(bands) == 1
    line = drawn.xpath("//*[local-name()='path'][@stroke-width='2.5']")[0].get("d")
    end = float(bands[0].get("x")) + float(bands[0].get("width"))
    assert line.startswith(f"M{end:.1f} ")


def test_unknown_is_drawn_as_unknown_on_both_sides_of_now() -> None:
    one = told([], pump(owner(1, 2)), now=1)["W"]
    drawn = risk_chart([one], now=hour(1), lang="en")
    assert drawn.count("url(#risk-unknown)") == 2  # the band and the key


@pytest.mark.parametrize("lang", LANGS)
def test_every_code_has_words(lang: str) -> None:
    words = risk_words(lang)
    wanted = {f"phase.{one.value}" for one in Phase}
    wanted |= {f"hold.{one.value}" for one in Hold}
    wanted |= {f"origin.{one.value}" for one in Origin}
    wanted |= {f"kind.{one}" for one in facility_kinds()}
    wanted |= {f"service.{one}" for one in NEEDED}
    wanted |= {f"service.{one.gives}" for one in facility_kinds().values()}
    assert wanted <= set(words)
    for one in _made_up(Assumed(unsaid_h=2)):
        assert all(unknown_told(code, lang=lang) for code in one.unknown)
        assert all(assumed_told(code, lang=lang) for code in one.assumptions)


def test_both_languages_have_the_same_keys() -> None:
    source = files("vidomo.outlook.services") / "tables" / "words.toml"
    table = tomllib.loads(source.read_text("utf-8"))
    assert set(table) == set(LANGS)
    assert set(table["uk"]) == set(table["en"])
    with pytest.raises(ConfigError):
        risk_words("ru")


@pytest.mark.parametrize(
    ("backup", "said"),
    [
        (Backup(), "nobody knows how long"),
        (owner(0), "0 h (owner's word)"),
        (owner(8), "8 h (owner's word)"),
        (owner(8, 12.5), "8 to 12.5 h (owner's word)"),
        (
            Backup(hours_min=3, origin=Origin.OWNER),
            "at least 3 h, at most unknown (owner's word)",
        ),
    ],
)
def test_hours_are_told_with_their_origin(backup: Backup, said: str) -> None:
    assert backup_told(backup, lang="en") == said


def test_ukrainian_has_its_own_decimal_sign() -> None:
    assert "12,5" in backup_told(owner(8, 12.5), lang="uk")
    assert "2,5" in assumed_told("unsaid", lang="uk", unsaid_h=2.5)
