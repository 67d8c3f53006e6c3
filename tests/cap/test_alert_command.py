"""The command that checks alert files, as a person meets it."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from cap.keyrings import Keys
from cap.situations import NOON, message
from vidomo.publish.alerts.feed import Index, atom, listed
from vidomo.publish.alerts.model import MsgType
from vidomo.publish.alerts.sign import signed


@pytest.fixture
def good(tmp_path: Path, keys: Keys) -> Path:
    path = tmp_path / "good.xml"
    path.write_bytes(signed(message(), keys.live))
    return path


def test_a_sound_alert_is_acceptable_with_its_certificate(
    run_vidomo, good: Path, keys: Keys
) -> None:
    trust = keys.live_folder / "certificate.pem"
    ran = run_vidomo("alert", "verify", good, "--trust", trust)
    assert ran.code == 0
    assert "signature   trusted" in ran.out
    assert "\n  acceptable" in ran.out
    ran = run_vidomo("alert", "verify", good)
    assert ran.code == 5
    assert "signature   untrusted" in ran.out
    assert "NOT acceptable" in ran.out


def test_one_bad_file_spoils_the_exit_code(
    run_vidomo, good: Path, keys: Keys, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_bytes(good.read_bytes().replace(b"Severe", b"Minor"))
    evil = tmp_path / "evil.xml"
    evil.write_text('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    trust = keys.live_folder / "certificate.pem"
    ran = run_vidomo("alert", "verify", good, bad, evil, "--trust", trust)
    assert ran.code == 5
    assert "signature   bad: the document is not what was signed" in ran.out
    assert "refused     a document type declaration" in ran.out
    assert "root:" not in ran.out


def test_the_facts_come_as_json(run_vidomo, good: Path) -> None:
    [one] = json.loads(run_vidomo("alert", "verify", good, "--json").out)
    assert one["kind"] == "alert"
    assert one["sha256"] == hashlib.sha256(good.read_bytes()).hexdigest()
    assert one["alert"]["identifier"] == message().identifier
    assert one["is_acceptable"] is False


def test_an_index_shows_a_file_that_was_exchanged(
    run_vidomo, good: Path, keys: Keys, tmp_path: Path
) -> None:
    index = tmp_path / "alerts.atom"
    head = Index(
        title="t",
        author="a",
        home="https://izium.example/",
        itself="https://izium.example/a.atom",
        updated=NOON,
    )
    row = listed(message(), good.read_bytes(), href="https://izium.example/good.xml")
    index.write_bytes(atom(head, [row]))
    trust = keys.live_folder / "certificate.pem"
    assert run_vidomo("alert", "verify", good, index, "--index", index, "--trust", trust).code == 0
    good.write_bytes(signed(message(note="інше"), keys.live))
    ran = run_vidomo("alert", "verify", good, "--index", index, "--trust", trust)
    assert ran.code == 5
    assert "another file under its identifier" in ran.out
    assert run_vidomo("alert", "verify", good, "--index", good).code == 5


def test_references_are_shown_for_several_files(
    run_vidomo, good: Path, keys: Keys, tmp_path: Path
) -> None:
    update = tmp_path / "update.xml"
    alert = message(
        msg_type=MsgType.UPDATE,
        references=(message().as_reference,),
        identifier="izium.example.20240131T120000Z.0000beef",
    )
    update.write_bytes(signed(alert, keys.live))
    trust = keys.live_folder / "certificate.pem"
    ran = run_vidomo("alert", "verify", good, update, "--trust", trust)
    assert ran.code == 0
    assert "references  right" in ran.out


def test_an_index_with_whole_alerts_inside_is_not_acceptable(run_vidomo, shared: Path) -> None:
    ran = run_vidomo(
        "alert", "verify", shared / "cap/google-cap-library/testdata/canada_signed.atom"
    )
    assert ran.code == 5
    assert "holds       alerts of CAP 1.2" in ran.out


def test_a_file_that_is_not_there_is_told(run_vidomo, tmp_path: Path) -> None:
    ran = run_vidomo("alert", "verify", tmp_path / "none.xml")
    assert ran.code == 6
    assert "cannot be read" in ran.err


def test_a_key_is_made_shown_and_replaced_and_never_printed(run_vidomo, tmp_path: Path) -> None:
    assert run_vidomo("alert", "key", "show").code == 2
    assert run_vidomo("alert", "key", "rotate", "--holder", "Громада").code == 2
    made = run_vidomo("alert", "key", "new", "--holder", "Громада")
    assert made.code == 0
    assert "signs        alerts" in made.out
    assert run_vidomo("alert", "key", "new", "--holder", "Громада").code == 2
    shown = run_vidomo("alert", "key", "show")
    first = json.loads(run_vidomo("alert", "key", "show", "--json").out)
    assert first["retired"] == []
    replaced = run_vidomo("alert", "key", "rotate", "--holder", "Громада")
    second = json.loads(run_vidomo("alert", "key", "show", "--json").out)
    assert second["retired"] == [first["fingerprint"]]
    after = run_vidomo("alert", "key", "show")
    assert f"retired      {first['fingerprint']}" in after.out
    for ran in (made, shown, replaced, after):
        assert "PRIVATE" not in ran.out + ran.err
    exercise = run_vidomo("alert", "key", "new", "--holder", "Громада", "--exercise")
    assert "exercises only" in exercise.out
    assert (tmp_path / "data/exercise/alert-keys-exercise/key.pem").exists()


def test_a_certificate_near_its_end_is_told(run_vidomo, tmp_path: Path, keys: Keys) -> None:
    shutil.copytree(keys.live_folder, tmp_path / "data/alert-keys")
    assert "ends soon" in run_vidomo("alert", "key", "show").err


def test_the_folder_of_keys_is_trusted(run_vidomo, tmp_path: Path, good: Path, keys: Keys) -> None:
    shutil.copytree(keys.live_folder, tmp_path / "data/alert-keys")
    assert run_vidomo("alert", "verify", good).code == 0


def test_help_has_an_example_for_each_step(run_vidomo) -> None:
    for words in (["verify"], ["key"], ["key", "new"], ["key", "show"], ["key", "rotate"]):
        assert "Example: vidomo alert" in run_vidomo("alert", *words, "--help").out


def test_the_steps_of_an_alerts_life_come_first(run_vidomo) -> None:
    told = run_vidomo("alert", "--help").out
    names = ["draft", "approve", "issue", "update", "cancel", "list", "key", "verify"]
    assert [
        line.split()[0] for line in told.split("Commands:")[1].splitlines() if line.strip()
    ] == names
    assert run_vidomo("alert", "explode").code == 2
