"""Filling a form: what is known with its claims, what is not known as not known."""

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given as given_that, strategies as st

from desk.forms.form_views import (
    AT,
    HOSTILE,
    IZIUM,
    OBLAST,
    OFFICES,
    invitation,
    rows,
    said,
    view_of,
    views,
)
from vidomo.core.errors import ConfigError, DisclosureForbidden
from vidomo.desk.forms import DeskFacts, Filled, Form, Given, PublicFacts, fill, load_forms
from vidomo.desk.forms.look import faults_of, look
from vidomo.desk.forms.model import Basis
from vidomo.desk.forms.phrases import form_words
from vidomo.disclosure.model import (
    ChangeView,
    DimensionView,
    FigureView,
    NameView,
    NoteView,
    PlaceView,
    PublicView,
    TitleView,
)
from vidomo.gazetteer import Gazetteer

ATLAS = Gazetteer.open()
FORMS = load_forms().forms
PUBLIC = tuple(form for form in FORMS if form.is_public)
INTERNAL = tuple(form for form in FORMS if not form.is_public)


def the(key: str) -> Form:
    found = load_forms().get(key)
    assert found is not None
    return found


def filled(
    key: str, view: PublicView, *, lang: str = "uk", given: Given | None = None, **more: object
) -> Filled:
    form, hand = the(key), given or Given()
    if form.is_public:
        facts = PublicFacts(view=view, place=IZIUM, given=hand, **more)
    else:
        facts = DeskFacts(view=view, place=IZIUM, given=hand)
    return fill(form, facts, lang, atlas=ATLAS)


def value_of(found: Filled, name: str) -> str:
    return next(value.text for value in found.values if value.name == name)


def test_what_nobody_said_reads_as_not_known_and_names_who_is_asked() -> None:
    found = filled("community/power", view_of())
    assert "Чи є світло — невідомо, запитуємо енергетиків." in found.text
    assert {"power", "since_power", "back_power"} <= set(found.unknown)
    assert found.claims == ()


def test_what_is_known_bears_the_claims_behind_it() -> None:
    power = DimensionView(dimension="power", phase="out", since=AT, said=("clm_1", "clm_2"))
    place = PlaceView(place=IZIUM, dimensions=rows(power=power))
    found = filled(
        "community/power", view_of(place, said=(said("clm_1", topic="impact.power.outage"),))
    )
    line = next(line for line in found.lines if "світла немає" in line.text)
    assert line.text == f"{OFFICES[0]} (18:45): світла немає."
    assert line.claims == ("clm_1", "clm_2")
    assert "power" not in found.unknown


def test_a_text_for_residents_is_never_filled_from_the_operators_view() -> None:
    with pytest.raises(DisclosureForbidden, match="not for the public"):
        PublicFacts(view=view_of(is_public=False), place=IZIUM)
    with pytest.raises(DisclosureForbidden, match="operator's view"):
        DeskFacts(view=view_of(), place=IZIUM)
    desk = DeskFacts(view=view_of(is_public=False), place=IZIUM)
    with pytest.raises(DisclosureForbidden, match="is for public"):
        fill(the("community/power"), desk, "uk", atlas=ATLAS)
    public = PublicFacts(view=view_of(), place=IZIUM)
    with pytest.raises(DisclosureForbidden, match="is for upward"):
        fill(the("community/written-report"), public, "uk", atlas=ATLAS)


def test_a_language_that_the_form_has_not_is_refused_with_those_it_has() -> None:
    with pytest.raises(ConfigError, match="no words in 'ru'") as refused:
        filled("community/written-report", view_of(is_public=False), lang="ru")
    assert "uk, en" in refused.value.hint


def test_an_all_clear_is_told_only_with_who_announced_it() -> None:
    alert = DimensionView(dimension="alert", phase="ended", said=("clm_1",))
    place = PlaceView(place=IZIUM, dimensions=rows(alert=alert))
    ended = said("clm_1", topic="alert.end", speaker="Повітряні сили")
    found = filled("community/all-clear", view_of(place, said=(ended,)))
    assert "Повітряні сили (18:45): оголосили відбій." in found.text
    assert found.lacking == ()


