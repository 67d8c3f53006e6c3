"""The action log's pages: quick to fill, overdue on top, nothing closed twice."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk_world import IZIUM, IZIUM_RAION, LVIV, Client, Desk, night_folder
from vidomo.app.desk_book import entries_in
from vidomo.app.facilities import FILE
from vidomo.app.house import House
from vidomo.app.web.desk.tasks import link_of
from vidomo.desk.people import Grant, Role
from vidomo.desk.tasks.model import Task, tasks_of
from vidomo.store.sqlite import SqliteJournal


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("night") / "kept"


@pytest.fixture
def desk(tmp_path: Path, kept: Path) -> Iterator[Desk]:
    with Desk(night_folder(tmp_path / "data", kept)) as made:
        yield made


@pytest.fixture
def editor(desk: Desk) -> Client:
    return desk.client(desk.person("editor", Grant(Role.EDITOR, IZIUM_RAION)))


def kept_tasks(desk: Desk) -> tuple[Task, ...]:
    with SqliteJournal.open(desk.folder, clock=desk.clock, read_only=True) as journal:
        return tasks_of(entries_in(journal, what_prefix="task."))


def added(desk: Desk, by: Client, text: str, **fields: str) -> Task:
    answer = by.post("/desk/tasks", {"text": text, **fields})
    assert answer.status == 303, answer.text
    desk.clock.move(minutes=1)
    return next(task for task in kept_tasks(desk) if task.text == text)


def test_a_task_needs_only_words_and_is_about_ones_own_territory(
    desk: Desk, editor: Client
) -> None:
    task = added(desk, editor, "Подзвонити обленерго")
    assert (task.place, task.due, task.owner, task.office) == (IZIUM_RAION, None, "", "")
    assert "ще нікому не доручено" in editor.get("/desk/tasks").text


def test_a_login_makes_a_person_the_owner_and_anything_else_an_office(
    desk: Desk, editor: Client
) -> None:
    desk.person("petro", Grant(Role.VIEWER, IZIUM_RAION))
    assert added(desk, editor, "Раз", owner=" Petro ").owner == "usr_petro"
    assert added(desk, editor, "Два", owner="Водоканал").office == "Водоканал"
    page = editor.get("/desk/tasks").text
    assert "Особа petro" in page
    mine = desk.client(desk.table.called("petro")).get("/desk/tasks?show=mine").text
    assert "Раз" in mine
    assert "Два" not in mine


def test_overdue_tasks_rise_and_those_due_soon_are_marked(desk: Desk, editor: Client) -> None:
    added(desk, editor, "Без терміну")
    added(desk, editor, "Колись", due="+300")
    added(desk, editor, "Незабаром", due="+90")
    added(desk, editor, "Вже", due="+5")
    desk.clock.move(minutes=70)
    page = editor.get("/desk/tasks").text
    order = re.findall(r'<a href="/desk/tasks/task_\w+">([^<]+)</a>', page)
    assert order == ["Вже", "Незабаром", "Колись", "Без терміну"]
    assert page.count("прострочено") == 1
    assert page.count("скоро термін") == 1


def test_a_task_is_done_reopened_changed_and_dropped_and_its_history_is_whole(
    desk: Desk, editor: Client
) -> None:
    task = added(desk, editor, "Перевірити генератор", due="+30")
    path = f"/desk/tasks/{task.id}"
    assert editor.post(f"{path}/done", {"reason": "працює"}).status == 303
    assert editor.post(f"{path}/done").status == 409
    assert editor.post(f"{path}/drop", {"reason": "вже"}).status == 409
    assert editor.post(f"{path}/reopen").status == 400
    assert editor.post(f"{path}/reopen", {"reason": "знову стоїть"}).status == 303
    assert editor.post(f"{path}/change", {"owner": "ДСНС", "due": "="}).status == 303
    assert kept_tasks(desk)[0].due == task.due
    wrong = editor.post(f"{path}/change", {"owner": "ДСНС", "due": "колись"})
    assert wrong.status == 422
    assert "Це не час" in wrong.text
    assert editor.post(f"{path}/change", {"owner": "ДСНС", "due": ""}).status == 303
    assert kept_tasks(desk)[0].due is None
    assert editor.post(f"{path}/drop", {"reason": "не треба"}).status == 303
    page = editor.get(path).text
    for words in ("працює", "знову стоїть", "ДСНС", "не треба", "знято"):
        assert words in page
    assert [step.what for step in kept_tasks(desk)[0].steps] == [
        *("added", "done", "reopened", "changed", "changed", "dropped")
    ]
    assert "Перевірити генератор" not in editor.get("/desk/tasks").text
    assert "Перевірити генератор" in editor.get("/desk/tasks?show=all").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", " ", "Напишіть, що зробити"),
        ("text", "а" * 401, "Задовго"),
        ("due", "учора", "Це не час"),
        ("place", "Ґондурасівка", "немає в кодифікаторі"),
        ("link", "<b>", "Це не номер"),
        ("link", "usr_1", "Це не номер"),
    ],
)
def test_what_cannot_be_added_is_shown_again(
    desk: Desk, editor: Client, field: str, value: str, said: str
) -> None:
    answer = editor.post("/desk/tasks", {"text": "Справа", "owner": "Хтось", field: value})
    assert answer.status == 422
    assert said in answer.text
    assert "Хтось" in answer.text
    assert not kept_tasks(desk)


def test_namesakes_are_offered_to_choose(desk: Desk) -> None:
    wide = desk.client(desk.person("wide", Grant(Role.EDITOR, "UA63000000000041885")))
    answer = wide.post("/desk/tasks", {"text": "Справа", "place": "Шевченкове"})
    codes = re.findall(r'name="code" value="(UA\d+)"', answer.text)
    assert len(codes) > 1
    assert added(desk, wide, "Справа", place="Шевченкове", code=codes[2]).place == codes[2]


def test_a_task_of_another_territory_is_neither_seen_nor_changed(
    desk: Desk, editor: Client
) -> None:
    task = added(desk, editor, "Наша справа", place="Ізюм")
    lviv = desk.client(desk.person("lviv", Grant(Role.ADMIN, LVIV)))
    assert "Наша справа" not in lviv.get("/desk/tasks?show=all").text
    assert lviv.get(f"/desk/tasks/{task.id}").status == 403
    assert lviv.post(f"/desk/tasks/{task.id}/done").status == 403
    assert editor.post("/desk/tasks", {"text": "Чужа", "place": LVIV}).status == 403
    assert editor.get("/desk/tasks/task_nobody").status == 404
    viewer = desk.client(desk.person("viewer", Grant(Role.VIEWER, IZIUM_RAION)))
    assert viewer.get(f"/desk/tasks/{task.id}").status == 200
    assert viewer.post(f"/desk/tasks/{task.id}/done").status == 403


def test_tasks_are_narrowed_down_by_place(desk: Desk, editor: Client) -> None:
    added(desk, editor, "В Ізюмі", place="Ізюм")
    added(desk, editor, "У районі")
    page = editor.get(f"/desk/tasks?at={IZIUM}").text
    assert "В Ізюмі" in page
    assert "У районі" not in page
    assert editor.get("/desk/tasks?at=nowhere&show=odd&link=%3Cb%3E&place=x").status == 200


def test_a_task_leads_to_what_it_comes_of(desk: Desk, editor: Client) -> None:
    page = editor.get("/desk/tasks?link=call_1&place=%D0%86%D0%B7%D1%8E%D0%BC").text
    assert 'value="call_1"' in page
    assert 'value="Ізюм"' in page
    added(desk, editor, "Передзвонити", link="call_1")
    assert 'href="/desk/calls/call_1"' in editor.get("/desk/tasks").text
    assert link_of("clm_1") == "/desk/trace/clm_1"
    assert link_of("inc_1") == "/desk/incident/inc_1"
    assert link_of("qst_1") == "/desk/inbox#qst_1"
    assert link_of("rsk_1") == "/desk/services#rsk_1"
    assert link_of("usr_1") == ""


def test_statements_questions_and_incidents_lead_to_a_task_about_them(
    desk: Desk, editor: Client
) -> None:
    inbox = editor.get("/desk/inbox").text
    question = re.search(r'<tr id="(qst_\w+)">', inbox)
    assert question
    assert f'href="/desk/tasks?link={question[1]}' in inbox
    with House.open(desk.folder, clock=desk.clock, read_only=True) as house:
        situation = house.situation()
    claim, incident = situation.evidence[0], situation.incidents[0]
    page = editor.get(f"/desk/claim/{claim.claim}").text
    assert f'href="/desk/tasks?link={claim.claim}' in page
    page = editor.get(f"/desk/incident/{incident.id}").text
    assert f'href="/desk/tasks?link={incident.id}&amp;place={incident.place}"' in page
    form = editor.get(f"/desk/tasks?link={incident.id}&place={incident.place}").text
    assert f'value="{incident.id}"' in form
    place = editor.get(f"/desk/place/{IZIUM}").text
    assert f'href="/desk/sitrep?place={IZIUM}"' in place
    assert "/desk/tasks?link=qst_" in place


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "{{ 7*7 }}", "\u202eабв\u202c"])
def test_hostile_words_are_only_words(desk: Desk, editor: Client, text: str) -> None:
    answer = editor.post("/desk/tasks", {"text": text, "owner": text})
    assert answer.status == 303
    (task,) = kept_tasks(desk)
    for path in ("/desk/tasks", f"/desk/tasks/{task.id}"):
        page = editor.get(path).text
        assert "<img" not in page
        assert "\u202e" not in page


def test_a_task_sent_twice_is_one(desk: Desk, editor: Client) -> None:
    for _ in range(2):
        editor.post("/desk/tasks", {"text": "Раз", "once": "one"})
        desk.clock.move(seconds=2)
    assert len(kept_tasks(desk)) == 1


def test_while_somebody_else_writes_the_task_stays_in_the_form(desk: Desk, editor: Client) -> None:
    form = {"text": "Підвезти воду", "owner": "Водоканал", "due": "+30", "once": "mine"}
    with House.open(desk.folder, clock=desk.clock):
        hindered = editor.post("/desk/tasks", form)
    assert hindered.status == 503
    for typed in form.values():
        assert f'value="{typed}"' in hindered.text
    assert not kept_tasks(desk)
    assert editor.post("/desk/tasks", form).status == 303


def test_a_risk_leads_to_a_task_that_names_no_facility(desk: Desk, editor: Client) -> None:
    head = "id,kind,place_code,needs,backup_min_h,backup_max_h,backup_origin,backup_source,recharge_h,population"
    (desk.folder / FILE).write_text(f"{head}\nneedle-77,hospital,{IZIUM},power,,,,,,\n", "utf-8")
    page = editor.get("/desk/services").text
    link = re.search(rf'href="/desk/tasks\?link=(rsk_\w+)&amp;place={IZIUM}"', page)
    assert link
    assert f'<tr id="{link[1]}">' in page
    task = added(desk, editor, "Дізнатися про пальне", link=link[1])
    assert f'href="/desk/services#{link[1]}"' in editor.get("/desk/tasks").text
    assert task.link == link[1]
    assert "/desk/tasks?link=" not in editor.get("/desk/services?example=1").text
