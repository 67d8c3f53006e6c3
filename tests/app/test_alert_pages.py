"""The pages of alerts, and what everybody sees of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.alert_pages import PARTS, PUBLIC, Pages, text
from app.desk_world import IZIUM, LVIV, Desk, Hands, night_folder
from desk.alerts.test_own_wordings import GOOD
from desk.alerts.worlds import RAION
from vidomo.app.web.desk.alerts import routes
from vidomo.desk.alerts.wordings import wordings
from vidomo.desk.people import Grant, Role


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    with Desk(night_folder(tmp_path / "data", tmp_path / "kept"), clock=Hands()) as desk:
        yield Pages(desk)


def test_without_an_authority_and_a_key_every_page_says_so_and_nothing_goes_out(
    pages: Pages,
) -> None:
    path = pages.draft(pages.olena)
    for page in ("/desk/alerts", "/desk/alerts/new", "/desk/alerts/wordings", path):
        assert "Неофіційна добірка, веде" in text(pages.olena.get(page))
    assert "Ключа для підпису немає" in text(pages.olena.get(path))
    assert "Unofficial compilation, run by" in text(pages.olena.get(f"{path}?lang=en"))
    pages.olena.get(f"{path}?lang=uk")
    assert "nobody to ask is named" in text(pages.taras.get(path))
    answer = pages.send(pages.olena, path, "issue")
    assert answer.status == 403
    assert "no authority is on record" in text(answer)
    assert not (pages.desk.folder / "alerts").exists()


def test_a_missing_key_is_told_and_nothing_changes(pages: Pages) -> None:
    pages.ready(key=False)
    path = pages.draft(pages.olena)
    before = pages.desk.last_seq
    answer = pages.send(pages.olena, path, "issue")
    assert answer.status == 400
    assert "key.pem cannot be read" in text(answer)
    assert pages.desk.last_seq == before
    assert all("<entry>" not in pages.olena.get(one).text for one in PUBLIC if one != "/alerts/")


def test_when_the_certificate_ends_is_told_and_warned_of_in_time(pages: Pages) -> None:
    page = pages.ready().boss.get("/desk/alerts").text
    assert "Сертифікат, яким підписують, діє до" in page
    assert "Він скоро закінчиться" not in page
    pages.desk.clock.move(days=3 * 365 - 59)
    boss = pages.desk.client(pages.desk.person("late", Grant(Role.VIEWER, "UA")))
    assert "Він скоро закінчиться" in boss.get("/desk/alerts").text


def test_a_place_that_nobody_knows_or_that_is_several_is_asked_about(pages: Pages) -> None:
    for typed in ("Неіснуюче", "Шевченкове", ""):
        answer = pages.olena.post("/desk/alerts/new", {"wording": "shelter", "places": typed})
        assert answer.status == 422
        assert "Такої назви немає" in text(answer)
    hand = pages.olena.post("/desk/alerts/hand", {"places": "Неіснуюче"})
    assert (hand.status, "Такої назви немає" in text(hand)) == (422, True)


def test_several_places_are_named_with_semicolons_commas_or_full_names(pages: Pages) -> None:
    for typed in (f"{IZIUM}; {LVIV}", f"{IZIUM}, {LVIV}"):
        path = pages.draft(pages.olena, places=typed)
        assert f"{LVIV}" in pages.olena.get(path).text
    path = pages.draft(pages.olena, places="Ізюм, Ізюмський район, Харківська область")
    assert IZIUM in pages.olena.get(path).text


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Ізюм, Львівська область", {IZIUM, LVIV}),
        ("Ізюм\nЛьвівська область", {IZIUM, LVIV}),
        (f"{IZIUM}, {IZIUM}", {IZIUM}),
    ],
)
def test_no_place_that_was_typed_is_left_out(pages: Pages, typed: str, codes: set) -> None:
    page = pages.olena.get(pages.draft(pages.olena, places=typed)).text
    assert {code for code in (IZIUM, LVIV) if code in page} == codes


@pytest.mark.parametrize(
    "typed", ["Ізюм, Харківська область", f"{IZIUM}, {RAION}", "; ".join([LVIV] * 2 + ["?"])]
)
def test_a_place_beside_one_that_it_lies_in_is_asked_about(pages: Pages, typed: str) -> None:
    answer = pages.olena.post("/desk/alerts/new", {"wording": "shelter", "places": typed})
    assert answer.status == 422


def test_more_than_twenty_places_are_asked_about(pages: Pages) -> None:
    codes = [one.code for one in pages.desk.house.gazetteer.oblasts()]
    form = {"wording": "shelter", "places": "; ".join(codes)}
    assert pages.olena.post("/desk/alerts/new", form).status == 422


def test_an_editor_of_one_raion_writes_for_it_and_for_nowhere_else(pages: Pages) -> None:
    assert pages.draft(pages.local)
    answer = pages.local.post("/desk/alerts/new", {"wording": "shelter", "places": LVIV})
    assert answer.status == 403
    path = pages.draft(pages.olena, places=LVIV)
    assert pages.local.get(path).status == 403
    assert pages.send(pages.olena, path, "drop", reason="помилка").status == 303
    assert "відкинуто" in text(pages.olena.get(path))


def test_own_words_take_two_people_and_an_edit_voids_the_approval(pages: Pages) -> None:
    pages.ready()
    words = {
        **{f"event_{lang}": "Подія" for lang in ("uk", "en")},
        **{f"headline_{lang}": "Ізюм: подія" for lang in ("uk", "en")},
        **{f"description_{lang}": "Щось сталося." for lang in ("uk", "en")},
        "category": "Safety",
        "response": "Monitor",
        "urgency": "Unknown",
        "severity": "Unknown",
        "certainty": "Unknown",
        "hours": "2",
    }
    path = pages.olena.post("/desk/alerts/hand", {**words, "places": "Ізюм"}).headers["location"]
    assert "слова написала людина" in text(pages.olena.get(path))
    assert "Щось сталося." in pages.olena.get(f"{path}/edit").text
    pages.send(pages.taras, path, "approve")
    assert "Друга людина схвалила саме це." in text(pages.olena.get(path))
    pages.desk.clock.move(seconds=1)
    edited = pages.send(pages.olena, path, "edit", **{**words, "headline_uk": "Ізюм: інше"})
    assert edited.status == 303
    assert "Друга людина схвалила саме це." not in text(pages.olena.get(path))
    assert pages.send(pages.olena, path, "anew").status == 400
    for wrong in ({"hours": "x"}, {"hours": "900"}, {"severity": "Awful"}):
        answer = pages.send(pages.olena, path, "edit", **{**words, **wrong})
        assert answer.status == 400


def test_hostile_words_are_shown_as_words_and_never_leave(pages: Pages) -> None:
    pages.ready()
    form = {
        **{f"{part}_{lang}": "<script>x</script>" for part in PARTS for lang in ("uk", "en")},
        "description_uk": "Усе гаразд \u202e\u0000 далі",
        "category": "Safety",
        "response": "Monitor",
        "urgency": "Unknown",
        "severity": "Unknown",
        "certainty": "Unknown",
        "hours": "2",
        "places": IZIUM,
    }
    path = pages.olena.post("/desk/alerts/hand", form).headers["location"]
    page = pages.taras.get(path)
    assert "<script>x" not in page.text
    assert "P01" in text(page)
    answer = pages.send(pages.taras, path, "approve", typed="Ізюм власні слова")
    assert answer.status == 400
    assert not (pages.desk.folder / "alerts").exists()


def test_an_all_clear_by_hand_gets_the_words_of_the_authority(pages: Pages) -> None:
    form = {
        **{f"{part}_{lang}": "Слова" for part in ("event", "headline") for lang in ("uk", "en")},
        "category": "Security",
        "response": "AllClear",
        "urgency": "Past",
        "severity": "Minor",
        "certainty": "Observed",
        "hours": "2",
        "desk_only": "1",
    }
    path = pages.taras.post("/desk/alerts/hand", {**form, "places": IZIUM}).headers["location"]
    assert "Оголошено відбій повітряної тривоги в Ізюмі" in text(pages.taras.get(path))
    answer = pages.taras.post("/desk/alerts/hand", {**form, "places": LVIV})
    assert answer.status == 403
    assert "no official source has announced an all-clear" in text(answer)


def test_what_is_known_is_quoted_and_linked_to_its_claims(pages: Pages) -> None:
    page = pages.olena.get(pages.draft(pages.olena, "from_view")).text
    assert "/desk/trace/clm_" in page
    assert "сама людина не видає" in page


def test_whoever_comes_second_is_told_to_reload(pages: Pages) -> None:
    pages.ready()
    path = pages.draft(pages.olena)
    seen = re.search(r'name="seen" value="([^"]+)"', pages.taras.get(path).text).group(1)
    pages.desk.clock.move(seconds=1)
    assert pages.send(pages.olena, path, "anew").status == 303
    late = pages.taras.post(f"{path}/issue", {"seen": seen, "typed": "Ізюм в укриття"})
    assert late.status == 409
    assert not (pages.desk.folder / "alerts").exists()


def test_an_update_and_a_cancellation_follow_what_stands(pages: Pages) -> None:
    pages.ready()
    path = pages.draft(pages.olena)
    pages.send(pages.olena, path, "issue")
    pages.desk.clock.move(minutes=1)
    assert pages.olena.get(f"{path}/update").status == 200
    wrong = pages.olena.post(f"{path}/update", {"wording": "nothing", "places": IZIUM})
    assert wrong.status == 422
    far = pages.local.post(f"{path}/correct", {"wording": "shelter", "places": LVIV})
    assert far.status == 422
    update = pages.send(pages.olena, path, "update", wording="shelter", places=IZIUM)
    assert update.status == 303
    cancel = pages.send(pages.olena, path, "cancel").headers["location"]
    assert "Скасування не є відбоєм" in text(pages.olena.get(cancel))
    assert pages.send(pages.taras, cancel, "approve").status == 303
    assert pages.send(pages.olena, cancel, "issue").status == 303
    assert "скасовано" in text(pages.olena.get(path))
    again = pages.olena.post(f"{path}/cancel", {})
    assert again.status == 409


def test_dropping_needs_a_reason(pages: Pages) -> None:
    path = pages.draft(pages.olena)
    assert pages.send(pages.olena, path, "drop", reason=" ").status == 400


def test_wordings_are_approved_where_the_approver_approves(pages: Pages) -> None:
    page = pages.taras.get("/desk/alerts/wordings").text
    assert "не затверджено" in page
    one = wordings()["shelter"]
    form = {"wording": "shelter", "version": one.ref.version}
    assert pages.olena.post("/desk/alerts/wordings", form).status == 403
    assert pages.taras.post("/desk/alerts/wordings", form).status == 303
    assert "Україна" in text(pages.taras.get("/desk/alerts/wordings"))
    old = {"wording": "shelter", "version": "wrd_old"}
    assert pages.taras.post("/desk/alerts/wordings", old).status == 409


def test_own_wordings_are_offered_once_sound_and_issued_alone_once_approved(pages: Pages) -> None:
    pages.ready()
    path = pages.desk.folder / "alert-wordings.toml"
    path.write_text(GOOD.replace("hours = 6", "hours = 600"), "utf-8")
    assert "cannot stand 600 hours" in text(pages.olena.get("/desk/alerts/wordings"))
    assert "Запах газу" not in text(pages.olena.get("/desk/alerts/new"))
    path.write_bytes(b"\xff")
    assert "alert-wordings.toml" in text(pages.olena.get("/desk/alerts/wordings"))
    path.write_text(GOOD, "utf-8")
    assert "Запах газу" in text(pages.olena.get("/desk/alerts/new"))
    page = pages.taras.get("/desk/alerts/wordings").text
    version = re.search(r'value="gas"><input type="hidden" name="version" value="([^"]+)"', page)
    first = pages.draft(pages.olena, "gas")
    assert pages.send(pages.olena, first, "issue", typed="Ізюм поради").status == 403
    form = {"wording": "gas", "version": version.group(1)}
    assert pages.taras.post("/desk/alerts/wordings", form).status == 303
    pages.desk.clock.move(seconds=1)
    second = pages.draft(pages.olena, "gas")
    path.write_text(GOOD.replace("104", "101"), "utf-8")  # another version by now
    assert pages.send(pages.olena, second, "issue", typed="Ізюм поради").status == 403
    path.write_text(GOOD, "utf-8")
    assert pages.send(pages.olena, second, "issue").status == 303


def test_the_authority_is_put_on_record_by_an_admin_and_shown_to_all(pages: Pages) -> None:
    form = {
        "name": "Рада",
        "territory": IZIUM,
        "second_factor_in": f"{RAION}, ",
    }
    assert pages.taras.post("/desk/alerts/authority", form).status == 403
    assert pages.boss.post("/desk/alerts/authority", form).status == 303
    shown = text(pages.olena.get("/desk/alerts/authority"))
    assert "Рада" in shown
    assert RAION in shown
    assert "Ще бракує" in shown
    wrong = pages.boss.post("/desk/alerts/authority", {**form, "territory": "UA00"})
    assert wrong.status == 400


def test_an_exercise_says_so_on_every_page_and_in_everything_it_issues(tmp_path: Path) -> None:
    folder = night_folder(tmp_path / "exercise", tmp_path / "kept")
    with Desk(folder, clock=Hands(), is_exercise=True) as desk:
        pages = Pages(desk).ready(key=False)
        path = pages.draft(pages.olena)
        page = text(pages.olena.get(path))
        assert "НАВЧАННЯ: інша тека, інші ключі" in page
        assert "Exercise, Public" in page
        assert "навчання Ізюм в укриття" in page
        assert pages.send(pages.olena, path, "issue").status == 303
        for one in PUBLIC:
            assert "НАВЧАННЯ" in pages.olena.get(one).text
        (file,) = (folder / "alerts").glob("*.xml")
        assert "<status>Exercise</status>" in file.read_text("utf-8")
        assert file.name.startswith("exercise.")


def test_an_unknown_alert_is_not_found(pages: Pages) -> None:
    assert pages.olena.get("/desk/alerts/alr_nothing").status == 404


def test_every_route_of_these_pages_has_an_example(pages: Pages) -> None:
    assert all(one.example is not None for one in routes(pages.desk.site))