@pytest.mark.parametrize("lang", ["uk", "en", "ru"])
def test_an_all_clear_that_nobody_confirmed_leaves_people_in_shelter(lang: str) -> None:
    note = NoteView(code="all_clear_being_confirmed", said="clm_1")
    alert = DimensionView(dimension="alert", phase="on", said=("clm_0",), notes=(note,))
    place = PlaceView(place=IZIUM, dimensions=rows(alert=alert))
    heard = said("clm_1", topic="alert.end", at=AT - timedelta(minutes=5))
    found = filled("community/all-clear", view_of(place, said=(heard,)), lang=lang)
    assert found.lacking == ("all_clear",)
    assert found.claims == ("clm_1",)
    assert form_words(lang)("unknown.words") in value_of(found, "all_clear")
    checked = look(found, atlas=ATLAS)
    assert not any(
        one.topic == "alert.end" and one.polarity == "affirmed"
        for place in checked.told
        for one in place.statements
    )


@pytest.mark.parametrize(("phase", "stale"), [("ended", True), ("on", False), ("unknown", False)])
def test_no_all_clear_is_made_of_silence_or_of_an_old_one(phase: str, *, stale: bool) -> None:
    alert = DimensionView(dimension="alert", phase=phase, stale=stale, said=("clm_1",))
    place = PlaceView(place=IZIUM, dimensions=rows(alert=alert))
    found = filled("community/all-clear", view_of(place, said=(said("clm_1", topic="alert.end"),)))
    assert found.lacking == ("all_clear",)
    assert "Залишайтеся в укритті" in found.text


def test_an_old_unconfirmed_all_clear_is_not_told() -> None:
    note = NoteView(code="all_clear_announced", said="clm_1")
    place = PlaceView(
        place=IZIUM,
        dimensions=rows(alert=DimensionView(dimension="alert", phase="on", notes=(note,))),
    )
    heard = said("clm_1", topic="alert.end", at=AT - timedelta(hours=7))
    found = filled("community/all-clear", view_of(place, said=(heard,)))
    assert found.claims == ()


def test_an_official_word_that_may_not_be_shown_yet_is_neither_told_nor_denied() -> None:
    row = DimensionView(dimension="power", phase="not_reported", is_withheld=True)
    found = filled("community/power", view_of(PlaceView(place=IZIUM, dimensions=rows(power=row))))
    value = next(value for value in found.values if value.name == "power")
    assert value.basis is Basis.HELD
    assert value.text == "Про це поки не можна повідомити."
    assert "power" in found.unknown


@pytest.mark.parametrize(
    ("low", "high", "mode", "words"),
    [
        (2, 2, "exact", "поранених: 2"),
        (10, 10, "about", "поранених: близько 10"),
        (3, None, "at_least", "поранених: щонайменше 3"),
        (None, 4, "at_most", "поранених: не більше 4"),
        (3, None, "exact", "поранених: щонайменше 3"),
        (None, 4, "", "поранених: не більше 4"),
        (3, 5, "range", "поранених: від 3 до 5"),
        (12_000, 12_000, "exact", "поранених: 12\u202f000"),
        (0, 0, "none", "поранених немає"),
        (None, None, "none", "поранених немає"),
        (None, None, "several", "є поранені, скільки — не сказано"),
        (None, None, "", "є поранені, скільки — не сказано"),
    ],
)
def test_a_figure_is_told_as_somebody_said_it(low, high, mode: str, words: str) -> None:
    figure = FigureView(
        topic="harm.injured",
        unit="persons",
        min=low,
        max=high,
        mode=mode,
        status="current",
        speakers=("ДСНС",),
        said=("clm_1",),
    )
    place = PlaceView(place=IZIUM, dimensions=rows(), figures=(figure,))
    heard = said("clm_1", topic="harm.injured", speaker="ДСНС")
    found = filled("community/written-report", view_of(place, is_public=False, said=(heard,)))
    assert value_of(found, "figures") == f"ДСНС (18:45): {words}."


