"""The house: sign-in, forms, failures, headers, languages."""

from tests.web.house import Gateway, browser

PEOPLE = {
    "items": [{"username": "handler", "name": "Päivi Käsittelijä", "title": "Käsittelijä", "roles": []}]
}


def test_a_stranger_is_sent_to_sign_in_and_back():
    with browser(Gateway(), signed_in=False) as client:
        answer = client.get("/customers?q=koulu")
        assert answer.status_code in {303, 404}
        answer = client.get("/?x=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2F%3Fx%3D1"


def test_the_home_page_stands():
    with browser(Gateway()) as client:
        answer = client.get("/")
    assert answer.status_code == 200
    assert "Päivi Käsittelijä" in answer.text
    assert answer.text.count("<h1") == 1
