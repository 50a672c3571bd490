"""Forms: invalid ones come back with the typed text, keys make twice once, faults find their fields."""

from fastapi import APIRouter
from starlette.responses import Response

from tests.web.house import Gateway, browser
from web.forms import Form, Posted
from web.gateway import FaultyField, Refused
from web.page import Shown


def fields(form: Form) -> dict[str, str]:
    return {name: str(value) for name, value in form.fields.items()}


def test_a_refusal_finds_its_fields_under_the_forms_own_names():
    form = Form.blank({"what": "x"})
    before = form.key
    form.refuse(
        Refused(422, "invalid_input", "", (FaultyField(pointer="/description", detail="Liian lyhyt."),)),
        {"description": "what"},
    )
    assert form.errors == {"what": "Liian lyhyt."}
    assert form.first_faulty == "what"
    assert form.key != before


def test_a_refusal_without_fields_is_a_message_for_the_whole_form():
    form = Form.blank()
    form.refuse(Refused(422, "invalid_input", "Kohdetta ei ole."))
    assert form.message == "Kohdetta ei ole."
    assert form.faulty


def test_texts_lose_the_blanks_around_them_and_windows_line_ends():
    assert Form.blank({"a": " eka\r\ntoka "}).text("a") == "eka\ntoka"


def test_a_form_is_answered_with_its_typed_values_key_and_version():
    room = APIRouter()

    @room.post("/notes")
    async def note(page: Shown, form: Posted) -> Response:
        return Response(f"{form.version} {form.key} {form.ticked('call')} {form.texts('day')}")

    with browser(Gateway(), rooms=[room]) as client:
        token = client.get("/").text.split('name="form_token" value="')[1].split('"')[0]
        answer = client.post(
            "/notes",
            data={
                "form_token": token,
                "form_key": "abc",
                "form_version": "7",
                "call": "yes",
                "day": ["1", "2"],
            },
        )
    assert answer.text == "7 abc True ['1', '2']"