def test_figures_without_a_source_and_parts_of_others_are_not_told() -> None:
    def one(**more: object) -> FigureView:
        given = {"status": "current", "said": ("clm_1",)} | more
        return FigureView(topic="harm.injured", unit="persons", min=9, max=9, mode="exact", **given)

    figures = (
        one(status="unsourced"),
        one(subset_of="persons"),
        one(said=()),
        one(status="earlier"),
    )
    place = PlaceView(place=IZIUM, dimensions=rows(), figures=figures)
    found = filled("community/written-report", view_of(place, is_public=False))
    assert value_of(found, "figures") == "Скільки постраждалих — невідомо, уточнюємо."


def test_counted_bombs_are_in_no_form() -> None:
    figure = FigureView(
        topic="event.strike",
        unit="bombs",
        min=4,
        max=4,
        mode="exact",
        status="current",
        said=("clm_1",),
    )
    place = PlaceView(place=IZIUM, dimensions=rows(), figures=(figure,))
    for form in INTERNAL:
        facts = DeskFacts(view=view_of(place, is_public=False), place=IZIUM)
        assert "clm_1" not in fill(form, facts, "uk", atlas=ATLAS).claims


def test_an_invitation_is_quoted_with_its_address_until_it_ends() -> None:
    quote = "Пункт незламності працює цілодобово за адресою: вул. Вигадана, 5."
    found = filled("community/help-points", view_of(), invitations=(invitation(quote),))
    assert quote in found.text
    assert found.lacking == ()
    assert faults_of(look(found, atlas=ATLAS)) == ()
    over = filled("community/help-points", view_of(), invitations=(invitation(quote, until=AT),))
    assert over.lacking == ("points",)
    assert quote not in over.text


def test_an_invitation_with_worse_than_an_address_is_held_back() -> None:
    quote = "Влучання в дім по вул. Вигадана, 7, там загинула Марія Вигадана, 74 роки."
    found = filled("community/help-points", view_of(), invitations=(invitation(quote),))
    assert "Вигадана" not in found.text
    assert found.lacking == ("points",)


def test_an_invitation_never_stands_in_a_report_upward() -> None:
    assert not any(field.source.startswith("help.") for form in INTERNAL for field in form.fields)


def test_the_next_message_comes_when_the_form_promises_or_the_officer_says() -> None:
    promised = filled("community/power", view_of())
    assert "Наступне повідомлення: о 19:45." in promised.text
    typed = filled("community/power", view_of(), given=Given(next_at=AT + timedelta(hours=12)))
    assert "Наступне повідомлення: 21 грудня о 06:45." in typed.text
    none = filled("community/morning-summary", view_of(is_public=False))
    assert "next" in none.unknown


def test_a_promise_of_the_form_falls_on_a_quarter_of_an_hour() -> None:
    late = view_of(at=datetime(2025, 12, 20, 16, 46, 30, tzinfo=UTC))
    assert "о 20:00" in value_of(filled("community/power", late), "next")


def test_the_speaker_is_typed_or_registered_or_named_after_the_place() -> None:
    assert value_of(filled("community/power", view_of()), "body") == "адміністрація (Ізюм)"
    title = TitleView(
        source="s", title="Ізюмська МВА", en="Izium city military administration", home=IZIUM
    )
    known = view_of(titles=(title,))
    assert value_of(filled("community/power", known), "body") == "Ізюмська МВА"
    english = filled("community/power", known, lang="en")
    assert value_of(english, "body") == "Izium city military administration"
    typed = filled("community/power", known, given=Given(body="  Черговий  громади "))
    assert value_of(typed, "body") == "Черговий громади"


