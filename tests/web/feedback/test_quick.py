"""Kirjaa nopeasti: a spoken word in ten seconds."""

from fastapi.testclient import TestClient
from httpx2 import Response

from tests.web.feedback.city import HEAD, SITE_ID, STAFF, THE_SITE, city, form_of
from tests.web.house import browser

LOG = "/feedback/quick"
TYPED = {"kind": "complaint", "description": "Roskikset täynnä aulassa", "channel": "face_to_face"}
SITES = {"items": [THE_SITE, THE_SITE | {"name": "Toinen koulu"}], "next": "more"}


def posted(client: TestClient, **typed: str) -> Response:
    page = client.get(f"{LOG}?site_id={SITE_ID}")
    return client.post(LOG, data={**form_of(page.text, LOG), **TYPED, **typed})


def test_the_site_is_picked_by_search_first() -> None:
    gateway = city(STAFF, **{"GET /sites": SITES})
    with browser(gateway) as client:
        page = client.get(LOG)
        found = client.get(f"{LOG}?q=toinen", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert 'name="q"' in page.text
    assert found.text.lstrip().startswith('<div id="sites">')
    assert gateway.asked[-1].url.params["q"] == "toinen"


def test_one_line_makes_a_record_and_the_form_is_ready_for_the_next() -> None:
    gateway = city(STAFF, **{"GET /sites": SITES})
    with browser(gateway) as client:
        answer = posted(client, fixed_on_the_spot="yes", reporter="Siivooja Sari")
        assert answer.status_code == 303
        again = client.get(answer.headers["location"])
    (body,) = gateway.sent("POST", "/cases")
    assert body["fixed_on_the_spot"] is True
    assert body["reporter"] == {"name": "Siivooja Sari"}
    assert body["channel"] == "face_to_face"
    assert "P-2026-000123 on kirjattu" in again.text
    assert 'id="field-description"' in again.text
    assert "Roskikset" not in again.text


def test_the_box_of_danger_stands_under_the_kinds_with_whom_to_call() -> None:
    with browser(city(STAFF)) as client:
        page = client.get(f"{LOG}?site_id={SITE_ID}").text
    expected = ('name="kind"', 'name="danger"', "tel:0447001112", 'id="field-description"')
    order = [page.index(each) for each in expected]
    assert order == sorted(order)


def test_the_site_used_last_is_there_next_time() -> None:
    gateway = city(STAFF, **{"GET /sites": SITES})
    with browser(gateway) as client:
        posted(client)
        assert f'name="site_id" value="{SITE_ID}"' in client.get(LOG).text
        assert 'id="field-description"' not in client.get(f"{LOG}?change=1").text


def test_what_is_missing_is_said() -> None:
    gateway = city(STAFF)
    with browser(gateway) as client:
        answer = posted(client, description="", channel="")
    assert answer.status_code == 422
    assert "Valitse, miten asia tuli tietoosi." in answer.text
    assert gateway.sent("POST", "/cases") == []


def test_a_customer_is_led_to_the_form_of_customers() -> None:
    with browser(city(HEAD)) as client:
        answer = client.get(f"{LOG}?site_id={SITE_ID}")
    assert answer.headers["location"] == f"/feedback/new?site_id={SITE_ID}"


def test_all_that_is_asked_stands_above_the_button_and_the_rest_is_folded() -> None:
    site = THE_SITE | {"heads": [{"name": "Raija Rehtori"}]}
    with browser(city(STAFF, **{f"GET /sites/{SITE_ID}": site})) as client:
        form = (
            client.get(f"{LOG}?site_id={SITE_ID}").text.split(f'action="{LOG}"', 1)[1].split("</form>", 1)[0]
        )
    folded = form.split("<details", 1)[1].split("</details>", 1)[0]
    assert 'name="channel"' in folded
    assert '<option value="Raija Rehtori">' in folded
    assert 'name="' not in form.split('class="toolbar"', 1)[1]
