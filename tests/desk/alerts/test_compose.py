"""Messages made from wordings, from what officials said, and by hand."""

import dataclasses
from datetime import timedelta

import msgspec
import pytest

from desk.alerts.worlds import (
    IZIUM,
    KHARKIV,
    LVIV,
    NOW,
    OWN,
    RAION,
    atlas,
    drafted,
    ended,
    made,
    press,
    tried,
)
from vidomo.core.errors import ConfigError, DisclosureForbidden, InputError, NothingKnown
from vidomo.desk.alerts.all_clear import all_clears_for, announced_all_clear
from vidomo.desk.alerts.area import MOST_POINTS, areas_of
from vidomo.desk.alerts.authority import (
    UNOFFICIAL_SENDER,
    Authority,
    authority_in,
    problems_of,
)
from vidomo.desk.alerts.compose import (
    Behind,
    by_hand,
    codes_of,
    correct,
    from_wording,
    is_word_for_word,
)
from vidomo.desk.alerts.confirm import confirmed, phrase
from vidomo.desk.alerts.known import MOST, known_words
from vidomo.desk.alerts.life import alert_of
from vidomo.desk.alerts.model import Kind
from vidomo.desk.alerts.wordings import GAPS, Text, wording, wordings
from vidomo.desk.entry import entry
from vidomo.disclosure.model import DimensionView, NoteView, PlaceView, PublicView, Said
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.alerts.model import MsgType, ResponseType, Scope, Status
from vidomo.publish.alerts.profile import broken_rules
from vidomo.publish.alerts.profile_area import area_km2
from vidomo.publish.alerts.sign import checked


def life(draft, alert="alr_one"):
    trying = tried(alert, draft)
    return alert_of([drafted(alert, draft), trying, ended(trying)], alert, now=NOW)


def said(claim="clm_1", topic="alert.end", quote="Відбій тривоги в Ізюмі", **more) -> Said:
    given = {
        "report": "rep_1",
        "kind": "report",
        "polarity": "affirmed",
        "standing": "official",
        "reason": "body",
        "origin": "city@UA",
        "speaker": "Ізюмська МВА",
        "source": "izium",
        "url": "https://t.me/izium/1",
        "lang": "uk",
        "place": IZIUM,
        "said_at": NOW - timedelta(minutes=9),
    }
    return Said(**{**given, "claim": claim, "topic": topic, "quote": quote, **more})


def view(*words: Said, phase="ended", notes=(), place=IZIUM, is_public=True) -> PublicView:
    alert = DimensionView(
        dimension="alert", phase=phase, said=tuple(one.claim for one in words), notes=notes
    )
    return PublicView(
        policy="ua-public",
        valid_at=NOW,
        known_at=NOW,
        places=(PlaceView(place=place, dimensions=(alert,)),),
        said=words,
        is_public=is_public,
    )


def test_both_languages_say_the_same_with_codes_borders_and_an_end() -> None:
    alert = made().alert
    assert [info.language for info in alert.infos] == ["uk-UA", "en-US"]
    uk, en = alert.infos
    assert uk.headline == "Ізюм: негайно в укриття"
    assert en.headline == "Izium: take shelter now"
    assert uk.expires == en.expires == NOW + timedelta(hours=3)
    assert [(one.value_name, one.value) for one in uk.area[0].geocodes] == [
        ("KATOTTG", IZIUM),
        ("ISO3166-2", "UA-63"),
    ]
    assert uk.area[0].polygons == en.area[0].polygons != ()
    assert broken_rules(alert) == ()
    assert b"clm_" not in checked(alert)


def test_a_settlement_is_told_with_the_borders_of_its_whole_raion() -> None:
    shapes, units = bundled_shapes(), atlas()
    town, raion = areas_of([IZIUM, RAION], gazetteer=units, shapes=shapes, lang="uk")
    assert town.polygons == raion.polygons
    assert all(len(ring) <= MOST_POINTS and ring[0] == ring[-1] for ring in town.polygons)


