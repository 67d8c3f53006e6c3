"""A place in few words: what fits is whole, what does not fit is left out whole."""

import re
import tomllib
from datetime import timedelta
from importlib.resources import files

import pytest
from hypothesis import given, strategies as st

from app.houses import ATLAS
from situation.histories import PLACES, history, real_fold
from vidomo.core.time import parse_instant
from vidomo.disclosure.gate import gate
from vidomo.disclosure.model import (
    DIMENSIONS,
    UNSAID,
    DimensionView,
    NameView,
    NoteView,
    PlaceView,
    PublicView,
    QuestionView,
    Said,
    ShareView,
)
from vidomo.gazetteer import Gazetteer
from vidomo.publish.digest import as_mesh, as_sms, as_text, as_voice, tell
from vidomo.publish.digest_fit import (
    MESH_BYTES,
    SMS_UNITS,
    VOICE_S,
    Piece,
    fitted,
    spoken_seconds,
    spoken_words,
    utf8_bytes,
    utf16_units,
)
from vidomo.publish.digest_notice import LINES, lines_of, qr_code, render_notice
from vidomo.publish.digest_tell import ALL_CLEAR_OLD, Digest, digest_words
from vidomo.publish.residents import Leaf, render_resident_place
from vidomo.publish.words import LANGUAGES, words_of

GAZETTEER = Gazetteer.open()
IZIUM = "UA63040090010029555"
COMMUNITY = "UA63040090000021240"
NOW = parse_instant("2025-12-20T18:05:00+02:00")
MVA = "Ізюмська міська військова адміністрація"
SHORT_MVA = "Ізюмська МВА"


def said(claim: str, topic: str, *, speaker: str = MVA, hours: float = 1, **more) -> Said:
    fields = {
        "report": "rep_1",
        "kind": "report",
        "polarity": "affirmed",
        "standing": "official",
        "reason": "",
        "origin": "mva",
        "source": "izium_mva",
        "url": "https://t.example/1",
        "lang": "uk",
        "quote": "слова",
        "place": IZIUM,
        "said_at": NOW - timedelta(hours=hours),
    }
    return Said(claim=claim, topic=topic, speaker=speaker, **(fields | more))


def dimension(name: str, phase: str, *claims: str, **more) -> DimensionView:
    return DimensionView(dimension=name, phase=phase, said=claims, **more)


def view_of(*dimensions: DimensionView, told=(), advice=(), questions=(), **more) -> PublicView:
    given_ = {item.dimension: item for item in dimensions}
    place = PlaceView(
        place=IZIUM,
        dimensions=tuple(
            given_.get(name) or DimensionView(dimension=name, phase=UNSAID[name])
            for name in DIMENSIONS
        ),
        advice=advice,
        questions=tuple(item.id for item in questions),
    )
    return PublicView(
        policy="ua-public",
        valid_at=NOW,
        known_at=NOW,
        places=(place,),
        said=tuple(told),
        questions=tuple(questions),
        is_public=True,
        **more,
    )


def digest(view: PublicView, *, lang: str = "uk", **more) -> Digest:
    return tell(view, IZIUM, lang=lang, atlas=GAZETTEER, **more)


def lines(view: PublicView, **more) -> list[str]:
    return [sentence.full for sentence in digest(view, **more).sentences]


OUT = said("clm_out", "impact.power.outage")
POWER_OUT = dimension("power", "out", "clm_out", heard_at=NOW - timedelta(hours=1))


# ---- lengths, over generated situations


def digests(seed: int):
    told = history(seed).folded(real_fold)
    for code in PLACES:
        view = gate(told, policy="ua-public", gazetteer=ATLAS, also=(code,))
        for lang in LANGUAGES:
            yield view, tell(view, code, lang=lang, atlas=ATLAS)


@given(st.integers(0, 10_000))
def test_every_digest_keeps_its_length_and_says_place_time_and_alert(seed: int) -> None:
    for view, made in digests(seed):
        sms, mesh, voice = as_sms(made), as_mesh(made), as_voice(made)
        assert 0 < utf16_units(sms) <= SMS_UNITS
        assert 0 < utf8_bytes(mesh) <= MESH_BYTES
        assert 0 < spoken_seconds(voice) <= VOICE_S
        local = view.valid_at.astimezone(parse_instant("2025-12-20T00:00:00Z").tzinfo)
        assert local is not None
        for text in (sms, mesh, voice, as_text(made)):
            assert made.name in text
            assert re.search(r"\d\d:\d\d", text)
        for text in (sms, mesh):
            assert any(form in text for form in made.alert.forms)


