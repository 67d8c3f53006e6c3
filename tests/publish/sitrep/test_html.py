"""The report as a page: nothing of others becomes markup, nothing is fetched."""

import base64
import hashlib
import re

import lxml.html
import pytest

from publish.sitrep.reports import report, told, with_words
from vidomo.publish.sitrep import as_html, report_policy

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>&lt;{{7*7}}'</svg>"


@pytest.mark.parametrize("internal", [True, False])
def test_words_of_others_are_never_markup(internal) -> None:
    body = as_html(told(with_words(HOSTILE, is_internal=internal)))
    page = lxml.html.document_fromstring(body)
    assert page.xpath("//script | //img | //*[@onerror]") == []
    assert "{{7*7}}" in page.text_content()
    assert HOSTILE in page.text_content()


def test_no_address_of_a_post_becomes_a_link_unless_it_is_one_of_the_web() -> None:
    page = lxml.html.document_fromstring(as_html(told(with_words("javascript:alert(1) x"))))
    links = page.xpath("//a/@href")
    assert links
    assert all(link.startswith("#") for link in links)


def test_the_page_needs_nothing_else() -> None:
    body = as_html(report())
    page = lxml.html.document_fromstring(body)
    assert page.xpath("//link | //script | //iframe | //*[@src] | //*[@style]") == []
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", body)


def test_the_policy_of_the_page_lets_its_own_style_in_and_nothing_else() -> None:
    page = lxml.html.document_fromstring(as_html(report()))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == report_policy()
    digest = hashlib.sha256(page.xpath("//style")[0].text.encode()).digest()
    assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert policy.startswith("default-src 'none'")


def test_every_reference_leads_to_its_footnote() -> None:
    page = lxml.html.document_fromstring(as_html(report()))
    targets = set(page.xpath("//main//@id"))
    found = page.xpath("//sup/a/@href")
    assert len(found) > 50
    assert {link.removeprefix("#") for link in found} <= targets


def test_the_report_of_the_desk_says_internal_and_the_public_one_does_not() -> None:
    assert 'class="banner internal"' in as_html(report())
    assert 'class="banner internal"' not in as_html(report(is_internal=False))
    assert "clm_" not in as_html(report(is_internal=False))
