"""What a report says, and that each sentence of it can be traced."""

import re
import tomllib
from importlib.resources import files

import msgspec
import pytest

from conftest import missing
from publish.sitrep.reports import (
    ATLAS,
    HROMADA,
    IZIUM,
    OBLAST,
    RAION,
    material,
    report,
    section,
    thirteen,
    told,
)
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.map import border_note
from vidomo.publish.sitrep import Report
from vidomo.publish.sitrep.model import Sentence
from vidomo.publish.sitrep.telling import Telling, report_words
from vidomo.publish.words import LANGUAGES, words_of

TABLES = {
    lang: tomllib.loads(
        (files("vidomo.publish.sitrep") / "locale" / f"{lang}.toml").read_text("utf-8")
    )
    for lang in LANGUAGES
}
EVERY = [
    pytest.param(code, lang, internal, texts, id=f"{name}-{lang}-{who}-{what}")
    for name, code in (
        ("city", IZIUM),
        ("community", HROMADA),
        ("raion", RAION),
        ("oblast", OBLAST),
    )
    for lang in LANGUAGES
    for who, internal in (("desk", True), ("public", False))
    for what, texts in (("scenario", False), ("texts", True))
]


def made_of(code: str, lang: str, *, internal: bool, texts: bool) -> Report:
    if texts and thirteen() is None:
        missing("the thirteen texts are not here")
    return report(code, lang=lang, is_internal=internal, texts=texts)


def is_fixed(sentence: Sentence, lang: str) -> bool:
    template = TABLES[lang]["fixed"].get(sentence.fixed)
    if template is None:
        return False
    pattern = re.escape(template)
    for field in re.findall(r"\{(\w+)\}", template):
        pattern = pattern.replace(re.escape("{" + field + "}"), r".+")
    return re.fullmatch(pattern, sentence.text, re.DOTALL) is not None


@pytest.mark.parametrize(("code", "lang", "internal", "texts"), EVERY)
def test_every_sentence_has_a_footnote_or_is_a_fixed_one(
    code: str, lang: str, internal, texts
) -> None:
    made = made_of(code, lang, internal=internal, texts=texts)
    numbers = made.numbers()
    assert len(made.sentences()) > 10
    for sentence in made.sentences():
        traced = [claim for claim in sentence.claims if claim in numbers]
        assert traced or is_fixed(sentence, made.lang), sentence


@pytest.mark.parametrize(("code", "lang", "internal", "texts"), EVERY)
def test_every_footnote_has_its_words_or_says_why_not(
    code: str, lang: str, internal, texts
) -> None:
    made = made_of(code, lang, internal=internal, texts=texts)
    assert [note.number for note in made.notes] == list(range(1, len(made.notes) + 1))
    cited = {claim for sentence in made.sentences() for claim in sentence.claims}
    for note in made.notes:
        assert bool(note.quote) != bool(note.withheld), note
        assert note.said
        assert cited & set(note.claims)


def test_the_only_sentence_without_a_template_of_its_own_is_that_on_borders() -> None:
    open_ended = {key for key, text in TABLES["uk"]["fixed"].items() if text == "{text}"}
    assert open_ended == {"borders"}
    made = report()
    (said,) = [one.text for one in made.sentences() if one.fixed == "borders"]
    assert said == border_note(bundled_shapes().origin, lang="uk")


def test_both_languages_have_the_same_words_with_the_same_places_in_them() -> None:
    first, second = TABLES["uk"], TABLES["en"]
    assert first.keys() == second.keys()
    for name, keys in first.items():
        assert keys.keys() == second[name].keys()
        for key, text in keys.items():
            fields = set(re.findall(r"\{(\w+)\}", text))
            assert fields == set(re.findall(r"\{(\w+)\}", second[name][key])), f"{name}.{key}"
            assert not re.search("[а-яіїєґ]", second[name][key], re.IGNORECASE), key


def test_an_unknown_language_falls_back_to_the_state_language() -> None:
    assert report_words("xx").lang == "uk"


def test_the_killed_stand_side_by_side_and_are_never_added_up() -> None:
    text = section(report(lang="en"), "casualties")
    assert "2 (latest) – according to: State Emergency Service" in text
    assert "1 (earlier) – according to: Oleh Syniehubov" in text
    for sentence in report(lang="en").sentences():
        assert not re.search(r"\b3\b(?! of)", sentence.text.partition(" (")[0]), sentence.text


def test_ten_explosions_and_four_bombs_are_two_counts() -> None:
    text = section(report(lang="en"), "incidents")
    assert "About 10 explosions" in text
    assert "4 bombs" in text
    assert "14" not in re.sub(r"\d\d:\d\d|\d+ December", "", text)


def test_times_that_differ_stand_side_by_side() -> None:
    text = section(report(lang="en"), "conflicts")
    assert "15:30" in text
    assert "17:20" in text
    assert "No side is taken to be the right one." in text


def test_what_nobody_spoke_of_is_named_and_is_no_zero() -> None:
    text = section(report(lang="en"), "unknown")
    assert "Nobody has reported on any of these: Water, Heat" in text
    assert "No report does not mean that all is well." in text


