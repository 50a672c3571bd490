"""Search: words, likeness, scope."""

import sqlalchemy as sa

from tests.services.customers.city import City, role
from tests.support.statements import statements


def titles(city: City, q: str, username: str = "admin") -> list[str]:
    """Return the titles of what a person of the city finds."""
    return [each["title"] for each in city.get("/v1/search", username, q=q)["items"]]


def test_the_beginning_of_a_name_comes_first(city: City) -> None:
    found = city.get("/v1/search", q="kaak")["items"]
    assert (found[0]["title"], found[0]["kind"], found[0]["score"]) == ("Kaakkurin koulu", "site", 1.0)
    assert found[0]["subtitle"].endswith("Pesätie 11, 90420 Oulu")


def test_inflected_and_mistyped_words_find_the_thing(city: City) -> None:
    assert "Pöllökankaan päiväkoti" in titles(city, "pöllökankaan päiväkodissa")
    assert "Pöllökankaan päiväkoti" in titles(city, "päiväkodissa")
    assert "Kaakkurin koulu" in titles(city, "kakkurin koulu")


def test_numbers_customers_and_people_are_found(city: City) -> None:
    assert city.school["name"] in titles(city, city.school["number"])
    assert titles(city, "opetuspal")[0] == "Opetuspalvelut"
    assert "Testi School-Head" in titles(city, "school-head")


def subtitle_of(city: City, name: str, username: str = "admin") -> str:
    """Return what stands below the one person of this name."""
    [hit] = [each for each in city.get("/v1/search", username, q=name)["items"] if each["title"] == name]
    return str(hit["subtitle"])


def test_a_person_is_told_by_title_and_place(city: City) -> None:
    places = [role("site_head", site_id=each["id"]) for each in (city.school, city.daycare, city.home)]
    over = role("contract_contact", customer_id=city.school["customer_id"]) | {"valid_until": "2026-01-31"}
    city.a_person("many", name="Monitoimi Maija", title="Rehtori", assignments=places)
    city.a_person("former", name="Entinen Eero", title="Hankkija", assignments=[over, places[0]])

    names = sorted(each["name"] for each in (city.school, city.daycare, city.home))
    assert subtitle_of(city, "Monitoimi Maija") == f"Rehtori · {names[0]}, {names[1]} +1"
    assert subtitle_of(city, "Entinen Eero") == "Hankkija · Kaakkurin koulu"
    assert subtitle_of(city, "Testi Management") == "Asiantuntija"


def test_all_kinds_are_found_by_one_statement_and_places_of_people_by_one_more(city: City) -> None:
    def sent_for(q: str) -> tuple[int, int]:
        """Return how many statements look for words, and how many for where people are named."""
        with statements(city.database) as sent:
            assert titles(city, q, "admin")
        looking = [each for each in sent if "word_similarity(" in each]
        naming = [each for each in sent if "DISTINCT" in each and "assignment" in each]
        return len(looking), len(naming)

    assert sent_for("kaakkurin koulu") == (1, 0)
    assert sent_for("school-head") == (1, 1)


def test_search_obeys_the_scope(city: City) -> None:
    assert titles(city, "koulu", "daycare-head") == []
    assert titles(city, "koulu", "school-head") == ["Kaakkurin koulu"]
    assert titles(city, "testi", "school-head") == ["Testi School-Head"]
    assert titles(city, "opetuspalvelut", "producer-supervisor") == []


def test_signs_of_patterns_are_taken_as_they_are(city: City) -> None:
    for q in ("%", "_", "\\", "'", "100%"):
        assert titles(city, q) == [], q


def test_an_empty_question_is_refused(city: City) -> None:
    for q in ("", "   ", "a" * 101, "a\x00"):
        answer = city.client.get("/v1/search", headers=city.admin, params={"q": q})
        assert answer.status_code == 422, q


def test_the_best_of_many_are_answered(city: City) -> None:
    assert len(city.get("/v1/search", q="testi", limit="3")["items"]) == 3


def test_words_are_found_by_the_index(city: City) -> None:
    plan = sa.text(
        "explain select id from site where search_text like '% kaak%' or 'kakkuri koulu' <% search_text"
    )
    with city.database.session() as session:
        session.execute(sa.text("set local enable_seqscan = off"))
        lines = "\n".join(session.scalars(plan))
    assert lines.count("Bitmap Index Scan on site_search") == 2


def test_a_number_finds_its_owner_alone_with_or_without_zeros(city: City) -> None:
    number = city.school["number"]
    short = f"k-{int(number.removeprefix('K-'))}"

    for q in (number, number.lower(), short):
        assert titles(city, q) == ["Kaakkurin koulu"], q
    assert titles(city, number, "daycare-head") == []


def test_a_telephone_number_finds_whose_it_is_however_it_is_written(city: City) -> None:
    person = city.get("/v1/search", q="school-head")["items"][0]
    phone = city.get(f"/v1/people/{person['id']}")["phone"]
    digits = phone.replace(" ", "").replace("+358", "0")

    for q in (phone, digits, f"({digits[:3]}) {digits[3:6]} {digits[6:]}"):
        assert person["title"] in titles(city, q), q
    assert titles(city, "040 999 99 99 99") == []


def test_only_a_whole_number_is_exact(city: City) -> None:
    def exact(q: str, username: str = "admin") -> list[str]:
        found = city.get("/v1/search", username, q=q)["items"]
        return [each["title"] for each in found if each["exact"]]

    city.a_person("reached", name="Puhelin Pirkko", title="Rehtori", phone="+358 44 703 4711", assignments=[])

    assert exact(city.school["number"]) == ["Kaakkurin koulu"]
    assert exact("044 703 4711") == ["Puhelin Pirkko"]
    assert exact("044 703 47") == []
    assert exact("044 703 4711", "school-head") == []
    assert exact("kaakkurin koulu") == []
