"""What people decide at the desk, and what becomes of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk_world import IZIUM, IZIUM_RAION, LVIV, NOW, Desk, night_folder, whole
from vidomo.app.house import House
from vidomo.core.time import parse_posted_at
from vidomo.desk.people import Grant, Role
from vidomo.situation.model import Situation
from vidomo.sources.model import Post

OBLAST = "UA63000000000041885"
SHEVCHENKOVE = "UA63040090480042420"


@pytest.fixture(scope="module")
def kept_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("night") / "kept"
    night_folder(folder.parent / "first", folder)
    return folder


@pytest.fixture
def desk(tmp_path: Path, kept_night: Path) -> Iterator[Desk]:
    with Desk(night_folder(tmp_path / "data", kept_night)) as it:
        yield it


def situation(desk: Desk) -> Situation:
    with House.open(desk.folder, clock=desk.clock, read_only=True) as house:
        return house.situation()


def claim_of(desk: Desk, words: str, topic: str = "") -> str:
    return next(
        one.claim
        for one in situation(desk).evidence
        if words in one.quote and (not topic or one.topic == topic)
    )


def post(desk: Desk, number: str, text: str, *, source: str = "izium_mva") -> None:
    posted = parse_posted_at("2025-12-21T11:38:00+02:00")
    made = Post(source=source, native_id=number, text=text, posted_at=posted)
    desk.site.write_now(lambda house: house.take_in([made]))


def test_the_inbox_is_no_way_around_the_approver_of_an_all_clear(desk: Desk) -> None:
    post(desk, "911", "Відбій повітряної тривоги в Ізюмі.")
    claim = claim_of(desk, "Відбій повітряної тривоги в Ізюмі", "alert.end")
    version = next(one.version for one in situation(desk).evidence if one.claim == claim)
    editor = desk.client(desk.person("olena", Grant(Role.EDITOR, OBLAST)))
    stated = {
        "item": version,
        "what": "states",
        "topic": "alert.end",
        "kind": "report",
        "quote": "Відбій повітряної тривоги в Ізюмі",
        "reason": "it is over",
    }
    forms = (
        {"item": claim, "what": "confirm", "reason": "it is over"},
        {"item": claim, "what": "place", "place": IZIUM, "reason": "it is over"},
        stated,
    )
    before = desk.last_seq
    for form in forms:
        assert editor.post("/desk/inbox/take", form).status == 403
    overruled = {"place": IZIUM, "reason": "it is over"}
    assert editor.post(f"/desk/claim/{claim}/overrule", overruled).status == 403
    assert desk.last_seq == before
    aside = {"item": claim, "what": "none", "reason": "nobody said so"}
    assert editor.post("/desk/inbox/take", aside).status == 303
    approver = desk.client(desk.person("taras", Grant(Role.APPROVER, OBLAST)))
    decided = next(one.id for one in situation(desk).decisions if claim in one.claims)
    path, why = f"/desk/decision/{decided}/withdraw", {"reason": "it was said"}
    assert editor.post(path, why).status == 403
    assert approver.post(path, why).status == 303
    assert approver.post("/desk/inbox/take", stated).status == 303


def test_only_an_approver_sets_a_warning_aside(desk: Desk) -> None:
    post(desk, "912", "Увага! Повітряна тривога в Ізюмі.")
    claim = claim_of(desk, "Повітряна тривога в Ізюмі", "alert.start")
    editor = desk.client(desk.person("olena", Grant(Role.EDITOR, OBLAST)))
    before = desk.last_seq
    why = {"reason": "it was a mistake"}
    assert editor.post(f"/desk/claim/{claim}/overrule", why).status == 403
    aside = {"item": claim, "what": "none", "reason": "nobody said so"}
    assert editor.post("/desk/inbox/take", aside).status == 403
    assert desk.last_seq == before
    assert editor.post(f"/desk/claim/{claim}/confirm", why).status == 303
    approver = desk.client(desk.person("taras", Grant(Role.APPROVER, OBLAST)))
    assert approver.post(f"/desk/claim/{claim}/overrule", why).status == 303


def test_nobody_splits_a_statement_off_by_naming_an_incident_of_ones_own(desk: Desk) -> None:
    client = desk.client(desk.person("olena", Grant(Role.EDITOR, IZIUM_RAION)))
    held = situation(desk)
    own = next(one for one in held.incidents if one.place == IZIUM)
    others = [
        one.claim
        for one in held.evidence
        if one.claim not in own.evidence and one.place not in (IZIUM, IZIUM_RAION)
    ]
    assert others
    before = desk.last_seq
    for claims in (others[0], "clm_0"):
        form = {"claim": claims, "reason": "mine now"}
        assert client.post(f"/desk/incident/{own.id}/split", form).status == 400
    assert desk.last_seq == before


def test_an_editor_of_the_place_sets_a_statement_aside_and_takes_it_back(desk: Desk) -> None:
    client = desk.client(desk.person("olena", Grant(Role.EDITOR, IZIUM_RAION)))
    claim = claim_of(desk, "світла поки нема")
    assert client.post(f"/desk/claim/{claim}/overrule", {"reason": "old news"}).status == 303
    decided = next(one for one in situation(desk).decisions if claim in one.claims)
    assert (decided.kind, decided.reason, decided.by) == ("overrule", "old news", "usr_olena")
    page = client.get("/desk/inbox").text
    assert "old news" in page
    assert "Особа olena" in page
    done = client.post(f"/desk/decision/{decided.id}/withdraw", {"reason": "it holds after all"})
    assert done.status == 303
    assert not situation(desk).decisions


def test_a_decision_without_a_reason_is_refused(desk: Desk) -> None:
    client = desk.client(desk.person("olena", whole(Role.ADMIN)))
    claim = claim_of(desk, "світла поки нема")
    for path in ("confirm", "overrule", "split"):
        answer = client.post(f"/desk/claim/{claim}/{path}", {"reason": "  "})
        assert (answer.status, "Потрібна причина" in answer.text) == (400, True)


def test_a_number_is_put_right_and_a_wrong_one_is_refused(desk: Desk) -> None:
    client = desk.client(desk.person("olena", Grant(Role.EDITOR, OBLAST)))
    claim = claim_of(desk, "поранено двох людей")
    wrong = client.post(f"/desk/claim/{claim}/overrule", {"reason": "x", "number": "two"})
    assert (wrong.status, "no count" in wrong.text) == (400, True)
    assert (
        client.post(f"/desk/claim/{claim}/overrule", {"reason": "x", "number": "3"}).status == 303
    )
    assert "Виправлено." in client.get(f"/desk/claim/{claim}").text


def test_nobody_moves_a_statement_into_a_territory_that_is_not_theirs(desk: Desk) -> None:
    client = desk.client(desk.person("olena", Grant(Role.EDITOR, IZIUM_RAION)))
    claim = claim_of(desk, "поранено двох людей")
    path = f"/desk/claim/{claim}/overrule"
    assert client.post(path, {"reason": "x", "place": "Львів"}).status == 403
    assert client.post(path, {"reason": "x", "place": "Atlantis"}).status == 400
    assert client.post(path, {"reason": "x", "place": "Ізюм"}).status == 303


def test_an_ambiguous_statement_is_for_whoever_may_decide_every_place_it_may_mean(
    desk: Desk,
) -> None:
    claim = claim_of(desk, "У селі Шевченкове")
    small = desk.client(desk.person("small", Grant(Role.EDITOR, IZIUM_RAION)))
    form = {"item": claim, "what": "place", "place": SHEVCHENKOVE, "reason": "our village"}
    page = desk.client(desk.person("all", whole(Role.EDITOR))).get("/desk/inbox").text
    places = re.findall(r'<option value="(UA\d+)">Шевченкове', page)
    assert len(places) > 1
    form["place"] = next(one for one in places if one.startswith("UA63"))
    assert small.post("/desk/inbox/take", form).status == 403
    whole_country = desk.client(desk.table.called("all"))
    assert whole_country.post("/desk/inbox/take", form).status == 303
    assert form["place"] in {one.place for one in situation(desk).evidence if one.claim == claim}


def test_only_an_approver_vouches_for_an_all_clear(desk: Desk) -> None:
    claim = claim_of(desk, "відбій повітряної тривоги", "alert.end")
    editor = desk.client(desk.person("editor", Grant(Role.EDITOR, IZIUM)))
    before = desk.last_seq
    refused = editor.post(f"/desk/claim/{claim}/confirm", {"reason": "heard it"})
    assert (refused.status, desk.last_seq) == (403, before)
    elsewhere = desk.client(
        desk.person("elsewhere", Grant(Role.APPROVER, LVIV), Grant(Role.EDITOR, IZIUM))
    )
    assert elsewhere.post(f"/desk/claim/{claim}/confirm", {"reason": "heard it"}).status == 403
    approver = desk.client(desk.person("approver", Grant(Role.APPROVER, IZIUM)))
    done = approver.post(f"/desk/claim/{claim}/confirm", {"reason": "called the duty officer"})
    assert done.status == 303


def test_incidents_are_merged_and_split(desk: Desk) -> None:
    client = desk.client(desk.person("olena", Grant(Role.EDITOR, OBLAST)))
    first, *others = (one for one in situation(desk).incidents if one.place == IZIUM)
    path = f"/desk/incident/{first.id}"
    page = client.get(path)
    assert all(other.id in page.text for other in others)
    assert client.post(f"{path}/merge", {"reason": "one attack"}).status == 400
    assert client.post(f"{path}/split", {"reason": "two attacks"}).status == 400
    done = client.post(f"{path}/merge", {"reason": "one attack", "with": others[0].id})
    assert done.status == 303
    merged = [one for one in situation(desk).incidents if one.place == IZIUM]
    assert len(merged) == len(others)
    whole_one = max(merged, key=lambda one: len(one.evidence))
    form = {"reason": "another one", "claim": whole_one.evidence[-1]}
    assert client.post(f"/desk/incident/{whole_one.id}/split", form).status == 303
    assert len([one for one in situation(desk).incidents if one.place == IZIUM]) > len(merged)


def test_what_nobody_read_is_stated_by_a_person_and_leaves_the_inbox(desk: Desk) -> None:
    text = "Чергові бригади в дорозі, а в оселях по вулицях темно, холодно й без зв'язку."
    post(desk, "unread", text)
    with House.open(desk.folder, clock=desk.clock, read_only=True) as house:
        version = next(
            one.version.id for one in house.known(house.now()) if one.version.post.text == text
        )
    client = desk.client(desk.person("olena", Grant(Role.EDITOR, IZIUM)))
    form = {
        "item": version,
        "what": "states",
        "topic": "impact.power.outage",
        "kind": "report",
        "quote": "темно",
        "place": "Ізюм",
        "reason": "they mean the power",
    }
    for wrong in ({"quote": ""}, {"topic": "x"}, {"kind": "x"}, {"count": "a"}, {"what": "x"}):
        assert client.post("/desk/inbox/take", form | wrong).status == 400
    assert client.post("/desk/inbox/take", form | {"quote": "світла"}).status == 400
    assert client.post("/desk/inbox/take", form | {"item": "ver_0"}).status == 404
    assert client.post("/desk/inbox/take", form).status == 303
    assert claim_of(desk, "темно", "impact.power.outage")
    audit = client.get("/desk/audit?thing=review.").text
    assert "they mean the power" in audit


def test_two_people_release_a_statement_and_nobody_alone(desk: Desk) -> None:
    claim = claim_of(desk, "пошкоджено підстанцію", "impact.damage")
    first = desk.client(desk.person("first", Grant(Role.APPROVER, IZIUM)))
    second = desk.client(desk.person("second", Grant(Role.APPROVER, OBLAST)))
    path = f"/desk/claim/{claim}"
    assert "Попросити" in first.get(path).text
    assert second.post(f"{path}/second", {}).status == 400
    assert first.post(f"{path}/release", {"reason": "on television already"}).status == 303
    assert "Чекає на іншу людину" in first.get(path).text
    assert first.post(f"{path}/second", {}).status == 400
    waiting = second.get("/desk/inbox").text
    assert "on television already" in waiting
    assert "Підтвердити другим" in second.get(path).text
    assert second.post(f"{path}/second", {}).status == 303
    assert "оприлюднено достроково двома людьми" in first.get(path).text
    audit = first.get("/desk/audit").text
    assert "release.asked" in audit
    assert "release.seconded" in audit


def test_a_correction_at_the_desk_is_on_the_residents_page_at_once(desk: Desk) -> None:
    post(desk, "wrong", "В Ізюмі немає води.")
    client = desk.client(desk.person("olena", Grant(Role.EDITOR, IZIUM)))
    page = f"/place/{IZIUM}/"
    assert "немає води" in client.get(page).text
    claim = claim_of(desk, "немає води")
    done = client.post(f"/desk/claim/{claim}/overrule", {"reason": "a planted post"})
    assert done.status == 303
    assert "немає води" not in client.get(page).text


def test_the_audit_trail_is_narrowed_down_and_cannot_be_changed(desk: Desk) -> None:
    olena = desk.client(desk.person("olena", whole(Role.EDITOR)))
    petro = desk.client(desk.person("petro", whole(Role.EDITOR)))
    claim = claim_of(desk, "світла поки нема")
    olena.post(f"/desk/claim/{claim}/confirm", {"reason": "by telephone"})
    desk.clock.move(hours=1)
    other = claim_of(desk, "поранено двох")
    petro.post(f"/desk/claim/{other}/overrule", {"reason": "a slip"})
    everything = olena.get("/desk/audit").text
    assert everything.index("a slip") < everything.index("by telephone")
    for query, shown, hidden in (
        ("by=usr_olena", "by telephone", "a slip"),
        (f"thing={other}", "a slip", "by telephone"),
        ("thing=decision.confirm", "by telephone", "a slip"),
        ("at=2025-12-21T12:00", "a slip", "by telephone"),
        ("known=2025-12-21T12:00", "by telephone", "a slip"),
    ):
        page = olena.get(f"/desk/audit?{query}").text
        assert shown in page, query
        assert hidden not in page, query
    assert olena.get("/desk/audit?at=never").status == 400
    assert olena.post("/desk/audit", {}).status == 405
    assert desk.clock() > NOW


def test_a_viewer_is_offered_no_buttons(desk: Desk) -> None:
    viewer = desk.client(desk.person("viewer", whole(Role.VIEWER)))
    claim = claim_of(desk, "світла поки нема")
    for path in ("/desk/inbox", f"/desk/claim/{claim}"):
        page = viewer.get(path).text
        assert re.findall(r'action="([^"]*)"', page) == ["/desk/sign-out"]