def test_a_source_with_a_place_beside_its_english_name_is_told_with_it() -> None:
    title = TitleView(source="s", title="Х", en="power company", place=OBLAST, home=IZIUM)
    found = filled("community/power", view_of(titles=(title,)), lang="en")
    assert value_of(found, "body") == "Power company, Kharkiv oblast"


def test_what_an_officer_types_is_marked_as_typed_and_rests_on_no_claim() -> None:
    given = Given(contact="101", notes={"wrong": "час події", "right": "це було ввечері"})
    found = filled("community/correction", view_of(), given=given)
    assert "Було не так: час події." in found.text
    assert found.lacking == ()
    assert {value.basis for value in found.values if value.name in {"wrong", "right"}} == {
        Basis.HAND
    }


def test_a_correction_without_what_was_wrong_may_not_go_out() -> None:
    assert filled("community/correction", view_of()).lacking == ("wrong",)


def test_a_changed_post_is_told_without_its_words() -> None:
    def change(how: str) -> ChangeView:
        return ChangeView(
            report=f"rep_{how}", source="izium_mva", url="", how=how, changed_at=AT, places=(IZIUM,)
        )

    title = TitleView(source="izium_mva", title="Ізюмська МВА", home=IZIUM)
    found = filled(
        "community/correction",
        view_of(changes=(change("edited"), change("deleted"), change("odd")), titles=(title,)),
    )
    assert value_of(found, "corrections") == (
        "Ізюмська МВА: допис змінено (18:45). Ізюмська МВА: допис вилучено (18:45)."
    )
    assert found.claims == ("rep_edited", "rep_deleted")


def test_a_promised_hour_is_told_with_who_promised_and_whether_it_passed() -> None:
    def found_for(latest: datetime) -> str:
        note = NoteView(code="forecast", said="clm_1")
        row = DimensionView(dimension="power", phase="out", said=("clm_1",), notes=(note,))
        promise = said(
            "clm_1",
            topic="impact.power.restored",
            kind="forecast",
            latest=latest,
            speaker="Обленерго",
        )
        view = view_of(PlaceView(place=IZIUM, dimensions=rows(power=row)), said=(promise,))
        return value_of(filled("community/power", view), "back_power")

    assert found_for(AT + timedelta(hours=3)) == "Обленерго, обіцянка: світло повернуть до 21:45."
    assert found_for(AT - timedelta(hours=1)).endswith("Цього не підтвердили.")
    midnight = datetime(2025, 12, 20, 22, 0, tzinfo=UTC)
    assert "до кінця 20 грудня" in found_for(midnight)


def test_a_day_without_an_hour_is_never_told_as_midnight() -> None:
    day = datetime(2025, 12, 18, 22, 0, tzinfo=UTC)
    whole = msgspec.structs.replace(
        said("clm_1", topic="impact.power.outage", at=day),
        said_until=day + timedelta(days=1),
        earliest=day,
        latest=day + timedelta(days=1),
    )
    row = DimensionView(dimension="power", phase="out", since=day, said=("clm_1",))
    found = filled(
        "community/power",
        view_of(PlaceView(place=IZIUM, dimensions=rows(power=row)), said=(whole,)),
    )
    assert "(19 грудня)" in value_of(found, "power")
    assert value_of(found, "since_power") == "19 грудня"
    assert "00:00" not in found.text


def test_a_state_that_is_said_to_hold_for_days_is_told_since_its_first_day() -> None:
    day = datetime(2025, 12, 18, 22, 0, tzinfo=UTC)
    lasting = said(
        "clm_1", topic="impact.power.outage", earliest=day, latest=day + timedelta(days=2)
    )
    row = DimensionView(dimension="power", phase="out", since=day, said=("clm_0", "clm_1"))
    view = view_of(PlaceView(place=IZIUM, dimensions=rows(power=row)), said=(lasting,))
    assert value_of(filled("community/power", view), "since_power") == "19 грудня"


