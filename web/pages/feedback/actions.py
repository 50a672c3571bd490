"""What is done to a case: each verb is a plain form, guarded by the version that its writer saw."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from web.forms import Form, Posted, kept_fields, new_key
from web.gateway import Refused
from web.page import Page, Shown
from web.pages.feedback.case import show_case
from web.pages.feedback.log import told
from web.pages.feedback.onward import onward
from web.pages.feedback.reads import Case, CaseRow
from web.pages.feedback.views import LISTED
from web.texts import mark
from web.viewer import SignedIn, Viewer

router = APIRouter()
STALE = 412
# What the writer had seen of the case when the form was made, beside its version.
SEEN = ("seen_history", "seen_messages")


@dataclass(frozen=True)
class Act:
    """A verb: its sub-resource in the API, its form, what it sends and what is said afterwards.

    ``needs``: the words that ask for each field to be filled; ``fields``: the form's field of an API field.
    """

    verb: str
    form: str
    done: str
    body: Callable[[Form], Mapping[str, object]]
    needs: Mapping[str, str]
    fields: Mapping[str, str]


def _act(
    verb: str,
    form: str,
    done: str,
    body: Callable[[Form], Mapping[str, object]] = lambda _: {},
    needs: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Act:
    return Act(verb, form, done, body, needs or {}, fields or {})


_WRITE = {"body": mark("Kirjoita ensin viesti.")}
_QUESTION = {"question": "body"}
# Name in the address → what it does.
ACTS: Mapping[str, Act] = {
    "acknowledge": _act("acknowledge", "acknowledge", mark("Palaute on nyt käsittelyssä.")),
    "messages": _act(
        "messages",
        "write",
        mark("Viesti on lähetetty."),
        lambda form: {"body": form.text("body"), "public": True},
        _WRITE,
    ),
    "wait": _act(
        "wait",
        "write",
        mark("Kysymys on lähetetty. Ratkaisun kello odottaa vastausta."),
        lambda form: {"question": form.text("body")},
        {"body": mark("Kirjoita, mitä kysyt asiakkaalta.")},
        _QUESTION,
    ),
    "resolve": _act(
        "resolve",
        "write",
        mark("Palaute on merkitty ratkaistuksi."),
        lambda form: {"body": form.text("body")},
        {"body": mark("Kerro asiakkaalle, mitä asialle tehtiin.")},
    ),
    "notes": _act(
        "messages",
        "notes",
        mark("Muistiinpano on tallessa. Asiakas ei näe sitä."),
        lambda form: {"body": form.text("note"), "public": False},
        {"note": mark("Kirjoita ensin muistiinpano.")},
        {"body": "note"},
    ),
    "resume": _act("resume", "resume", mark("Käsittely jatkuu.")),
    "close": _act("close", "close", mark("Palaute on suljettu.")),
    "reopen": _act(
        "reopen",
        "reopen",
        mark("Palaute on avattu uudelleen."),
        lambda form: {"reason": form.text("reason")},
        {"reason": mark("Kerro, mikä jäi kuntoon saamatta.")},
    ),
    "assign": _act(
        "assign",
        "assign",
        mark("Palaute on siirretty."),
        lambda form: {
            "person_id": form.text("person_id"),
            **({"reason": form.text("assign_reason")} if form.text("assign_reason") else {}),
        },
        {"person_id": mark("Valitse, kenelle palaute siirretään.")},
        {"reason": "assign_reason"},
    ),
    "severity": _act(
        "severity",
        "severity",
        mark("Vakavuus on muutettu ja määräajat laskettu uudelleen."),
        lambda form: {"severity": form.text("severity"), "reason": form.text("severity_reason")},
        {
            "severity": mark("Valitse vakavuus."),
            "severity_reason": mark("Kerro lyhyesti, miksi vakavuus muuttuu."),
        },
        {"reason": "severity_reason"},
    ),
}


@router.post("/cases/{case_id}/{name}")
async def act(case_id: UUID, name: str, viewer: SignedIn, page: Shown, form: Posted) -> Response:
    """Do one thing to the case; faults come back in their form, a stale edit shows both texts."""
    chosen = ACTS.get(name)
    if chosen is None:
        raise Refused(404)
    back = form.text("back")
    for field, words in chosen.needs.items():
        if not form.text(field):
            form.fail(field, page.text(words))
    if form.faulty:
        return await show_case(viewer, page, case_id, given={chosen.form: form}, back=back, status=422)
    # Asked before anything is sent: afterwards the case may stand elsewhere in the list, or not at all.
    goes_on = form.text("goes_on") and back.startswith(LISTED)
    there = await onward(viewer, page, back, str(case_id)) if goes_on else None
    try:
        await viewer.gateway.send(
            CaseRow, f"/cases/{case_id}/{chosen.verb}", chosen.body(form), key=form.key, version=form.version
        )
    except Refused as refused:
        if refused.status == STALE:
            return await _show_both(viewer, page, case_id, name, form)
        if refused.status not in (409, 422):
            raise
        form.refuse(refused, chosen.fields)
        return await show_case(
            viewer, page, case_id, given={chosen.form: form}, back=back, status=refused.status
        )
    done = page.text(chosen.done)
    if there is None:
        return page.go(page.link(f"/cases/{case_id}", back=back), done)
    return page.go(there.address, f"{done} {page.text(there.words)}")


async def _show_both(viewer: Viewer, page: Page, case_id: UUID, name: str, form: Form) -> Response:
    """Answer with what came meanwhile beside what was typed; sending it again is the writer's choice."""
    case = await viewer.gateway.read(Case, f"/cases/{case_id}")
    again = Form(form.fields, key=new_key(), version=case.version)
    return page.show(
        "feedback/stale.html",
        status=STALE,
        case=case,
        name=name,
        form=again,
        typed=[
            (field, value)
            for field, value in kept_fields(form.fields)
            if not field.startswith("form_") and field not in SEEN
        ],
        texts=[form.text(field) for field in ("body", "note", "reason", "assign_reason", "severity_reason")],
        history=told(case, after=form.number("seen_history") or 0),
        messages=case.messages_after(form.number("seen_messages") or 0),
    )