def test_every_raion_and_oblast_makes_an_area_that_keeps_the_profile() -> None:
    units, shapes = atlas(), bundled_shapes()
    for oblast in units.oblasts():
        (area,) = areas_of([oblast.code], gazetteer=units, shapes=shapes, lang="en")
        assert area.polygons, oblast.code
        assert all(len(ring) <= MOST_POINTS for ring in area.polygons)
        assert all(area_km2(ring) >= 500 for ring in area.polygons)


@pytest.mark.parametrize("places", [[], [IZIUM, IZIUM], ["UA"], ["UA00"]])
def test_no_place_twice_the_same_or_a_whole_country_is_refused(places) -> None:
    with pytest.raises(InputError):
        areas_of(places, gazetteer=atlas(), shapes=bundled_shapes(), lang="uk")


def test_without_an_authority_every_message_says_that_it_is_unofficial() -> None:
    nobody = Authority(name="Волонтери Ізюма", name_en="Volunteers of Izium")
    draft = from_wording(press(authority=nobody), "shelter", [IZIUM])
    uk, en = draft.alert.infos
    assert uk.sender_name == "Неофіційна добірка, веде Волонтери Ізюма."
    assert en.sender_name == "Unofficial compilation, run by Volunteers of Izium."
    assert draft.alert.sender == UNOFFICIAL_SENDER
    assert "Неофіційна добірка" in draft.alert.note
    empty = from_wording(press(authority=Authority()), "shelter", [IZIUM])
    assert "run by somebody who has given no name" in empty.alert.infos[1].sender_name


def test_an_exercise_and_a_test_say_so_in_headline_and_note() -> None:
    draft = from_wording(press(is_exercise=True), "shelter", [IZIUM])
    assert [info.headline[:8] for info in draft.alert.infos] == ["НАВЧАННЯ", "EXERCISE"]
    assert draft.alert.status is Status.EXERCISE
    assert "НАВЧАННЯ" in draft.alert.note
    trial = from_wording(press(status=Status.TEST, scope=Scope.RESTRICTED), "shelter", [IZIUM])
    assert trial.alert.infos[1].headline.startswith("TEST. ")
    assert broken_rules(trial.alert) == ()


def test_a_correction_says_what_was_wrong_and_what_holds() -> None:
    wrong = life(made("advice"))
    draft = correct(press(NOW + timedelta(minutes=1)), wrong, "shelter", [IZIUM], lives=(wrong,))
    uk = draft.alert.infos[0]
    assert uk.headline == "ВИПРАВЛЕННЯ. Ізюм: негайно в укриття"
    assert "від 31.01.2026 20:00 було неточним" in uk.description
    assert (draft.kind, draft.follows) == (Kind.CORRECTION, "alr_one")
    assert draft.alert.msg_type is MsgType.UPDATE
    assert draft.alert.references == (wrong.draft.alert.as_reference,)
    assert broken_rules(draft.alert) == ()
    with pytest.raises(InputError):
        correct(press(), wrong, "all_clear", [IZIUM], lives=(wrong,))


def test_a_wording_that_lacks_what_it_quotes_is_refused() -> None:
    for name in ("all_clear", "from_view", "cancel", "correction", "nothing"):
        with pytest.raises(InputError):
            made(name)


def test_what_was_typed_over_is_not_word_for_word() -> None:
    draft = made()
    assert is_word_for_word(draft, press(NOW + timedelta(minutes=9)), lives=())
    info = msgspec.structs.replace(draft.alert.infos[0], instruction="Можна виходити.")
    alert = msgspec.structs.replace(draft.alert, infos=(info, draft.alert.infos[1]))
    assert not is_word_for_word(msgspec.structs.replace(draft, alert=alert), press(), lives=())
    other = dataclasses.replace(press(), authority=Authority())
    assert not is_word_for_word(draft, other, lives=())
    assert not is_word_for_word(msgspec.structs.replace(draft, wordings=()), press(), lives=())
    advice = msgspec.structs.replace(draft, wordings=made("advice").wordings)
    assert not is_word_for_word(advice, press(), lives=())


