"""The forms at the desk: listed, filled for a place, edited, checked."""

import html
import re
from collections.abc import Iterator

import pytest

from app.desk_world import IZIUM, LVIV, Client, Desk, Hands, night_folder, whole
from vidomo.desk.people import Grant, Role

POWER = "/desk/forms/community/power"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    base = tmp_path_factory.mktemp("forms")
    with Desk(night_folder(base / "data", base / "kept"), clock=Hands()) as made:
        yield made


@pytest.fixture(scope="module")
def viewer(desk: Desk) -> Client:
    return desk.client(desk.person("viewer", whole(Role.VIEWER)))


def draft_of(page: str) -> str:
    found = re.search(r'<textarea name="draft"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return html.unescape(found.group(1)) if found else ""


def test_every_form_is_listed_with_its_status(viewer: Client) -> None:
    page = viewer.get("/desk/forms").text
    assert POWER in page
    assert "Неофіційний зразок" in page
    english = viewer.get("/desk/forms?lang=en").text
    assert "Unofficial example" in english
    viewer.get("/desk/forms?lang=uk")


def test_the_faults_of_an_own_file_are_shown(desk: Desk, viewer: Client) -> None:
    path = desk.folder / "forms/town/bad.toml"
    path.parent.mkdir(parents=True)
    path.write_text('id = "<b>"\n', encoding="utf-8")
    page = viewer.get("/desk/forms").text
    path.unlink()
    assert "town/bad.toml" in page
    assert "<b>" not in page


def test_a_form_opens_empty_with_the_place_that_a_link_names(viewer: Client) -> None:
    page = viewer.get(f"{POWER}?place={IZIUM}").text
    assert f'value="{IZIUM}"' in page
    assert draft_of(page) == ""


def test_a_form_is_filled_with_what_each_line_rests_on(viewer: Client) -> None:
    answer = viewer.post(POWER, {"place": "Ізюм", "text_lang": "uk", "contact": "104"})
    assert answer.status == 200
    draft = draft_of(answer.text)
    assert draft.startswith("Ізюм: світло")
    assert "Наступне повідомлення:" in draft
    assert "/desk/trace/clm_" in answer.text
    assert "Перевірка не знайшла вад" in answer.text
    assert "Telegram" in answer.text


def test_an_edited_text_is_checked_as_it_stands_and_rests_on_the_hand(viewer: Client) -> None:
    fields = {
        "place": IZIUM,
        "text_lang": "uk",
        "check": "1",
        "draft": "Ізюм: світло\nВлучання по вул. Вигаданій, 7, загинула жінка.",
    }
    page = viewer.post(POWER, fields).text
    assert draft_of(page) == fields["draft"]
    assert "Перевірка знайшла" in page
    assert "ваші слова" in page


def test_a_text_that_lacks_what_it_is_for_says_so(viewer: Client) -> None:
    page = viewer.post("/desk/forms/community/all-clear", {"place": IZIUM}).text
    assert "Не випускайте" in page
    assert "Залишайтеся в укритті" in draft_of(page)


def test_a_report_upward_is_not_checked_as_a_post_for_residents(viewer: Client) -> None:
    fields = {"place": IZIUM, "text_lang": "en", "note_needs": "two crews"}
    page = viewer.post("/desk/forms/community/written-report", fields).text
    assert "We need: two crews." in draft_of(page)
    assert "Telegram" not in page


def test_what_was_typed_is_written_back_escaped(viewer: Client) -> None:
    fields = {"place": IZIUM, "text_lang": "uk", "body": '"><script>x</script>'}
    page = viewer.post(POWER, fields).text
    assert "<script>x" not in page


def test_the_next_message_is_typed_in_kyiv_time(viewer: Client) -> None:
    page = viewer.post(POWER, {"place": IZIUM, "next_at": "2025-12-20T23:50"}).text
    assert "о 23:50" in draft_of(page)
    assert viewer.post(POWER, {"place": IZIUM, "next_at": "soon"}).status == 400


@pytest.mark.parametrize("place", ["", "Нетакогоміста", "Шевченкове"])
def test_a_place_that_is_not_known_is_asked_for_again(viewer: Client, place: str) -> None:
    answer = viewer.post(POWER, {"place": place})
    assert answer.status == 400
    assert "Місце" in answer.text


def test_a_form_that_is_not_there_is_missing(viewer: Client) -> None:
    assert viewer.get("/desk/forms/community/nothing").status == 404


def test_a_form_speaks_for_a_place_that_the_person_works_for(desk: Desk) -> None:
    client = desk.client(desk.person("lviv", Grant(Role.VIEWER, LVIV)))
    assert client.post(POWER, {"place": IZIUM}).status == 403
    assert client.post(POWER, {"place": LVIV}).status == 200


def test_nothing_is_stored_when_a_form_is_filled(desk: Desk, viewer: Client) -> None:
    before = desk.last_seq
    viewer.post(POWER, {"place": IZIUM})
    assert desk.last_seq == before


def test_a_form_filled_from_the_bundled_scenario_says_in_every_copy_that_it_is_an_exercise(
    tmp_path,
) -> None:
    with Desk(tmp_path / "data", clock=Hands()) as made:
        client = made.client(made.person("viewer", whole(Role.VIEWER)))
        page = client.post(POWER, {"place": IZIUM, "text_lang": "uk"}).text
    assert draft_of(page).startswith("НАВЧАННЯ!")
    copies = re.findall(r"<textarea readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert copies
    assert all("НАВЧАННЯ!" in text for text in copies)
