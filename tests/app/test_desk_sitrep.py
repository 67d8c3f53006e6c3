"""Reports at the desk: the form, the file, and what is refused."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from app.desk_world import IZIUM, Client, Desk, Hands, night_folder, whole
from vidomo.desk.people import Role
from vidomo.publish.sitrep import report_policy


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    base = tmp_path_factory.mktemp("reports")
    with Desk(night_folder(base / "data", base / "kept"), clock=Hands()) as desk:
        yield desk.client(desk.person("viewer", whole(Role.VIEWER)))


def asked(viewer: Client, **query: str):
    return viewer.get(f"/desk/sitrep/file?{urlencode({'place': IZIUM, **query})}")


def test_the_form_offers_both_kinds_of_report_and_each_form(viewer: Client) -> None:
    page = viewer.get(f"/desk/sitrep?place={IZIUM}").text
    assert f'value="{IZIUM}"' in page
    for value in ("desk", "public", "html", "pdf", "md", "uk", "en", "24"):
        assert f'value="{value}"' in page


def test_the_page_of_the_desk_is_internal_and_has_a_policy_of_its_own(viewer: Client) -> None:
    answer = asked(viewer)
    assert answer.status == 200
    assert "СЛУЖБОВЕ" in answer.text
    assert answer.headers["content-security-policy"].startswith(report_policy())
    assert answer.headers["cache-control"] == "no-store"
    assert "content-disposition" not in answer.headers


def test_the_public_report_holds_nothing_of_the_desk(viewer: Client) -> None:
    text = asked(viewer, **{"for": "public", "in": "en"}).text
    assert "INTERNAL" not in text
    assert "clm_" not in text
    assert "Situation report" in text


@pytest.mark.parametrize(("kind", "begin"), [("pdf", b"%PDF-"), ("md", "**СЛУЖБОВЕ".encode())])
def test_a_file_is_sent_under_a_plain_name(viewer: Client, kind: str, begin: bytes) -> None:
    answer = asked(viewer, **{"as": kind, "in": "uk"})
    assert answer.body.startswith(begin)
    name = answer.headers["content-disposition"]
    assert name.startswith(f'attachment; filename="sitrep-{IZIUM}-')
    assert name.endswith(f'-internal.{kind}"')


def test_times_of_the_form_are_kyiv_time(viewer: Client) -> None:
    text = asked(
        viewer, **{"from": "2025-12-20T12:00", "to": "2025-12-20T20:00", "as": "md", "in": "en"}
    ).text
    assert "20 December 2025, 12:00 – 20 December 2025, 20:00" in text
    text = asked(
        viewer, since="2025-12-20T20:00", to="2025-12-21T10:00", **{"as": "md", "in": "en"}
    ).text
    assert "known for the report before: 20 December 2025, 20:00" in text


def test_the_hours_of_the_form_are_the_length_of_the_period(viewer: Client) -> None:
    text = asked(viewer, hours="6", to="2025-12-21T10:00", **{"as": "md", "in": "en"}).text
    assert "21 December 2025, 04:00 – 21 December 2025, 10:00" in text
    text = asked(viewer, hours="7", to="2025-12-21T10:00", **{"as": "md", "in": "xx"}).text
    assert "20 грудня 2025, 10:00 – 21 грудня 2025, 10:00" in text


@pytest.mark.parametrize(
    "query",
    [
        {"place": ""},
        {"place": "nowhere at all"},
        {"from": "yesterday"},
        {"to": "9999-12-31T23:59:59-14:00"},
        {"to": "1200-01-01T00:00"},
        {"to": "2035-01-01T00:00"},
        {"as": "exe"},
    ],
)
def test_what_cannot_be_is_refused_with_a_page_that_says_so(
    viewer: Client, query: dict[str, str]
) -> None:
    answer = asked(viewer, **query)
    assert answer.status == 400
    assert "<h1" in answer.text


def test_a_place_is_found_by_its_name(viewer: Client) -> None:
    assert "Ізюм" in asked(viewer, place="Izium", **{"as": "md", "in": "uk"}).text