def test_a_correction_is_word_for_word_only_after_the_message_that_it_names() -> None:
    wrong = life(made("advice"))
    later = press(NOW + timedelta(minutes=1))
    draft = correct(later, wrong, "shelter", [IZIUM], lives=(wrong,))
    assert is_word_for_word(draft, later, lives=(wrong,))
    assert not is_word_for_word(draft, later, lives=())


def test_words_by_hand_are_free_and_an_all_clear_by_hand_is_an_all_clear() -> None:
    texts = dict.fromkeys(
        ("uk", "en"), Text(event="a", headline="b", description="c", instruction="")
    )
    codes = codes_of(wording("being_verified"))
    assert by_hand(press(), codes, texts, [IZIUM]).kind is Kind.FREE
    ends = msgspec.structs.replace(codes, response=(ResponseType.ALL_CLEAR,))
    assert by_hand(press(), ends, texts, [IZIUM]).kind is Kind.ALL_CLEAR
    with pytest.raises(InputError):
        by_hand(press(), msgspec.structs.replace(codes, hours=900), texts, [IZIUM])


def test_an_all_clear_passes_on_the_words_of_an_authority() -> None:
    words = all_clears_for([IZIUM], [view(said())], gazetteer=atlas())
    draft = from_wording(press(), "all_clear", [IZIUM], behind=Behind(said=words))
    uk, en = (info.description for info in draft.alert.infos)
    assert "«Відбій тривоги в Ізюмі» (Ізюмська МВА, 31.01.2026 19:51, https://t.me/izium/1)" in uk
    assert "Відбій тривоги в Ізюмі" in en
    assert draft.claims == ("clm_1",)
    assert broken_rules(draft.alert) == ()


def test_an_all_clear_of_the_raion_or_the_oblast_holds_for_the_town() -> None:
    for wider in (RAION, KHARKIV):
        assert announced_all_clear(IZIUM, view(said(place=wider)), gazetteer=atlas())


def test_an_announced_all_clear_beside_an_alert_counts() -> None:
    note = NoteView(code="all_clear_being_confirmed", said="clm_1")
    found = announced_all_clear(IZIUM, view(said(), phase="on", notes=(note,)), gazetteer=atlas())
    assert [one.claim for one in found] == ["clm_1"]


@pytest.mark.parametrize(
    "seen",
    [
        None,
        view(said(), phase="on"),
        view(said(), phase="unknown"),
        view(said(topic="alert.start")),
        view(said(kind="forecast")),
        view(said(polarity="negated")),
        view(said(standing="declared")),
        view(said(quote="")),
        view(said(), place=LVIV),
        view(said(place=None)),
        view(said(place="UA63040050000081131")),
        view(said(said_at=None)),
        view(said(said_at=NOW - timedelta(hours=4))),
        view(said(), is_public=False),
        view(),
    ],
)
def test_nothing_else_ends_a_warning(seen) -> None:
    with pytest.raises(DisclosureForbidden):
        announced_all_clear(IZIUM, seen, gazetteer=atlas())


@pytest.mark.parametrize(
    ("topic", "kind", "minutes", "stands"),
    [
        ("alert.start", "report", -1, True),
        ("alert.start", "report", 1, False),
        ("alert.start", "report", 0, False),
        ("alert.start", "report", None, False),
        ("threat.guided_bomb", "warning", 1, False),
        ("threat.guided_bomb", "background", 1, True),
    ],
)
def test_an_alarm_after_it_takes_an_all_clear_away(topic, kind, minutes, stands) -> None:
    clear = said()
    at = None if minutes is None else clear.said_at + timedelta(minutes=minutes)
    alarm = said("clm_2", topic, "Тривога", kind=kind, said_at=at)
    note = NoteView(code="all_clear_being_confirmed", said="clm_1")
    seen = view(clear, alarm, phase="on", notes=(note,))
    if stands:
        assert announced_all_clear(IZIUM, seen, gazetteer=atlas()) == (clear,)
    else:
        with pytest.raises(DisclosureForbidden):
            announced_all_clear(IZIUM, seen, gazetteer=atlas())