@given(st.integers(0, 10_000))
def test_a_digest_is_nothing_but_whole_statements(seed: int) -> None:
    for _, made in digests(seed):
        forms = [made.alert.forms, *(sentence.forms for sentence in made.sentences)]
        for text in (as_sms(made), as_mesh(made), as_voice(made)):
            rest = text
            for one in sorted({form for group in forms for form in group}, key=len, reverse=True):
                rest = rest.replace(one, "", 1)
            # Only place and time are left: nothing was cut in the middle.
            assert re.fullmatch(rf"(?:\S+! )?{re.escape(made.name)}[^()]*?\d\d:\d\d\.\s*", rest), (
                text,
                rest,
            )


@given(st.integers(0, 10_000))
def test_every_form_keeps_the_phase_the_place_and_the_speaker(seed: int) -> None:
    for view, made in digests(seed):
        place = view.place(made.code)
        assert place is not None
        words = words_of(made.lang)
        for item in place.dimensions[1:]:
            if not (item.is_said and item.said):
                continue
            phase = words.label("phase", f"{item.dimension}.{item.phase}").lower()
            for sentence in made.sentences:
                if sentence.about != item.dimension:
                    continue
                for form in sentence.forms:
                    assert phase in form.lower()
                    assert re.search(r"\(.*[^\W\d_]{2,}.*\)\.$", form)
                    if item.inherited_from:
                        assert ATLAS.label(item.inherited_from, lang=made.lang) in form


def test_enough_of_the_generated_digests_leave_something_out() -> None:
    cut = known = 0
    for seed in range(60):
        for _, made in digests(seed):
            known += 1
            cut += any(sentence.forms[-1] not in as_sms(made) for sentence in made.sentences)
    assert cut > known / 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_longest_names_of_the_country_fit_with_the_alert(lang: str) -> None:
    units = sorted(GAZETTEER.units(), key=lambda unit: -len(GAZETTEER.label(unit.code, lang=lang)))
    view = view_of()
    for unit in units[:40]:
        place = PlaceView(place=unit.code, dimensions=view.places[0].dimensions)
        one = PublicView(policy="ua-public", valid_at=NOW, known_at=NOW, places=(place,))
        made = tell(one, unit.code, lang=lang, atlas=GAZETTEER)
        text = as_sms(made)
        assert 0 < utf16_units(text) <= SMS_UNITS
        assert made.name in text


# ---- the alert


def test_without_a_fresh_alarm_source_every_digest_says_unknown() -> None:
    stale = dimension("alert", "on", "clm_on", stale=True)
    for view in (view_of(), view_of(stale, told=(said("clm_on", "alert.start"),))):
        for text in (as_sms(digest(view)), as_mesh(digest(view)), as_text(digest(view))):
            assert "Тривога: невідомо." in text
            assert "Повітряна тривога" not in text


def test_after_an_all_clear_it_says_who_announced_it_and_when_and_never_safe() -> None:
    ended = dimension("alert", "ended", "clm_end", since=NOW - timedelta(minutes=20))
    view = view_of(ended, told=(said("clm_end", "alert.end"),))
    for lang in LANGUAGES:
        for text in (as_sms(digest(view, lang=lang)), as_text(digest(view, lang=lang))):
            assert "17:45" in text
            assert "МВА" in text or MVA in text
            assert not re.search(r"безпечн|safe|загрози немає|no threat", text, re.IGNORECASE)


def test_an_all_clear_that_nobody_confirmed_is_told_as_such_while_it_is_news() -> None:
    note = NoteView(code="all_clear_being_confirmed", said="clm_end")
    on = dimension("alert", "on", "clm_on", since=NOW - timedelta(hours=2), notes=(note,))
    told = (said("clm_on", "alert.start", hours=2), said("clm_end", "alert.end", hours=0.5))
    text = as_text(digest(view_of(on, told=told)))
    assert "Повітряна тривога" in text
    assert "Його ще підтверджують." in text
    old = (told[0], said("clm_end", "alert.end", hours=ALL_CLEAR_OLD.seconds / 3600 + 1))
    assert "підтверджують" not in as_text(digest(view_of(on, told=old)))


# ---- statements


def test_a_short_message_gives_place_time_alert_and_who_says_what_when() -> None:
    text = as_sms(digest(view_of(POWER_OUT, told=(OUT,))))
    assert text == "Ізюм 18:05. Тривога: невідомо. Світла немає (Ізюмська МВА, 17:05)."


