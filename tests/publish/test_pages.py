"""The pages: what they say, what they never say, and what they weigh."""

import gzip
import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from disclosure.night import EVIDENCE, IZIUM, MVA, OBLAST, RAION, SECRET, at, night, said
from vidomo.disclosure.gate import gate
from vidomo.disclosure.model import DIMENSIONS
from vidomo.gazetteer import Gazetteer
from vidomo.publish.page import (
    Frame,
    render_failure,
    render_place,
    render_search,
    render_start,
    style_source,
)
from vidomo.publish.page.frame import safe_link
from vidomo.publish.page.map import regions
from vidomo.situation.model import (
    DimensionState,
    Note,
    PlaceState,
    Situation,
    SourceHealth,
    Standing,
)

GAZETTEER = Gazetteer.open()
IZMAIL = GAZETTEER.find("Ізмаїл")[0].code
BUDGET = 14_336
VOID = {"meta", "link", "input", "br", "rect", "path"}


def place_page(situation: Situation, code: str = IZIUM, *, lang: str = "uk", **changes) -> str:
    view = gate(situation, gazetteer=GAZETTEER, also=(code,))
    frame = Frame(lang=lang, path=f"/place/{code}", valid_at=view.valid_at, known_at=view.known_at)
    return render_place(view, code, frame=frame, atlas=GAZETTEER, **changes)


def start_page(situation: Situation, *, lang: str = "uk", **changes) -> str:
    view = gate(situation, gazetteer=GAZETTEER)
    frame = Frame(lang=lang, valid_at=view.valid_at, known_at=view.known_at, notice="izium")
    return render_start(view, frame=frame, atlas=GAZETTEER, **changes)


def words_in(page: str) -> str:
    """Return what a reader sees, blanks squeezed."""
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def only(situation: Situation, **changes) -> Situation:
    place = msgspec.structs.replace(situation.places[0], **changes)
    return msgspec.structs.replace(situation, places=(place,))


def weight(page: str) -> int:
    return len(gzip.compress(page.encode(), 9))


