"""The shipped forms over the bundled night: what residents would read passes the check."""

from datetime import UTC, datetime

import pytest

from vidomo.app.house import House
from vidomo.app.scenario import open_scenario
from vidomo.desk.check import check_draft
from vidomo.desk.forms import DeskFacts, Filled, Form, PublicFacts, fill, load_forms
from vidomo.desk.forms.facts import facts_for
from vidomo.desk.forms.look import faults_of, look
from vidomo.desk.forms.phrases import LANGUAGES, form_words

PLACES = {
    "community": ("UA63040090010029555", "UA63040090000021240", "UA05020030010063857"),
    "oblast": ("UA63000000000041885",),
}
MOMENTS = {
    "before anything": datetime(2024, 1, 1, tzinfo=UTC),
    "warned": datetime(2025, 12, 20, 13, 40, tzinfo=UTC),
    "struck": datetime(2025, 12, 20, 16, 0, tzinfo=UTC),
    "all-clear unconfirmed": datetime(2025, 12, 20, 16, 45, tzinfo=UTC),
    "next day": datetime(2025, 12, 21, 12, 0, tzinfo=UTC),
}
FORMS = {form.key: form for form in load_forms().forms}
FACTS: dict[tuple[bool, str, datetime], PublicFacts | DeskFacts] = {}
PUBLIC = [key for key, form in FORMS.items() if form.is_public]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> House:
    return open_scenario(tmp_path_factory.mktemp("night"))


def filled(house: House, form: Form, place: str, moment: datetime, lang: str) -> Filled:
    kept = (form.is_public, place, moment)
    if kept not in FACTS:
        known = house.situation(valid_at=moment, known_at=moment)
        FACTS[kept] = facts_for(form, known, place, gazetteer=house.gazetteer)
    return fill(form, FACTS[kept], lang, atlas=house.gazetteer)


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
@pytest.mark.parametrize("key", PUBLIC)
def test_a_form_for_residents_passes_the_check(night: House, key: str, moment: datetime) -> None:
    form = FORMS[key]
    for place in PLACES[form.authority]:
        for lang in form.words:
            found = filled(night, form, place, moment, lang)
            checked = look(found, atlas=night.gazetteer)
            assert faults_of(checked) == ()
            assert checked.doubts == ()


@pytest.mark.parametrize("key", PUBLIC)
def test_no_form_says_more_of_an_empty_place_than_that_nothing_is_known(
    night: House, key: str
) -> None:
    form = FORMS[key]
    for lang in form.words:
        found = filled(night, form, PLACES[form.authority][-1], MOMENTS["before anything"], lang)
        assert found.claims == ()
        checked = look(found, atlas=night.gazetteer)
        told = [one for place in checked.told for one in place.statements]
        assert not any(
            one.topic.startswith(("harm.", "event.")) and one.kind == "report" for one in told
        )
        assert not any(one.topic == "alert.end" for one in told if one.polarity == "affirmed")


@pytest.mark.parametrize("key", FORMS)
def test_an_example_passes_the_check_as_its_filled_text_would(night: House, key: str) -> None:
    form = FORMS[key]
    if not form.is_public:
        assert form.examples.keys() >= {"uk", "en"}
        return
    for text in form.examples.values():
        checked = check_draft(text, home=PLACES[form.authority][0], gazetteer=night.gazetteer)
        assert faults_of(checked) == ()


def test_the_night_fills_the_report_with_what_was_said(night: House) -> None:
    found = filled(
        night,
        FORMS["community/written-report"],
        PLACES["community"][0],
        MOMENTS["all-clear unconfirmed"],
        "uk",
    )
    assert "загиблих: 1" in found.text
    assert "попередили про загрозу" in found.text
    assert {"water", "heat", "needs"} <= set(found.unknown)
    assert found.lacking == ()


def test_no_casualty_figure_that_residents_may_not_see_yet_is_in_a_public_text(
    night: House,
) -> None:
    for key in PUBLIC:
        form = FORMS[key]
        for place in PLACES[form.authority]:
            text = filled(night, form, place, MOMENTS["struck"], "uk").text
            assert "загиблих: " not in text


def test_the_words_of_all_languages_have_the_same_keys() -> None:
    keys = {lang: form_words(lang).keys for lang in LANGUAGES}
    spoken = {key for key in keys["uk"] if key.startswith("spoken.")}
    assert keys["uk"] == keys["en"]
    assert keys["ru"] == keys["uk"] - spoken
    assert form_words("de").lang == "uk"
