"""Going back, changing the language, and the wheel of the year."""

import re

from playwright.sync_api import expect

from tests.browser.rooms import Known
from tests.browser.visits import PHONE, Visits

MARK = re.compile(
    r"^.+, .+, \w+kuu, (toteutui.*|ei toteutunut|peruttu|myöhässä.*|tulossa.*|määräpäivä.*)", re.I
)


def test_back_after_a_filter_leads_to_the_list_before(visits: Visits) -> None:
    page = visits.of("handler")
    page.goto("/cases?view=mine")
    rows = page.locator(".case-row")
    mine = rows.count()
    page.get_by_role("link", name=re.compile("^Kaikki avoimet")).click()
    expect(page).to_have_url(re.compile("view=open"))
    expect(page.locator(".filter[aria-current]")).to_contain_text("Kaikki avoimet")
    expect(rows).not_to_have_count(mine)
    page.go_back()
    expect(page).to_have_url(re.compile("view=mine"))
    expect(page.locator(".filter[aria-current]")).to_contain_text("Minun")
    expect(rows).to_have_count(mine)
    page.go_forward()
    expect(page.locator(".filter[aria-current]")).to_contain_text("Kaikki avoimet")
    assert visits.complaints == []


def test_a_filtered_address_shows_the_same_to_whoever_opens_it(visits: Visits) -> None:
    page = visits.of("account-manager")
    page.goto("/clock?year=2026")
    page.get_by_role("combobox", name="Vastuu").select_option("departments")
    page.get_by_role("button", name="Näytä").click()
    expect(page).to_have_url(re.compile("responsible=departments"))
    count = page.locator(".result-count").inner_text()
    other = visits.of("management")
    other.goto(page.url)
    expect(other.locator(".result-count")).to_have_text(count)
    expect(other.get_by_role("combobox", name="Vastuu")).to_have_value("departments")


def test_the_language_changes_where_one_is(visits: Visits) -> None:
    page = visits.of("handler")
    page.goto("/cases?view=open")
    page.get_by_role("list", name="Kieli").get_by_role("link", name="Svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page).to_have_url(re.compile("/cases.view=open"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Respons")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "sv")


def test_the_marks_of_the_wheel_are_links_with_their_whole_names(visits: Visits, known: Known) -> None:
    page = visits.of("contract-contact")
    page.goto(f"/clock?year=2026&customer_id={known('school')['customer_id']}")
    marks = page.locator("svg a.mark")
    expect(marks).to_have_count(11)
    names = [mark.text_content() for mark in page.locator("svg a.mark title").all()]
    assert len(set(names)) == len(names)
    for mark in marks.all():
        expect(mark).to_have_accessible_name(MARK)
    marks.first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/milestones/"))
    page.go_back()
    expect(marks).to_have_count(11)
    assert visits.complaints == []


def test_a_phone_shows_a_small_picture_above_the_list(visits: Visits, known: Known) -> None:
    page = visits.of("contract-contact", size=PHONE)
    page.goto(f"/clock?year=2026&customer_id={known('school')['customer_id']}")
    small, whole, months = (
        page.locator(".wheel-small"),
        page.locator(".wheel-whole"),
        page.locator(".year-list"),
    )
    for width in (320, 390, 479):
        page.set_viewport_size({"width": width, "height": 844})
        expect(whole).to_be_hidden()
        assert (small.bounding_box() or {})["y"] < (months.bounding_box() or {})["y"]
        assert (small.bounding_box() or {})["height"] <= 300
    page.set_viewport_size({"width": 480, "height": 844})
    expect(whole).to_be_visible()
    expect(small).to_be_hidden()


def test_a_mark_shows_its_card_on_focus_and_escape_takes_it_away(visits: Visits) -> None:
    page = visits.of("contract-contact")
    page.goto("/clock?year=2026")
    mark, card = page.locator("a.mark").first, page.locator("#wheel-card")
    mark.focus()
    expect(card).to_contain_text("TA 2027 sopimusvalmistelu 1")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