class Balance(HTMLParser):
    """Checks that every element that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, _, attrs) -> None:
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag


def all_pages(lang: str) -> list[str]:
    frame = Frame(lang=lang, path="/search", query={"q": "Шевченкове"})
    found = [item.code for item in GAZETTEER.find("Шевченкове", limit=30)]
    return [
        place_page(night(), lang=lang),
        place_page(night(), RAION, lang=lang),
        start_page(night(), lang=lang),
        render_search("Шевченкове", found, frame=frame, atlas=GAZETTEER),
        render_search("", (), frame=frame, atlas=GAZETTEER),
        render_search("нема", (), frame=frame, atlas=GAZETTEER),
        render_failure(404, "a", "b", frame=frame),
    ]


def test_the_two_counts_of_the_officials_stand_side_by_side_with_their_speakers() -> None:
    text = words_in(place_page(night()))
    assert "близько 10 вибухів — Ізюмська МВА" in text
    assert "4 бомби — Харківська ОВА" in text


def test_the_dead_are_told_as_the_latest_and_the_earlier_count() -> None:
    text = words_in(place_page(night()))
    assert "Загинули 2 — ДСНС Загинули 1 раніше — Харківська ОВА" in text
    assert "Порядок виведено" in text
    assert "Загинули: 2 — ДСНС" in text
    assert "Загинули: 1" not in text


def test_times_of_different_speakers_stand_side_by_side() -> None:
    text = words_in(place_page(night()))
    assert "20 грудня, 15:40 Близько 15:40 — Ізюмська МВА" in text
    assert "20 грудня, 17:30 близько 17:30 — Харківська ОВА" in text
    assert "In the morning — rewrite_one інший час; без джерела" in text


def test_questions_say_who_asks_and_answered_ones_say_the_answer() -> None:
    text = words_in(place_page(night()))
    assert "Повний обсяг наслідків (Руйнування) уточнюють" in text
    assert "Питає текст без джерела: rewrite_two" in text
    assert "Під завалами знайшли двох загиблих. Відповідь: ДСНС" in text


def test_advice_is_given_in_the_words_of_whoever_gives_it() -> None:
    text = words_in(place_page(night()))
    assert (
        "Будьте в укритті Залишайтеся в укритті до відбою. Ізюмська МВА, 20 грудня, 15:31" in text
    )


def test_advice_that_keeps_people_alive_comes_first_and_old_advice_says_so() -> None:
    text = words_in(place_page(night(now="21 12:00")))
    assert text.index("Будьте в укритті") < text.index("Не знімайте й не публікуйте")
    assert "відбою. застаріло Ізюмська МВА" in text


def test_an_unknown_alert_is_one_sentence_and_no_state() -> None:
    text = words_in(place_page(night()))
    assert "ця сторінка не знає, чи є тривога. Вона не замінює сирену" in text
    assert "Тривоги не оголошено" not in text


@pytest.mark.parametrize(
    ("phase", "words"),
    [("on", "Повітряна тривога"), ("warned", "Попередили про загрозу"), ("none", "тривоги немає")],
)
def test_an_alert_that_is_known_is_told_with_its_speaker(phase: str, words: str) -> None:
    alert = DimensionState(
        dimension="alert", phase=phase, since=at("20 15:31"), evidence=("clm_threat",)
    )
    text = words_in(place_page(only(night(), dimensions=(alert,))))
    assert words in text
    assert f"з 20 грудня, 15:31 — {MVA}" in text
    assert "не замінює сирену" in text


def test_an_all_clear_is_passed_on_as_the_words_of_whoever_announced_it() -> None:
    note = Note(
        code="all_clear_being_confirmed",
        speaker=MVA,
        at=at("20 18:40"),
        quote="Відбій.",
        claim="clm_part",
    )
    alert = DimensionState(dimension="alert", phase="ended", evidence=("clm_part",), notes=(note,))
    text = words_in(place_page(only(night(), dimensions=(alert,))))
    assert "Про відбій повідомляє Ізюмська МВА (20 грудня, 18:22). Це ще підтверджують." in text


def test_a_forecast_stands_beside_the_phase_as_a_quotation() -> None:
    notes = tuple(
        Note(code=code, speaker=MVA, at=None, quote="", claim="clm_part")
        for code in ("forecast", "order_inferred")
    )
    power = DimensionState(dimension="power", phase="partial", evidence=("clm_out",), notes=notes)
    text = words_in(place_page(only(night(), dimensions=(power,))))
    assert "Очікують або обіцяють: Частина громади вже зі світлом. — Ізюмська МВА" in text
    assert "виведено з часу публікації" in text


def test_a_state_said_of_a_wider_unit_says_so() -> None:
    power = DimensionState(
        dimension="power", phase="out", inherited_from=RAION, evidence=("clm_out",)
    )
    text = words_in(place_page(only(night(), dimensions=(power,))))
    assert "Сказано про: Ізюмський район. Саме про це місце не сказано нічого." in text
    own = msgspec.structs.replace(power, heard_at=at("20 16:20"))
    text = words_in(place_page(only(night(), dimensions=(own,))))
    assert "сказано про: Ізюмський район" in text
    assert "не сказано нічого" not in text


def test_what_is_out_of_date_says_so_and_loses_its_colour() -> None:
    attack = DimensionState(
        dimension="attack", phase="reported", stale=True, evidence=("clm_four",)
    )
    page = place_page(only(night(), dimensions=(attack,), incidents=()))
    assert "застаріло" in words_in(page)
    assert 'class="card unknown"' in page
    assert 'class="card danger"' not in page


@given(st.sets(st.sampled_from(DIMENSIONS)))
@settings(max_examples=20)
def test_what_nobody_reported_never_looks_normal_or_zero(names: set[str]) -> None:
    """Phases that nobody moved give no card, no "is there", no number."""
    kept = tuple(state for state in night().places[0].dimensions if state.dimension in names)
    situation = only(night(), dimensions=kept, figures=(), incidents=())
    for lang in ("uk", "en"):
        text = words_in(place_page(situation, lang=lang))
        for normal in (
            "Світло є",
            "Вода є",
            "There is power",
            "There is water",
            "No alert",
            "нікого",
            "nobody is hurt",
        ):
            assert normal not in text
        assert ("Про це не повідомляли" in text) == (lang == "uk")


def test_every_figure_on_a_page_has_a_speaker_and_a_trace() -> None:
    page = place_page(night())
    figures = re.findall(r'<a class="num" href="([^"]+)">.*?</a>.*?— ([^<]*)', page)
    assert len(figures) == 10
    for address, speaker in figures:
        assert address.startswith("/desk/trace/clm_")
        assert speaker.strip()


def test_the_withdrawn_words_are_in_no_byte_but_that_they_were_is_told() -> None:
    for lang in ("uk", "en"):
        for page in (place_page(night(), lang=lang, is_whole=True), start_page(night(), lang=lang)):
            assert SECRET not in page
            assert "Таємний мовець" not in page
            assert "clm_secret" not in page
    assert "Допис вилучено. Його слова приховано." in place_page(night())


def test_an_edit_is_told_apart_from_a_deletion() -> None:
    edited = msgspec.structs.replace(EVIDENCE[-1], reason="edited_away")
    page = place_page(msgspec.structs.replace(night(), evidence=(*EVIDENCE[:-1], edited)))
    assert "Допис змінено. Попередні слова приховано." in page


def test_texts_without_a_source_are_folded_away_with_the_reason() -> None:
    text = words_in(place_page(night()))
    assert "Повторено без джерела: 2 тексти" in text
    assert "не названо, хто це каже" in text
    assert text.index("Хто що сказав") < text.index("In the morning at least 10 blasts")


def test_quotations_carry_their_language() -> None:
    page = place_page(night())
    assert (
        '<blockquote lang="en">In the morning at least 10 blasts shook Izum.</blockquote>' in page
    )
    assert '<html lang="en">' in place_page(night(), lang="en")


def test_words_of_strangers_are_text_and_nothing_else() -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    post = said(
        "clm_evil", "event.strike", evil, speaker=evil, source=evil, url="javascript:alert(1)"
    )
    asks = said("clm_asks", "event.strike", evil, speaker=evil, kind="unknown", lang='uk"><b>')
    situation = night()
    question = msgspec.structs.replace(
        situation.questions[1], asked_by=(evil,), evidence=("clm_asks",), status_said=evil
    )
    situation = msgspec.structs.replace(
        only(situation, timeline=("clm_evil",), advice=("clm_evil",)),
        evidence=(*situation.evidence, post, asks),
        questions=(question, *situation.questions),
        sources=(SourceHealth(source=evil, answered_at=None, silent_since=at("20 16:00")),),
    )
    frame = Frame(path="/search", query={"q": evil})
    pages = (
        place_page(situation, is_whole=True),
        start_page(situation),
        render_search(evil, (), frame=frame, atlas=GAZETTEER),
        render_failure(404, evil, evil, frame=frame),
    )
    for page in pages:
        assert "<script" not in page
        assert "<img" not in page
        assert "javascript:" not in page
        assert "{{ 7*7 }}" in page


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " https://a.example",
        "data:text/html,x",
        "https://a b",
        "",
        "//x.example",
    ],
)
def test_only_plain_web_addresses_become_links(address: str) -> None:
    assert safe_link(address) == ""
    assert safe_link("https://a.example/1?x=1") == "https://a.example/1?x=1"


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_pages_have_no_scripts_no_handlers_and_ask_for_nothing_more(lang: str) -> None:
    for page in all_pages(lang):
        assert "<script" not in page
        assert not re.search(r"\son\w+=", page)
        assert not re.search(r"\sstyle=", page)
        assert not re.search(r"\ssrc=", page)
        assert "@import" not in page
        assert re.findall(r"url\(([^)]*)\)", page) == re.findall(r"url\((#[^)]*)\)", page)


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_pages_are_well_formed_and_have_their_landmarks(lang: str) -> None:
    for page in all_pages(lang):
        balance = Balance()
        balance.feed(page)
        assert balance.open == []
        assert len(balance.ids) == len(set(balance.ids))
        for landmark in ("<header", "<main", "<footer", 'class="skip"', "<h1"):
            assert page.count(landmark) == 1
        assert f'<html lang="{lang}">' in page


def test_the_style_is_the_one_that_the_policy_names() -> None:
    import base64
    import hashlib

    style = re.search(r"<style>(.*?)</style>", start_page(night()), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    assert style_source() == f"'sha256-{digest}'"


def test_no_colour_of_the_pages_is_green() -> None:
    style = re.search(r"<style>(.*?)</style>", start_page(night()), re.DOTALL).group(1)
    for code in re.findall(r"#([0-9a-f]{6})\b", style):
        red, green, blue = (int(code[at : at + 2], 16) for at in (0, 2, 4))
        assert not (green > red + 16 and green > blue + 16), code


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_start_page_and_place_page_fit_one_window_of_bytes(lang: str) -> None:
    assert weight(start_page(night(), lang=lang)) <= BUDGET
    assert weight(place_page(night(), lang=lang)) <= BUDGET


def busy(size: int) -> Situation:
    """Return a night on which a great many places and texts have something to say."""
    codes = [unit.code for unit in GAZETTEER.units() if unit.level == "settlement"][
        :: 31_000 // size
    ]
    lines = [
        said(
            f"clm_{number:05}",
            "event.explosion",
            f"Допис {number}: {'слово ' * 30}{number * 7919}",
            when="20 16:00",
            report=f"rep_{number}",
            source=f"source_{number}",
        )
        for number in range(size)
    ]
    places = tuple(
        PlaceState(
            place=code,
            dimensions=(
                DimensionState(
                    dimension="power", phase="out", heard_at=at("20 16:00"), evidence=("clm_00001",)
                ),
                DimensionState(dimension="attack", phase="reported", evidence=("clm_00002",)),
            ),
            timeline=tuple(line.claim for line in lines),
        )
        for code in codes
    )
    return Situation(
        valid_at=at("20 20:00"),
        known_at=at("20 20:00"),
        places=places,
        evidence=tuple(lines),
        sources=tuple(
            SourceHealth(source=f"source_{number}", answered_at=at("20 16:00"), silent_since=None)
            for number in range(size)
        ),
    )


def test_a_night_with_hundreds_of_places_still_fits_and_leads_to_the_rest() -> None:
    situation = busy(400)
    start, place = start_page(situation), place_page(situation, situation.places[0].place)
    assert weight(start) <= BUDGET
    assert weight(place) <= BUDGET
    assert 'href="/desk/?all=1"' in start
    assert "all=1" in place
    whole = place_page(situation, situation.places[0].place, is_whole=True)
    assert whole.count("<blockquote") == 400
    assert start_page(situation, is_whole=True).count('<li class="row') == len(situation.places)


def test_a_wider_unit_leads_to_the_places_within_it() -> None:
    page = place_page(night(), OBLAST)
    assert "У межах цієї території" in page
    assert f'href="/desk/place/{IZIUM}"' in page


def test_the_most_urgent_place_comes_first() -> None:
    quiet = PlaceState(
        place="UA63120270010096107",
        dimensions=(DimensionState(dimension="power", phase="restored", evidence=("clm_full",)),),
    )
    out = msgspec.structs.replace(
        quiet,
        place="UA63020010010034445",
        dimensions=(DimensionState(dimension="power", phase="out", evidence=("clm_out",)),),
    )
    situation = night(now="21 12:00")
    codes = [unit.code for unit in GAZETTEER.units() if unit.level == "settlement"][5:7]
    places = (
        msgspec.structs.replace(quiet, place=codes[0]),
        msgspec.structs.replace(out, place=codes[1]),
        *situation.places,
    )
    page = start_page(msgspec.structs.replace(situation, places=places))
    order = re.findall(r'<h3><a href="/desk/place/(\w+)', page)
    assert order == [IZIUM, codes[1], codes[0]]


def test_the_map_shows_oblasts_only_and_the_list_says_the_same() -> None:
    view = gate(night(), gazetteer=GAZETTEER)
    found = regions(view, atlas=GAZETTEER, lang="uk")
    assert len(found) == 27
    assert [(area.code, area.tone.value) for area in found if area.tone != "unknown"] == [
        (OBLAST, "danger")
    ]
    page = start_page(night())
    assert f'<a href="/desk/place/{OBLAST}">Харківська область</a>' in page
    assert "Немає повідомлень (26)" in page
    svg = re.search(r"<svg.*?</svg>", page, re.DOTALL).group()
    assert "circle" not in svg
    assert svg.count("<path") == 27 + 4


def test_a_silent_source_is_named_with_its_hour() -> None:
    text = words_in(start_page(night()))
    assert "izium_mva мовчить з 20 грудня, 16:55 · відповіло 20 грудня, 16:25" in text


def test_a_namesake_that_a_text_may_mean_makes_no_news_but_is_told_on_its_page() -> None:
    situation = night()
    maybe = said("clm_maybe", "impact.damage", "Наслідки в Ізмаїлі?", place=None, kind="unknown")
    question = msgspec.structs.replace(
        situation.questions[1],
        id="q_maybe",
        place=None,
        candidates=(IZIUM, IZMAIL),
        evidence=("clm_maybe",),
    )
    other = PlaceState(place=IZMAIL, dimensions=(), questions=("q_maybe",), timeline=("clm_maybe",))
    situation = msgspec.structs.replace(
        situation,
        places=(*situation.places, other),
        questions=(*situation.questions, question),
        evidence=(*situation.evidence, maybe),
    )
    start = start_page(situation)
    assert "Ізмаїл" not in start
    assert "Немає повідомлень (26)" in start
    assert "Не ясно, про яке саме місце йдеться." in place_page(situation, IZMAIL)


def test_a_place_of_which_only_texts_without_a_source_speak_says_so() -> None:
    other = PlaceState(place=RAION, dimensions=(), timeline=("clm_morning",))
    situation = msgspec.structs.replace(night(), places=(*night().places, other))
    assert "лише тексти без джерела" in words_in(start_page(situation))


def test_posts_that_were_taken_back_are_listed_on_the_start_page() -> None:
    text = words_in(start_page(night()))
    assert "Взяті назад слова коли — не сказано izium_mva допис Допис вилучено." in text


def test_every_source_of_a_place_is_named_with_when_it_last_spoke() -> None:
    text = words_in(place_page(night()))
    assert "agency_one востаннє сказано 20 грудня, 17:12" in text
    assert "мовчить з 20 грудня, 16:55 · востаннє сказано 20 грудня, 18:22" in text


def test_an_empty_situation_says_that_this_is_not_safety() -> None:
    empty = Situation(valid_at=at("20 20:00"), known_at=at("20 20:00"))
    text = words_in(start_page(empty))
    assert "Поки що ніхто ні про що не повідомив. Це не означає, що все гаразд." in text
    assert "Жодного джерела ще не питали." in text
    assert "Немає повідомлень (27)" in text


def test_namesakes_are_told_apart_by_raion_and_community() -> None:
    found = [item.code for item in GAZETTEER.find("Шевченкове", limit=30)]
    page = render_search("Шевченкове", found, frame=Frame(path="/search"), atlas=GAZETTEER)
    lines = re.findall(r'<p class="meta">(.*?)</p>', page)
    assert len([line for line in lines if "громада" in line and "район" in line]) > 10


def test_ukrainian_names_on_an_english_page_are_marked_as_ukrainian() -> None:
    page = place_page(night(), lang="en")
    assert '— <span lang="uk">Ізюмська МВА</span>' in page
    assert '<span lang="uk">rewrite_one</span>' not in page
    assert '<span lang="uk">' not in place_page(night())
    assert Frame(lang="en").named(["<b>Я"]) == '<span lang="uk">&lt;b&gt;Я</span>'


def test_an_all_clear_told_beside_the_alert_is_not_told_again() -> None:
    note = Note(code="all_clear_being_confirmed", speaker=MVA, at=None, quote="", claim="clm_part")
    both = tuple(
        DimensionState(dimension=name, phase=phase, evidence=("clm_four",), notes=(note,))
        for name, phase in (("alert", "warned"), ("attack", "reported"))
    )
    text = words_in(place_page(only(night(), dimensions=both)))
    assert text.count("Про відбій повідомляє") == 1


def test_links_keep_the_language_and_the_moment() -> None:
    frame = Frame(lang="en", at="2025-12-20T18:00:00Z", path="/place/X", query={"all": "1"})
    assert frame.link("/place/Y") == "/place/Y?at=2025-12-20T18%3A00%3A00Z&lang=en"
    assert "lang=uk" in frame.other_language
    assert "all=1" in frame.other_language
    assert frame.present == "/place/X?lang=en"


def test_the_notice_of_an_unknown_scenario_still_says_that_it_is_one() -> None:
    assert Frame(notice="other").notice_text == "Навчальний сценарій, не поточний стан."
    assert Frame().notice_text == ""


def test_a_page_of_a_place_that_the_view_lacks_is_a_bug() -> None:
    view = gate(night(), gazetteer=GAZETTEER)
    with pytest.raises(KeyError):
        render_place(view, RAION, frame=Frame(), atlas=GAZETTEER)


def test_the_present_and_another_moment_are_told_apart() -> None:
    view = gate(msgspec.structs.replace(night(), known_at=at("20 19:00")), gazetteer=GAZETTEER)
    frame = Frame(path="/", at="x", valid_at=view.valid_at, known_at=view.known_at, lang="en")
    text = words_in(render_start(view, frame=frame, atlas=GAZETTEER))
    assert (
        "As of 20 December 2025, 22:30 , as far as it was known at 20 December 2025, 19:00" in text
    )
    assert "Back to the latest state" in text


def test_withdrawn_evidence_alone_leaves_a_place_without_a_single_word() -> None:
    gone = tuple(msgspec.structs.replace(item, standing=Standing.WITHDRAWN) for item in EVIDENCE)
    page = place_page(msgspec.structs.replace(night(), evidence=gone))
    for item in EVIDENCE:
        assert item.quote not in page
    assert "Про це місце ще ніхто нічого не повідомив." in page


def test_a_raion_page_of_the_desk_says_what_is_told_inside_it_and_not_that_nobody_did() -> None:
    page = place_page(night(), RAION)
    text = words_in(page)
    assert "Удар: повідомляють тут: Ізюм" in text
    assert "Про всю територію не сказано." in text
    unsaid = re.search(r"Про це не повідомляли: (.*?)\. ", text)
    assert unsaid is None or "Удар" not in unsaid[1]
    assert "повідомляють тут: Ізюм" not in words_in(place_page(night()))
