"""Receiving a word: what is answered, who handles it, and that twice is once."""

from tests.services.feedback.city import Service, a_word


def test_a_word_is_answered_with_number_handler_and_promise(service: Service) -> None:
    answer = service.post("/cases", service.city.school_head(), a_word(service.city))

    case = answer.json()
    assert answer.status_code == 201
    assert answer.headers["etag"] == '"1"'
    assert case["reference"] == "P-2026-000001"
    assert case["state"] == "received"
    assert case["handler"]["name"] == "Hanna Käsittelijä"
    assert case["stand_in"]["name"] == "Toni Toinen"
    assert case["site"]["name"] == "Kaakkurin koulu"
    assert case["response_due_at"] == "2026-03-11T06:00:00Z"
    assert case["next_due_at"] == case["response_due_at"]
    assert case["time_left"]["state"] == "ok"
    assert [message["kind"] for message in case["messages"]] == ["receipt"]
    assert case["first_response_at"] is None