def test_an_all_clear_for_two_places_needs_words_for_both() -> None:
    with pytest.raises(DisclosureForbidden, match="Lviv"):
        all_clears_for([IZIUM, LVIV], [view(said()), None], gazetteer=atlas())


def test_what_is_known_is_quoted_without_casualties_and_says_that_the_rest_is_not_known() -> None:
    many = [said(f"clm_{n}", "impact.power.outage", f"Без світла {n}") for n in range(9)]
    hurt = said("clm_h", "harm.injured", "Двоє поранених")
    found = known_words([view(*many, hurt, said("clm_e")), None])
    assert len(found) == MOST
    assert all(one.topic == "impact.power.outage" for one in found)
    draft = from_wording(press(), "from_view", [IZIUM], behind=Behind(said=found))
    assert "не означає, що там безпечно" in draft.alert.infos[0].description
    assert broken_rules(draft.alert) == ()
    with pytest.raises(NothingKnown):
        known_words([view(hurt)])
    with pytest.raises(NothingKnown):
        known_words([view(*many, is_public=False)])


def test_every_wording_has_only_gaps_that_the_program_fills_and_its_own_version() -> None:
    refs = [one.ref for one in wordings().values()]
    assert len({one.version for one in refs}) == len(refs)
    for one in wordings().values():
        assert one.uk.gaps | one.en.gaps <= GAPS
        assert one.uk.gaps == one.en.gaps, one.id
        changed = msgspec.structs.replace(one, hours=one.hours + 1)
        assert changed.ref.version != one.ref.version


def test_braces_in_a_quotation_stay_what_they_are() -> None:
    words = (said(quote="{place} {0} {x.__class__}"),)
    draft = from_wording(press(), "all_clear", [IZIUM], behind=Behind(said=words))
    assert "{place} {0} {x.__class__}" in draft.alert.infos[0].description


def test_no_two_kinds_of_message_are_confirmed_by_the_same_words() -> None:
    phrases = {
        phrase(
            msgspec.structs.replace(made(), kind=kind, is_exercise=is_exercise),
            lang=lang,
            gazetteer=atlas(),
        )
        for kind in Kind
        for is_exercise in (False, True)
        for lang in ("uk", "en")
    }
    assert len(phrases) == len(Kind) * 2 * 2


def test_the_place_and_the_effect_are_typed_in_either_language() -> None:
    draft = made()
    for typed in ("Ізюм в укриття", "  ізюм  В УКРИТТЯ ", "Izium take shelter"):
        confirmed(typed, draft, gazetteer=atlas())
    for typed in ("", "так", "Ізюм", "Ізюм відбій", "Харків в укриття", "навчання Ізюм в укриття"):
        with pytest.raises(InputError):
            confirmed(typed, draft, gazetteer=atlas())
    two = made(places=[IZIUM, LVIV])
    assert phrase(two, lang="en", gazetteer=atlas()) == "Izium and 1 more take shelter"


def test_an_authority_says_everything_that_is_missing() -> None:
    assert problems_of(OWN) == ()
    assert len(problems_of(Authority())) == 7
    wrong = msgspec.structs.replace(
        OWN, sender="мій відправник", web="http://x", address="ftp://x.y"
    )
    assert [one.code for one in problems_of(wrong)] == ["sender", "web", "address"]


def test_the_authority_is_the_one_put_on_record_last() -> None:
    first = entry("alert.authority", subject="authority", by="usr_a", at=NOW, body=Authority())
    later = entry(
        "alert.authority", subject="authority", by="usr_a", at=NOW + timedelta(1), body=OWN
    )
    assert authority_in([later, first]) == authority_in([first, later]) == OWN
    assert authority_in([]) == Authority()


def test_many_places_are_named_by_the_first_and_a_count() -> None:
    codes = atlas().children(KHARKIV)[:5]
    draft = made(places=codes)
    assert draft.alert.infos[1].headline.count(",") == 2
    assert "and 2 more" in draft.alert.infos[1].headline
    assert broken_rules(draft.alert) == ()
    assert ConfigError is not InputError