def test_a_person_is_named_with_the_body_or_by_the_body_alone() -> None:
    speaker = f"Петро Вигаданий, {MVA}"
    made = digest(
        view_of(POWER_OUT, told=(said("clm_out", "impact.power.outage", speaker=speaker),))
    )
    (power,) = made.sentences
    assert speaker in power.forms[0]
    assert f"({SHORT_MVA}," in power.forms[-1]


def test_an_english_digest_names_bodies_in_english() -> None:
    names = (NameView(speaker=MVA, en="Izium city military administration"),)
    (power,) = digest(view_of(POWER_OUT, told=(OUT,), names=names), lang="en").sentences
    assert power.full == "No power (Izium city military administration, 17:05)."
    assert power.forms[-1] == "No power (Izium MVA, 17:05)."


def test_what_was_said_of_a_wider_place_says_of_which() -> None:
    item = dimension(
        "power", "out", "clm_out", inherited_from=COMMUNITY, heard_at=NOW - timedelta(hours=1)
    )
    (power,) = digest(view_of(item, told=(OUT,))).sentences
    assert all("про: Ізюмська громада" in form for form in power.forms)


def test_what_was_said_of_parts_says_so() -> None:
    item = dimension("power", "out", "clm_out", share=ShareView(level="hromada", parts=2, of=9))
    (power,) = digest(view_of(item, told=(OUT,))).sentences
    assert all("лише частина місць" in form for form in power.forms)


def test_old_words_are_marked_old_and_come_last() -> None:
    strike = dimension("attack", "reported", "clm_hit", stale=True)
    told = (OUT, said("clm_hit", "event.strike", hours=30))
    made = lines(view_of(strike, POWER_OUT, told=told))
    assert made[0].startswith("Світла немає")
    assert made[-1].startswith("Давнє: повідомили про удар")
    assert "19.12 12:05" in made[-1]


def test_a_promise_says_who_made_it_and_past_its_hour_that_nobody_confirmed_it() -> None:
    for hours, words in ((4, "Обіцяють: світло повернуть до 22:05"), (-1, "Не підтверджено.")):
        promise = said(
            "clm_back",
            "impact.power.restored",
            kind="forecast",
            latest=NOW + timedelta(hours=hours),
        )
        note = NoteView(code="forecast", said="clm_back")
        item = dimension("power", "out", "clm_out", notes=(note,))
        (made,) = [one for one in lines(view_of(item, told=(OUT, promise))) if "світло" in one]
        assert words in made
        assert MVA in made


def test_what_is_not_known_is_said() -> None:
    asked = said("clm_ask", "harm.casualties", kind="unknown")
    question = QuestionView(
        id="que_1", subject="casualties", topic="harm.casualties", place=IZIUM, said=("clm_ask",)
    )
    (line,) = lines(view_of(told=(asked,), questions=(question,)))
    assert line == f"Ще не відомо: чи є постраждалі ({MVA})."


def test_advice_of_the_day_is_told_and_comes_first_under_an_alert() -> None:
    advice = said("clm_hide", "advice.shelter", kind="advice")
    on = dimension("alert", "on", "clm_on", since=NOW - timedelta(minutes=5))
    told = (OUT, advice, said("clm_on", "alert.start", hours=0.1))
    made = lines(view_of(on, POWER_OUT, told=told, advice=("clm_hide",)))
    assert made[0].startswith("Порада: будьте в укритті")
    quiet = lines(view_of(POWER_OUT, told=told, advice=("clm_hide",)))
    assert quiet[-1].startswith("Порада: будьте в укритті")
    old = said("clm_hide", "advice.shelter", kind="advice", hours=30)
    assert not any("Порада" in line for line in lines(view_of(told=(old,), advice=("clm_hide",))))


@pytest.mark.parametrize("hours", [0.5, 11.9, 12.1, 19.7, 23.9, 30])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_digests_give_advice_exactly_where_the_page_says_that_it_holds(
    hours: float, lang: str
) -> None:
    told = (said("clm_hide", "advice.shelter", kind="advice", hours=hours),)
    view = view_of(told=told, advice=("clm_hide",))
    page = render_resident_place(
        view, IZIUM, frame=Leaf(lang=lang, valid_at=NOW, known_at=NOW), atlas=GAZETTEER
    )
    holds = words_of(lang)("r_do.none") not in page
    given = [one for one in digest(view, lang=lang).sentences if one.about == "advice"]
    assert (len(given) == 1) is holds is (hours < 12)