def test_a_stretch_of_time_is_told_as_one() -> None:
    def power(start: datetime, end: datetime) -> str:
        one = msgspec.structs.replace(
            said("clm_1", topic="impact.power.outage", at=start), said_until=end
        )
        row = DimensionView(dimension="power", phase="out", said=("clm_1",))
        view = view_of(PlaceView(place=IZIUM, dimensions=rows(power=row)), said=(one,))
        return value_of(filled("community/power", view), "power")

    assert "(16:45\u201318:45)" in power(AT - timedelta(hours=2), AT)
    assert "(18 грудня \u2013 20 грудня)" in power(AT - timedelta(days=2), AT)


def test_what_is_said_of_the_wider_place_is_told_as_of_it() -> None:
    row = DimensionView(
        dimension="power", phase="partial", said=("clm_1",), inherited_from=OBLAST, heard_at=AT
    )
    found = filled("community/power", view_of(PlaceView(place=IZIUM, dimensions=rows(power=row))))
    assert "про Харківська область: частина без світла" in value_of(found, "power")


def test_old_words_are_told_as_old_and_undated_ones_as_undated() -> None:
    row = DimensionView(dimension="power", phase="out", said=("clm_1",), stale=True)
    undated = said("clm_1", topic="impact.power.outage", at=None)
    view = view_of(PlaceView(place=IZIUM, dimensions=rows(power=row)), said=(undated,))
    assert value_of(filled("community/power", view), "power") == (
        f"{OFFICES[0]} (без дати), давно: світла немає."
    )


def test_what_rests_on_parts_says_so_once() -> None:
    def power(phase: str) -> str:
        row = DimensionView(dimension="power", phase=phase, said=("clm_1",), is_from_parts=True)
        view = view_of(PlaceView(place=IZIUM, dimensions=rows(power=row)))
        return value_of(filled("community/power", view), "power")

    assert "світла немає, лише частина місць" in power("out")
    assert power("partial").endswith("частина без світла.")


def test_an_english_text_names_speakers_in_english() -> None:
    row = DimensionView(dimension="power", phase="out", said=("clm_1",))
    view = view_of(
        PlaceView(place=IZIUM, dimensions=rows(power=row)),
        said=(said("clm_1", topic="impact.power.outage"),),
        names=(NameView(speaker=OFFICES[0], en="Izium city military administration"),),
    )
    found = filled("community/power", view, lang="en")
    assert value_of(found, "power") == "Izium city military administration (18:45): no power."


def test_a_place_that_the_view_does_not_hold_is_no_empty_place() -> None:
    facts = PublicFacts(view=view_of(), place=OBLAST)
    with pytest.raises(KeyError):
        fill(the("oblast/power"), facts, "uk", atlas=ATLAS)


def test_a_report_by_phone_has_no_digit_in_it() -> None:
    figure = FigureView(
        topic="harm.injured",
        unit="persons",
        min=21,
        max=21,
        mode="exact",
        status="current",
        said=("clm_1",),
    )
    attack = DimensionView(dimension="attack", phase="reported", said=("clm_2",), since=AT)
    place = PlaceView(place=IZIUM, dimensions=rows(attack=attack), figures=(figure,))
    heard = (said("clm_1", topic="harm.injured"), said("clm_2", topic="event.strike"))
    for lang, words in (("uk", "двадцять один"), ("en", "twenty one")):
        view = view_of(place, is_public=False, said=heard)
        found = filled("community/phone-report", view, lang=lang)
        assert not re.search(r"\d", found.text)
        assert words in found.text


def test_sections_make_the_text_in_their_order() -> None:
    found = filled("community/power", view_of())
    assert found.section("headline") == "Ізюм: світло"
    assert found.text == "\n\n".join(
        found.section(name) for name in ("headline", "description", "instruction")
    )


