"""Every chain of repetition ends in one origin."""

import msgspec

from situation.testimonies import (
    IZIUM,
    MVA,
    OVA,
    VILLAGE,
    at,
    dimension,
    post,
    said,
    situation,
)
from vidomo.claims.model import Claim, SpeakerKind
from vidomo.core.ids import content_id
from vidomo.situation.fold import Known
from vidomo.situation.model import Evidence, Situation, Standing

LONG = (
    "У місті вночі зникло світло одразу в кількох мікрорайонах, енергетики вже знають "
    "про аварію і виїхали на місце, просимо зберігати спокій"
)


def told(known: Known, text: str, **more: object) -> Known:
    """The same version with another text around its claims."""
    handed = msgspec.structs.replace(known.version.post, text=text, **more)
    version = msgspec.structs.replace(
        known.version, post=handed, id=content_id("ver", handed, known.version.report)
    )
    reading = msgspec.structs.replace(known.reading, version=version.id)
    return Known(version=version, reading=reading)


def out(place: str = IZIUM, **more: object) -> Claim:
    return said("impact.power.outage", place, **more)


def monitor(number: int, clock: str, text: str, source: str, *claims: Claim) -> Known:
    return told(post(number, at(clock), *(claims or (out(),)), source=source, home=IZIUM), text)


def evidence(found: Situation, source: str) -> Evidence:
    return next(item for item in found.evidence if item.source == source)


FIRST = monitor(1, "10:00", LONG, "monitor_one")


def test_a_near_copy_in_another_channel_is_the_same_witness() -> None:
    copy = monitor(2, "10:20", LONG + ". Підписуйтесь на канал", "monitor_two")
    found = situation(FIRST, copy)
    assert evidence(found, "monitor_two").origin == "source:monitor_one"
    assert evidence(found, "monitor_two").copied_from == FIRST.reading.claims[0].id
    assert dimension(found, "power").confirmed_at is None


def test_other_words_of_another_channel_are_a_second_witness() -> None:
    other = monitor(
        2,
        "10:20",
        "Не працюють ліфти, вимкнулись ліхтарі на трьох вулицях, люди спускаються сходами і "
        "питають, коли все полагодять",
        "monitor_two",
    )
    found = situation(FIRST, other)
    assert evidence(found, "monitor_two").origin == "source:monitor_two"
    assert dimension(found, "power").confirmed_at == at("10:20")


def test_a_copy_of_a_copy_ends_in_the_earliest_text() -> None:
    second = monitor(2, "10:20", "Пишуть: " + LONG, "monitor_two")
    third = monitor(3, "10:40", "Пишуть: " + LONG + ", деталі згодом", "monitor_three")
    found = situation(third, second, FIRST)
    for source in ("monitor_two", "monitor_three"):
        assert evidence(found, source).origin == "source:monitor_one"
        assert evidence(found, source).copied_from == FIRST.reading.claims[0].id


def test_what_a_copy_says_of_another_place_is_its_own() -> None:
    copy = monitor(2, "10:20", LONG, "monitor_two", out(VILLAGE))
    assert evidence(situation(FIRST, copy), "monitor_two").origin == "source:monitor_two"


def test_short_formulas_are_alike_by_nature_and_no_copies() -> None:
    one = monitor(1, "10:00", "У місті зникло світло", "monitor_one")
    two = monitor(2, "10:20", "У місті зникло світло", "monitor_two")
    assert dimension(situation(one, two), "power").confirmed_at == at("10:20")


def test_a_text_of_next_week_with_the_same_words_is_no_copy() -> None:
    handed = post(2, "2026-01-15T10:00:00Z", out(), source="monitor_two", home=IZIUM)
    later = told(handed, LONG)
    found = situation(FIRST, later, when=at("12:00", "2026-01-15"))
    assert evidence(found, "monitor_two").origin == "source:monitor_two"


def test_a_channel_that_copies_an_official_is_that_officials_echo() -> None:
    official = told(post(1, at("10:00"), out(), source="izium_mva"), LONG)
    copy = monitor(2, "10:20", LONG, "monitor_two")
    found = situation(official, copy)
    assert evidence(found, "monitor_two").origin == evidence(found, "izium_mva").origin
    assert evidence(found, "monitor_two").standing is Standing.DECLARED
    assert dimension(found, "power").confirmed_at is None


def test_an_official_that_posts_after_a_rumour_does_not_become_the_rumour() -> None:
    rumour = monitor(1, "10:00", LONG, "monitor_one")
    official = told(post(2, at("10:20"), out(), source="izium_mva"), LONG)
    found = situation(rumour, official)
    assert evidence(found, "izium_mva").origin.startswith("city@")


