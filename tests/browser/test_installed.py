"""The worker in a real browser: under our policy, without anybody's page, and gone after the sign-out."""

from playwright.sync_api import expect

from tests.browser.looking import faults_by_axe
from tests.browser.visits import Visits

READY = "() => navigator.serviceWorker.ready.then((ready) => ready.active.scriptURL)"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  return found;
}"""


def test_the_worker_keeps_no_page_of_anybody_and_is_emptied_by_the_sign_out(visits: Visits) -> None:
    page = visits.of(installed=True)
    page.goto("/sign-in")  # a session of its own, since it is ended here
    page.locator('button[value="school-head"]').click()
    page.wait_for_load_state("load")
    assert page.evaluate(READY).endswith("/service-worker.js")
    page.goto("/cases")
    kept = page.evaluate(KEPT)
    assert "/offline" in kept
    assert [each for each in kept if each != "/offline" and not each.startswith("/static/")] == []

    page.context.set_offline(True)
    page.goto("/cases")
    expect(page.get_by_role("heading", level=1)).to_have_text("Verkkoa ei ole")
    assert faults_by_axe(page) == ""
    page.context.set_offline(False)

    page.goto("/")
    page.get_by_role("button", name="Kirjaudu ulos").first.click()
    expect(page).to_have_url(f"{visits.city.address}/sign-in")
    assert page.evaluate(KEPT) == []
    assert page.evaluate("() => navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