@pytest.mark.parametrize(
    ("lang", "mark"), [("uk", "НАВЧАННЯ!"), ("en", "EXERCISE!"), ("ru", "УЧЕНИЯ!")]
)
def test_every_section_of_an_exercise_says_so_and_still_passes_the_check(lang, mark) -> None:
    for form in PUBLIC:
        facts = PublicFacts(view=view_of(), place=IZIUM)
        found = fill(form, facts, lang, atlas=ATLAS, is_exercise=True)
        for name in ("headline", "description", "instruction"):
            assert found.section(name).startswith(mark)
        assert faults_of(look(found, atlas=ATLAS)) == ()
        assert mark not in fill(form, facts, lang, atlas=ATLAS).text


def _facts(form: Form, view: PublicView, **more: object) -> PublicFacts | DeskFacts:
    if form.is_public:
        return PublicFacts(view=view, place=IZIUM, **more)
    return DeskFacts(view=view, place=IZIUM)


@given_that(view=views(is_public=True), form=st.sampled_from(PUBLIC), data=st.data())
def test_whatever_was_said_a_text_for_residents_passes_the_check(view, form, data) -> None:
    lang = data.draw(st.sampled_from(tuple(form.words)))
    quotes = data.draw(st.lists(st.sampled_from(HOSTILE), max_size=2))
    invited = tuple(
        invitation(quote, topic=topic)
        for quote in quotes
        for topic in ("help.point", "help.water", "help.phone")
    )
    found = fill(form, _facts(form, view, invitations=invited), lang, atlas=ATLAS)
    checked = look(found, atlas=ATLAS)
    assert checked.forbidden == ()
    assert [one.what for one in checked.missing] == []
    if view.places[0].dimensions[0].phase != "ended":
        assert not any(
            one.topic == "alert.end" and one.polarity == "affirmed" and one.kind == "report"
            for place in checked.told
            for one in place.statements
        )


@given_that(data=st.data(), form=st.sampled_from(FORMS))
def test_no_number_is_told_that_no_claim_states(data, form) -> None:
    view = data.draw(views(is_public=form.is_public))
    lang = data.draw(st.sampled_from(tuple(form.words)))
    found = fill(form, _facts(form, view), lang, atlas=ATLAS)
    assert {value.name for value in found.values} == {field.name for field in form.fields}
    fields = {field.name: field for field in form.fields}
    known = {str(n) for one in view.places[0].figures for n in _bounds(one)} | {"1", "3"}
    for value in found.values:
        if value.basis is Basis.UNKNOWN:
            assert fields[value.name].unknown[lang] in value.text
            assert not value.claims or fields[value.name].source == "all_clear"
        if fields[value.name].source.startswith("figures.") and value.basis is Basis.CLAIMS:
            assert value.claims
            words = value.text
            for hostile in (*HOSTILE, *(one.speaker for one in view.said)):
                words = words.replace(" ".join(hostile.split()), "") if hostile else words
            words = re.sub(r"\([^()]*\)", "", words).replace("\u202f", "")
            assert set(re.findall(r"\d+", words)) <= known


@given_that(view=views(is_public=False), form=st.sampled_from(INTERNAL))
def test_every_line_with_words_of_a_claim_bears_its_id(view, form) -> None:
    found = fill(form, _facts(form, view), "uk", atlas=ATLAS)
    values = {value.name: value for value in found.values}
    for line in found.lines:
        if any(values[name].basis is Basis.CLAIMS for name in line.gaps):
            assert line.claims


def _bounds(figure: FigureView) -> list[int]:
    return [int(one) for one in (figure.min, figure.max) if one is not None]


@given_that(view=views(is_public=True), form=st.sampled_from(PUBLIC))
def test_filling_twice_gives_the_same_bytes(view, form) -> None:
    facts = _facts(form, view)
    first = fill(form, facts, "uk", atlas=ATLAS)
    assert msgspec.json.encode(first) == msgspec.json.encode(fill(form, facts, "uk", atlas=ATLAS))