def test_silence_is_no_all_well() -> None:
    assert lines(view_of()) == ["Повідомлень немає. Це не означає, що все гаразд."]


def test_what_is_withheld_is_said_to_be_there_and_nothing_of_it() -> None:
    held = dimension("damage", "not_reported", is_withheld=True)
    assert lines(view_of(held)) == ["Офіційне повідомлення є. Його поки не можна показувати."]


def test_a_place_that_the_view_does_not_hold_is_refused() -> None:
    with pytest.raises(KeyError):
        tell(view_of(), COMMUNITY, lang="uk", atlas=GAZETTEER)


def test_a_scenario_is_marked_as_an_exercise_in_every_form() -> None:
    made = digest(view_of(POWER_OUT, told=(OUT,)), is_exercise=True)
    for text in (as_sms(made), as_mesh(made), as_voice(made), as_text(made), render_notice(made)):
        assert "НАВЧАННЯ!" in text
    assert utf16_units(as_sms(made)) <= SMS_UNITS


# ---- fitting


@given(
    st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=6),
    st.integers(0, 80),
)
def test_what_fits_is_a_row_of_whole_pieces(texts: list[str], limit: int) -> None:
    pieces = [Piece(forms=(text + " довше", text)) for text in texts]
    found = fitted(pieces, limit=limit, between="|")
    assert utf16_units(found.text) <= limit
    kept = [number for number in range(len(texts)) if number not in found.left_out]
    expected = [re.escape(texts[number]) + r"(?: довше)?" for number in kept]
    assert re.fullmatch(r"\|".join(expected), found.text, re.DOTALL)


def test_what_is_needed_goes_before_what_is_not() -> None:
    pieces = [Piece(forms=("а" * 8,)), Piece(forms=("б" * 8,), is_needed=True)]
    assert fitted(pieces, limit=8).text == "б" * 8
    assert fitted(pieces, limit=7).text == ""
    assert fitted(pieces, limit=7).left_out == (0, 1)


def test_spoken_words_count_digits_and_spelled_capitals() -> None:
    assert spoken_words("Ізюм, 18:05") == 3
    assert spoken_words("МВА") == 3
    assert spoken_words("Дзвоніть 112") == 4
    assert spoken_words("") == 0


# ---- the notice and the words


def test_the_notice_holds_time_code_numbers_and_whole_lines() -> None:
    page = render_notice(
        digest(view_of(POWER_OUT, told=(OUT,))), address="https://v.example/p/29555"
    )
    assert "20.12.2025 18:05" in page
    assert "<svg" in page
    assert "112, 101, 102, 103" in page
    assert "Світла немає (Ізюмська міська військова адміністрація, 17:05)." in page
    assert "<script" not in page
    assert "https://v.example/p/29555" in page


def test_the_notice_is_cut_by_whole_sentences_and_says_so() -> None:
    claims = [said(f"clm_{n}", "advice.other") for n in range(3)]
    made = digest(view_of(POWER_OUT, told=(OUT, *claims)))
    many = tuple(made.sentences) * 40
    import msgspec

    page = render_notice(msgspec.structs.replace(made, sentences=many))
    assert "Решта — на сторінці." in page
    assert page.count("Світла немає") < 40
    assert lines_of("а" * 500) > lines_of("а")
    assert LINES > 10


def test_a_name_is_escaped_in_the_notice() -> None:
    speaker = "<script>alert(1)</script>"
    made = digest(view_of(POWER_OUT, told=(said("clm_out", "x", speaker=speaker),)))
    assert "<script>" not in render_notice(made)


def test_a_code_without_address_is_not_drawn_and_one_with_it_can_be_read() -> None:
    assert "<svg" not in render_notice(digest(view_of()))
    code = qr_code("https://v.example/p/29555")
    assert code.size >= 21 + 8
    assert code.path.startswith("M")


def test_both_languages_have_the_same_words_and_short_sentences() -> None:
    assert digest_words("uk").keys == digest_words("en").keys
    long = []
    for lang in LANGUAGES:
        source = files("vidomo.publish") / "locale" / f"digest.{lang}.toml"
        for keys in tomllib.loads(source.read_text("utf-8")).values():
            long += [
                sentence
                for text in keys.values()
                for sentence in re.split(r"(?<=[.!?])\s", text)
                if len(re.findall(r"[^\W\d_][\w'’-]*", sentence)) > 12
            ]
    assert not long
