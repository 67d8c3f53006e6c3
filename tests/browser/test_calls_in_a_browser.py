"""A call, its release, a task and the hand-over in a real browser, by keyboard alone."""

import io
import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
import uvicorn

from app.desk_world import IZIUM, IZIUM_RAION, Desk, Hands, night_folder
from vidomo.app.call_book import add_voice, take_call
from vidomo.app.desk_book import write_entries
from vidomo.app.web.desk.me import EXAMPLE_PASSWORD
from vidomo.desk.calls.model import Caller
from vidomo.desk.calls.take import Noted
from vidomo.desk.entry import entry
from vidomo.desk.handover.model import (
    MADE,
    Asking,
    Holding,
    InForce,
    Kept,
    PlaceHolds,
    Promise,
    Running,
    Sheet,
    Silence,
)
from vidomo.desk.people import Grant, Role
from vidomo.desk.sessions import new_session
from vidomo.desk.tasks.model import ADDED, Todo
from vidomo.gazetteer import Gazetteer

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
MVA = f"city_military_administration@{IZIUM}"
PICTURES = os.environ.get("VIDOMO_PICTURES", "")  # noqa: TID251 - tests have no app.config
A4_WIDTH, A4_HEIGHT = 595, 842


class Open:
    """A desk behind a real server, and ways to look at it."""

    def __init__(self, desk: Desk, address: str) -> None:
        self.desk, self.address = desk, address

    def cookie(self, login: str) -> dict[str, str]:
        person = self.desk.table.called(login)
        token, session = new_session(person.id, at=self.desk.clock(), lang="uk")
        self.desk.table.open_session(session)
        return {"name": "vidomo-desk", "value": token, "url": self.address}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    base = tmp_path_factory.mktemp("calls-browser")
    with Desk(night_folder(base / "data", base / "kept"), clock=Hands()) as desk:
        desk.person("anna", Grant(Role.APPROVER, IZIUM_RAION), password=True)
        desk.person("bohdan", Grant(Role.EDITOR, IZIUM_RAION), password=True)
        desk.site.write_now(
            lambda house: add_voice(
                house, house.registry.body(MVA), title="Ізюмська МВА", by="usr_a", at=desk.clock()
            )
        )
        config = uvicorn.Config(desk.app, host="127.0.0.1", port=0, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Open(desk, f"http://127.0.0.1:{port}")
        server.should_exit = True
        thread.join(timeout=10)


def opened(browser, served: Open, login: str = "anna", *, width: int = 1280, **options):
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    if login:
        context.add_cookies([served.cookie(login)])
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def picture(page, name: str) -> None:
    """Keep a picture for people to look at, where a folder for them is named."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def keep_print(page, name: str) -> None:
    if PICTURES:
        (Path(PICTURES) / f"{name}.pdf").write_bytes(page.pdf(prefer_css_page_size=True))


def pressed(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def typed(page, *texts: str) -> None:
    """Type into one field after the other, with Tab between them."""
    for number, text in enumerate(texts):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(text)


def field_of(page) -> str:
    page.wait_for_load_state()
    return page.evaluate("document.activeElement.name || document.activeElement.id || ''")


def pages_of(page) -> tuple[int, str, tuple[float, float]]:
    """Print the open page; return how many sheets it takes, its text and the size of a sheet."""
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    first = printed.pages[0]
    text = "\n".join(one.extract_text() for one in printed.pages)
    return len(printed.pages), text, (float(first.mediabox.width), float(first.mediabox.height))


def test_a_night_by_keyboard_alone_from_the_call_to_the_printed_hand_over(
    browser, served: Open
) -> None:
    page, clock = opened(browser, served, ""), served.desk.clock
    page.goto(f"{served.address}/desk/sign-in?next=/desk/handover")
    page.locator("input[name=login]").focus()
    typed(page, "anna", EXAMPLE_PASSWORD)
    pressed(page, "Enter")
    page.wait_for_selector("nav [data-key=c]")
    _a_call_is_taken(page)
    clock.move(minutes=1)
    _it_is_released(page)
    clock.move(minutes=1)
    _a_task_is_made_of_it(page)
    clock.move(minutes=25)
    pressed(page, "t")
    page.wait_for_load_state()
    assert "прострочено" in page.locator("main").inner_text().lower()
    picture(page, "tasks")
    _the_watch_is_handed_over(page)
    picture(page, "handover")
    keep_print(page, "handover")
    count, text, size = pages_of(page)
    assert count == 1
    assert (round(size[0]), round(size[1])) == (A4_WIDTH, A4_HEIGHT)
    for said in (
        "Здача чергування",
        "Подзвонити обленерго",
        "Особа anna",
        "Особа bohdan",
        "Світло",
    ):
        assert said in text
    assert "Параска" not in text
    page.context.close()


def _a_call_is_taken(page) -> None:
    began = time.monotonic()
    pressed(page, "c")
    page.wait_for_url("**/desk/calls")
    assert field_of(page) == "who"
    words = "Немає світла в центрі, лікарня на генераторі"
    typed(page, "Параска Вигадана", "староста", "", "Ізюм", words, "050 765 43 21")
    pressed(page, "Enter")
    page.wait_for_selector(".told")
    assert "Дзвінок записано: Ізюм" in page.locator(".told").inner_text()
    assert time.monotonic() - began < 20


def _it_is_released(page) -> None:
    pressed(page, "1")
    page.wait_for_url("**/desk/calls/call_*")
    pressed(page, "o")
    assert field_of(page) == "words"
    pressed(page, "Control+a")
    typed(page, "В Ізюмі немає світла. Лікарня працює від генератора.")
    pressed(page, "Control+Enter")
    page.wait_for_url("**/release")
    assert field_of(page) == "confirm"
    picture(page, "release")
    typed(page, "Ізюм")
    pressed(page, "Enter")
    page.wait_for_selector(".told")
    assert "Оприлюднено від імені" in page.locator(".told").inner_text()
    picture(page, "call")


def _a_task_is_made_of_it(page) -> None:
    pressed(page, "n")
    page.wait_for_url("**/desk/tasks?link=*")
    assert field_of(page) == "text"
    typed(page, "Подзвонити обленерго, коли буде світло", "bohdan", "+20")
    pressed(page, "Enter")
    page.wait_for_selector(".told")


def _the_watch_is_handed_over(page) -> None:
    pressed(page, "h")
    page.wait_for_url("**/desk/handover")
    pressed(page, "m")
    page.wait_for_url("**/desk/handover/watch_*")
    for key, login, notice in (("g", "", "Підписано"), ("k", "bohdan", "Обидва підписи")):
        pressed(page, key)
        typed(page, login, EXAMPLE_PASSWORD)
        pressed(page, "Enter")
        page.wait_for_selector(f".told:has-text('{notice}')")
    assert "Чергування здано" in page.locator("main").inner_text()


def big_sheet(served: Open, letters: str) -> str:
    """Keep the sheet of a night that is far too big; return the path of its page."""
    atlas, at = Gazetteer.open(), served.desk.clock()
    codes = [unit.code for unit in atlas.units() if IZIUM_RAION in atlas.ancestors(unit.code)]
    rows = range(60)
    later = at + timedelta(hours=3)
    sheet = Sheet(
        territory=IZIUM_RAION,
        at=at,
        made_by="usr_anna",
        holds=tuple(
            PlaceHolds(
                place=codes[number],
                holds=tuple(
                    Holding(dimension=one, phase="out", since=at, stale=True, is_unofficial=True)
                    for one in ("power", "water", "heat", "gas", "communications")
                ),
            )
            for number in rows
        ),
        asked=tuple(
            Asking(
                id=f"qst_{number}",
                subject="casualties",
                topic="harm.injured",
                place=codes[number],
                asked_by=(letters * 4,),
            )
            for number in rows
        ),
        tasks=tuple(
            Running(
                id=f"task_{number}", text=letters * 12, urgency="overdue", due=at, office=letters
            )
            for number in rows
        ),
        promises=tuple(
            Promise(
                claim=f"clm_{number}",
                topic="impact.power.restored",
                kind="forecast",
                quote=letters * 12,
                speaker=letters * 4,
                place=codes[number],
                until=later,
            )
            for number in rows
        ),
        silent=tuple(
            Silence(source=f"{letters}{number}", since=at, title=letters) for number in rows
        ),
        alerts=tuple(
            InForce(
                id=f"alr_{number}",
                headline=letters * 6,
                state="issued",
                places=tuple(codes[:9]),
                expires=later,
            )
            for number in rows
        ),
        kept=tuple(
            Kept(
                place=codes[number],
                rule="object-civil",
                count=9,
                topics=("impact.damage",),
                until=later,
            )
            for number in rows
        ),
    )
    watch = f"watch_{abs(hash(letters)):x}"
    made = entry(MADE, subject=watch, by="usr_anna", at=at, place=IZIUM_RAION, body=sheet)
    served.desk.site.write_now(lambda house: write_entries(house.journal, [made]))
    return f"/desk/handover/{watch}"


@pytest.mark.parametrize(
    "letters", ["Знеструмлено лінію. ", "ЩЩЩЩЖЖЖЖШШШШ", "слово", "漢字", "і" * 20, "<b>&amp;"]
)
def test_the_biggest_night_prints_on_one_sheet_and_says_what_was_left_out(
    browser, served: Open, letters: str
) -> None:
    page = opened(browser, served)
    page.goto(f"{served.address}{big_sheet(served, letters)}")
    if letters.startswith("Знес"):
        picture(page, "handover-big")
        keep_print(page, "handover-big")
    count, text, _ = pages_of(page)
    assert count == 1
    flat = " ".join(text.split())
    for heading in ("Сповіщення", "Що діє", "Завдання", "Обіцяні терміни", "Ще не відомо"):
        assert heading in flat
    assert flat.count("Не вмістилося:") == 7
    assert "Прийняв(-ла)" in flat
    left = page.locator("details.screen summary").count()
    assert left == 7
    page.context.close()


def test_axe_finds_nothing_on_any_of_these_pages(browser, served: Open, violations) -> None:
    desk = served.desk
    call = Noted(
        words="Немає води.",
        called_at=desk.clock(),
        place=IZIUM,
        caller=Caller(who="Хтось", call_back="050 000 00 00"),
    )
    call_id = desk.site.write_now(
        lambda house: take_call(house, desk.table, call, by="usr_anna", at=desk.clock(), once="axe")
    )
    body = Todo(text="Підвезти воду", office="Водоканал")
    task = entry(ADDED, subject="task_axe", by="usr_anna", at=desk.clock(), place=IZIUM, body=body)
    desk.site.write_now(lambda house: write_entries(house.journal, [task]))
    desk.clock.move(minutes=1)
    page = opened(browser, served, bypass_csp=True)
    for path in (
        *("/desk/calls", f"/desk/calls/{call_id}", "/desk/tasks", "/desk/tasks/task_axe"),
        *("/desk/handover", big_sheet(served, "axe ")),
    ):
        page.goto(f"{served.address}{path}")
        assert not violations(page), path
    page.goto(f"{served.address}/desk/calls")
    picture(page, "calls")
    page.keyboard.type("Хтось")
    page.locator("input[name=place]").fill("Шевченкове, немає такого")
    page.locator("textarea[name=words]").fill("Немає води")
    page.locator("textarea[name=words]").press("Control+Enter")
    page.wait_for_selector("[role=alert]")
    assert field_of(page) == "place"
    picture(page, "calls-problem")
    assert not violations(page)
    page.goto(f"{served.address}/desk/calls/{call_id}")
    page.locator("form[action$=release] textarea").press("Control+Enter")
    page.wait_for_url("**/release")
    assert not violations(page)
    page.context.close()


def test_the_field_of_the_place_offers_names_while_one_types(browser, served: Open) -> None:
    page = opened(browser, served)
    page.goto(f"{served.address}/desk/calls")
    page.locator("input[name=place]").press_sequentially("Ізю")
    page.wait_for_selector("#places option", state="attached")
    offered = page.locator("#places option").first.get_attribute("value")
    assert offered == "Ізюм, Ізюмський район, Харківська область"
    page.context.close()


def test_everything_works_without_scripts_and_in_a_narrow_window(browser, served: Open) -> None:
    page = opened(browser, served, width=320, java_script_enabled=False)
    page.goto(f"{served.address}/desk/calls")
    page.locator("input[name=place]").fill("Ізюм")
    page.locator("textarea[name=words]").fill("Немає газу в Ізюмі")
    page.locator("form.call button").click()
    assert "Дзвінок записано" in page.locator(".told").inner_text()
    page.context.close()
    page = opened(browser, served, width=320)
    for path in ("/desk/calls", "/desk/tasks", "/desk/handover", big_sheet(served, "вузько ")):
        page.goto(f"{served.address}{path}")
        wide = (
            "[...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > 321)"
        )
        assert page.evaluate(f"{wide}.map(e => e.outerHTML.slice(0, 80))") == [], path
    page.context.close()