def test_a_rumour_that_came_first_hides_no_official_whose_words_an_official_repeats() -> None:
    rumour = monitor(1, "10:00", LONG, "monitor_one")
    official = told(post(2, at("10:10"), out(), source="ova_channel"), LONG)
    echo = told(post(3, at("10:20"), out(), source="izium_mva"), LONG)
    for texts in ((official, echo), (rumour, official, echo)):
        found = situation(*texts)
        assert evidence(found, "izium_mva").origin == evidence(found, "ova_channel").origin


def test_a_copy_without_a_source_points_at_the_text_that_it_repeats() -> None:
    official = told(post(1, at("10:00"), out(), source="izium_mva"), LONG)
    farm = told(post(2, None, out(), source="farm"), LONG)
    item = evidence(situation(official, farm), "farm")
    assert item.standing is Standing.UNSOURCED
    assert item.origin.startswith("city@")


def test_words_that_were_taken_back_lend_no_origin() -> None:
    gone = told(
        post(1, at("10:00"), out(), source="monitor_one", home=IZIUM, deleted_at=at("11:00")), LONG
    )
    copy = monitor(2, "10:20", LONG, "monitor_two")
    assert evidence(situation(FIRST, gone, copy), "monitor_two").origin == "source:monitor_two"


def test_two_channels_of_one_body_are_one_witness() -> None:
    one = post(1, at("10:00"), out(), source="izium_mva")
    two = post(2, at("10:20"), out(), source="izium_second")
    assert dimension(situation(one, two), "power").confirmed_at is None


def test_a_forward_is_the_words_of_whom_it_passes_on() -> None:
    passed = told(
        post(1, at("10:00"), out(), source="monitor_one", home=IZIUM),
        LONG,
        forwarded_from="someone",
    )
    item = evidence(situation(passed), "monitor_one")
    assert (item.standing, item.reason) == (Standing.UNSOURCED, "forwarded")
    assert dimension(situation(passed), "power").phase == "not_reported"


def test_a_forward_of_a_registered_channel_is_the_word_of_its_body() -> None:
    passed = told(
        post(1, at("10:00"), out(), source="monitor_one", home=IZIUM),
        LONG,
        forwarded_from="Ізюмська міська військова адміністрація",
    )
    item = evidence(situation(passed), "monitor_one")
    assert (item.standing, item.origin[:5]) == (Standing.OFFICIAL, "city@")


def test_what_a_body_passes_on_of_a_stranger_may_report_and_is_not_its_own_word() -> None:
    end = said("alert.end", IZIUM)
    passed = told(post(1, at("10:00"), out(), end, source="izium_mva"), LONG, forwarded_from="x")
    found = situation(passed)
    assert evidence(found, "izium_mva").origin == "forward:x"
    assert dimension(found, "power").phase == "out"
    assert dimension(found, "alert").evidence == ()


def test_a_channel_that_forwards_itself_speaks_itself() -> None:
    passed = told(post(1, at("10:00"), out(), source="izium_mva"), LONG, forwarded_from="izium_mva")
    assert evidence(situation(passed), "izium_mva").reason == "own_channel"


def test_a_thread_without_a_source_is_one_origin() -> None:
    first = post(1, at("10:00"), out(), source="farm")
    reply = told(post(2, at("10:10"), out(), source="farm"), "раз", reply_to="1")
    again = told(post(3, at("10:20"), out(), source="farm"), "два", reply_to="2")
    found = situation(first, reply, again)
    assert {item.origin for item in found.evidence} == {f"text:{first.version.report}"}


def test_a_thread_that_runs_in_a_circle_ends() -> None:
    one = told(post(1, at("10:00"), out(), source="farm"), "раз", reply_to="2")
    two = told(post(2, at("10:10"), out(), source="farm"), "два", reply_to="1")
    assert len(situation(one, two).evidence) == 2


def test_a_quotation_of_a_body_is_that_body_wherever_it_stands() -> None:
    one = post(1, at("10:00"), out(body=MVA), source="agency_one")
    two = post(2, at("10:20"), out(body=MVA), source="agency_two")
    three = post(3, at("10:40"), out(body=OVA), source="agency_three")
    assert dimension(situation(one, two), "power").confirmed_at is None
    assert dimension(situation(one, two, three), "power").confirmed_at == at("10:40")


def test_a_named_speaker_in_a_copy_stays_the_speaker() -> None:
    quoted = out(who=SpeakerKind.ORGANISATION, body=OVA)
    copy = monitor(2, "10:20", LONG, "monitor_two", quoted)
    assert evidence(situation(FIRST, copy), "monitor_two").origin.startswith("oblast@")