def test_people_of_whom_nobody_spoke_are_no_zero() -> None:
    found = material()
    place = found.view.place(IZIUM)
    silent = msgspec.structs.replace(
        place,
        dimensions=tuple(
            msgspec.structs.replace(one, phase="not_reported", said=())
            if one.dimension == "harm"
            else one
            for one in place.dimensions
        ),
        incidents=(),
    )
    view = msgspec.structs.replace(found.view, places=(silent,), incidents=())
    text = section(told(msgspec.structs.replace(found, view=view), lang="en"), "casualties")
    assert "Nobody has reported on: People." in text
    assert "That does not mean that there is nobody or nothing." in text
    assert "nobody is hurt" not in text.lower()


def test_the_alert_is_told_first_and_a_missing_source_is_no_safety() -> None:
    text = section(report(lang="en", is_internal=False), "summary")
    assert text.startswith("Alert: This report does not know whether there is an alert")
    assert "still being confirmed" in text.splitlines()[0]


@pytest.mark.parametrize("internal", [True, False])
def test_a_report_of_an_area_tells_of_the_attack_on_a_place_in_it(internal) -> None:
    made = report(RAION, lang="en", is_internal=internal)
    text = section(made, "summary")
    assert "an attack or explosions are told of: Izium." in text
    everything = "\n".join(sentence.text for sentence in made.sentences())
    assert "Nobody has reported on: Attack." not in everything


def test_a_report_of_an_area_at_the_desk_has_what_happened_in_it() -> None:
    made = report(OBLAST, lang="en")
    assert "About 10 explosions" in section(made, "incidents")
    assert "Killed (Izium): 2" in section(made, "casualties")
    assert "Izium – State Emergency Service" in section(made, "chronology")
    assert "Izium: Power" in section(made, "changed")
    assert section(made, "places").startswith("Izium: ")


def test_the_report_names_what_is_different_from_before_the_period() -> None:
    text = section(report(lang="en"), "changed")
    assert "Power: Before: Not reported. Now: Power restored." in text
    assert "Killed: New number: 2 (latest)" in text
    assert "Whether anyone is hurt: Now: answered" in text


def test_a_report_with_nothing_new_says_so() -> None:
    found = material()
    same = msgspec.structs.replace(found, before=found.view, since=found.start)
    text = section(told(same, lang="en"), "changed")
    assert "Compared with what was known for the report before" in text
    assert "Nothing has changed" in text


def test_a_number_that_no_longer_stands_is_told() -> None:
    found = material()
    (incident,) = found.view.incidents
    fewer = msgspec.structs.replace(incident, figures=incident.figures[:1])
    view = msgspec.structs.replace(found.view, incidents=(fewer,))
    changed = msgspec.structs.replace(found, view=view, before=found.view)
    assert "This number no longer stands: 2" in section(told(changed, lang="en"), "changed")


def test_words_taken_back_since_are_not_quoted_at_the_desk_either() -> None:
    found = material()
    claim = next(one for one in found.view.said if "чотири авіабомби" in one.quote)
    still = frozenset(one.claim for one in found.view.said) - {claim.claim}
    made = told(msgspec.structs.replace(found, still=still))
    assert not any("чотири авіабомби" in note.quote for note in made.notes)
    assert "4 бомби" not in section(made, "incidents")


def test_a_lost_claim_leaves_a_footnote_that_says_so() -> None:
    telling = Telling(material(), lang="en", atlas=ATLAS)
    (note,) = telling.notes(("clm_nowhere",))
    assert note.said == "A statement that is no longer read."


def test_silent_and_answering_sources_are_told_with_their_times() -> None:
    text = section(report(lang="en"), "sources")
    assert "Last answered: 21 December, 11:10." in text
    assert "A post was changed" in text
    assert "A post was taken away" in text


def test_a_source_that_fell_silent_is_told_since_when() -> None:
    found = material()
    silent = tuple(
        msgspec.structs.replace(one, silent_since=found.start) for one in found.view.sources
    )
    view = msgspec.structs.replace(found.view, sources=silent)
    text = section(told(msgspec.structs.replace(found, view=view), lang="en"), "sources")
    assert "Silent since 20 December, 11:11." in text


def test_only_the_report_of_the_desk_counts_what_is_withheld() -> None:
    text = section(report(lang="en"), "withheld")
    assert "words-that-count: Withheld from residents: 2." in text
    public = report(lang="en", is_internal=False)
    assert not any("ithheld from residents" in one.text for one in public.sentences())


def test_the_reports_say_what_they_are() -> None:
    desk, public = report(), report(is_internal=False)
    assert desk.banners[0] == TABLES["uk"]["banner"]["internal"]
    assert not any(TABLES["uk"]["banner"]["internal"] == one for one in public.banners)
    assert words_of("uk")("notice.izium") in (*desk.banners, *public.banners)
    assert {one.fixed for one in public.opening} == {"compiled", "not_siren"}


def test_a_post_that_carries_only_a_date_is_never_told_to_the_minute() -> None:
    made = made_of(IZIUM, "en", internal=True, texts=True)
    assert "Power restored, since 21 December – 31 December." in section(made, "services")
    assert "Whether anyone is hurt: Answered by:" in section(made, "unknown")
    assert "00:00" not in section(made, "unknown")
    (picture,) = [
        block for one in made.sections if one.id == "timeline" for block in one.blocks[:1]
    ]
    assert any(one.fixed == "timeline_days" for one in picture.notes)
    drawn = report(lang="en").sections[1].blocks[0]
    assert not any(one.fixed == "timeline_days" for one in drawn.notes)


def test_a_place_that_the_view_does_not_hold_is_refused() -> None:
    with pytest.raises(KeyError):
        told(msgspec.structs.replace(material(), code="UA00000000000000000"))
