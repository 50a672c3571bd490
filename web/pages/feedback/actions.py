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
from web.pages.feedback.reads import Case, CaseRow
from web.texts import mark
from web.viewer import SignedIn, Viewer

router = APIRouter()
STALE = 412
# What the writer had seen of the case when the form was made, beside its version.
SEEN = ("nahty", "viesteja")


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


_WRITE = {"teksti": mark("Kirjoita ensin viesti.")}
_TEXT = {"body": "teksti", "question": "teksti"}
# Name in the address → what it does.
ACTS: Mapping[str, Act] = {
    "kuittaa": _act("acknowledge", "kuittaa", mark("Palaute on nyt käsittelyssä.")),
    "vastaa": _act(
        "messages",
        "kirjoita",
        mark("Viesti on lähetetty."),
        lambda form: {"body": form.text("teksti"), "public": True},
        _WRITE,
        _TEXT,
    ),
    "kysy": _act(
        "wait",
        "kirjoita",
        mark("Kysymys on lähetetty. Ratkaisun kello odottaa vastausta."),
        lambda form: {"question": form.text("teksti")},
        {"teksti": mark("Kirjoita, mitä kysyt asiakkaalta.")},
        _TEXT,
    ),
    "ratkaise": _act(
        "resolve",
        "kirjoita",
        mark("Palaute on merkitty ratkaistuksi."),
        lambda form: {"body": form.text("teksti")},
        {"teksti": mark("Kerro asiakkaalle, mitä asialle tehtiin.")},
        _TEXT,
    ),
    "muistiinpano": _act(
        "messages",
        "muistiinpano",
        mark("Muistiinpano on tallessa. Asiakas ei näe sitä."),
        lambda form: {"body": form.text("huomio"), "public": False},
        {"huomio": mark("Kirjoita ensin muistiinpano.")},
        {"body": "huomio"},
    ),
    "jatka": _act("resume", "jatka", mark("Käsittely jatkuu.")),
    "sulje": _act("close", "sulje", mark("Palaute on suljettu.")),
    "avaa": _act(
        "reopen",
        "avaa",
        mark("Palaute on avattu uudelleen."),
        lambda form: {"reason": form.text("syy")},
        {"syy": mark("Kerro, mikä jäi kuntoon saamatta.")},
        {"reason": "syy"},
    ),
    "siirra": _act(
        "assign",
        "siirra",
        mark("Palaute on siirretty."),
        lambda form: {
            "person_id": form.text("henkilo"),
            **({"reason": form.text("siirron_syy")} if form.text("siirron_syy") else {}),
        },
        {"henkilo": mark("Valitse, kenelle palaute siirretään.")},
        {"person_id": "henkilo", "reason": "siirron_syy"},
    ),
    "vakavuus": _act(
        "severity",
        "vakavuus",
        mark("Vakavuus on muutettu ja määräajat laskettu uudelleen."),
        lambda form: {"severity": form.text("taso"), "reason": form.text("vakavuuden_syy")},
        {
            "taso": mark("Valitse vakavuus."),
            "vakavuuden_syy": mark("Kerro lyhyesti, miksi vakavuus muuttuu."),
        },
        {"severity": "taso", "reason": "vakavuuden_syy"},
    ),
}


@router.post("/palautteet/{case_id}/{name}")
async def act(case_id: UUID, name: str, viewer: SignedIn, page: Shown, form: Posted) -> Response:
    """Do one thing to the case; faults come back in their form, a stale edit shows both texts."""
    chosen = ACTS.get(name)
    if chosen is None:
        raise Refused(404)
    for field, words in chosen.needs.items():
        if not form.text(field):
            form.fail(field, page.text(words))
    if form.faulty:
        return await show_case(viewer, page, case_id, given={chosen.form: form}, status=422)
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
        return await show_case(viewer, page, case_id, given={chosen.form: form}, status=refused.status)
    return page.go(f"/palautteet/{case_id}", page.text(chosen.done))


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
        texts=[form.text(field) for field in ("teksti", "huomio", "syy", "siirron_syy", "vakavuuden_syy")],
        history=told(case)[_number(form, "nahty") :],
        messages=case.messages[_number(form, "viesteja") :],
    )


def _number(form: Form, name: str) -> int:
    """Return how much of something the writer had seen; when the form does not say, nothing."""
    return int(form.text(name)) if form.text(name).isdecimal() else 0
