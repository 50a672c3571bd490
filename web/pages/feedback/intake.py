"""From a typed form to the body of a new case, with what is still missing said in the form."""

from collections.abc import Mapping
from datetime import datetime

from trade.days import HELSINKI
from web.forms import Form
from web.gateway import optional
from web.labels import CHOICES, LABELS
from web.page import Page
from web.pages.feedback.reads import Site, Triage
from web.pages.feedback.sites import services_of
from web.viewer import Viewer

KINDS = ("complaint", "suggestion", "praise", "question")
LONGEST = 10_000
MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y klo %H.%M", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M")
# Where a fault of the API's field shows when the form has no field of that name.
FIELDS: Mapping[str, str] = {"subject": "description", "name": "reporter"}


def body_of(page: Page, form: Form, site: Site, channel: str) -> dict[str, object]:
    """Make the body of `POST /cases`."""
    _ = page.text
    kind, typed = form.text("kind"), form.text("description")
    if kind not in KINDS:
        form.fail("kind", _("Valitse, millaisesta asiasta on kyse."))
    if not typed:
        form.fail("description", _("Kerro, mitä tapahtui. Muutama sana riittää."))
    elif len(typed) > LONGEST:
        form.fail("description", _("Teksti on liian pitkä. Lyhennä se alle 10 000 merkkiin."))
    body: dict[str, object] = {"site_id": site.id, "kind": kind, "description": typed, "channel": channel}
    # What is not chosen is left to the service, which judges every way in alike.
    if form.text("service") in services_of(site):
        body["service"] = form.text("service")
    if form.ticked("danger"):
        body["danger"] = True
    body |= {name: form.text(name) for name in CHOICES if form.text(name) in LABELS[name]}
    if form.text("occurred_at"):
        moment = local_moment(form.text("occurred_at"))
        if moment is None:
            form.fail("occurred_at", _("Anna päivä ja kellonaika, esimerkiksi 10.3.2026 klo 11.30."))
        else:
            body["occurred_at"] = moment.isoformat()
    return body


async def judged(viewer: Viewer, site: Site, typed: str) -> Triage:
    """Return what the words give away so far; nothing when there are none, or nobody can tell now."""
    if not typed:
        return Triage()
    words = {"site_id": site.id, "description": typed[:LONGEST]}
    return (await optional(viewer.gateway.send(Triage, "/cases/triage", words))).value or Triage()


def local_moment(typed: str) -> datetime | None:
    """Read a local date and time as browsers send it (``2026-03-10T11:30``), or as people write it."""
    for pattern in MOMENTS:
        try:
            return datetime.strptime(typed, pattern).replace(tzinfo=HELSINKI)
        except ValueError:
            continue
    return None
