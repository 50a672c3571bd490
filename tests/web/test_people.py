"""The people of a customer or a site: each once, those one needs first on top."""

from collections.abc import Mapping

from tests.web.answers import a_contact
from web.pages.registry.people import People, people_of, team_of
from web.pages.registry.reads import Contact


def contacts(*changes: Mapping[str, object]) -> list[Contact]:
    return [Contact.model_validate(a_contact(**each)) for each in changes]


def names(people: People) -> list[str]:
    return [each.contact.name for each in (*people.first, *people.rest)]


def test_a_person_with_many_services_is_told_once_with_all_of_them():
    [known] = people_of(contacts({"service": "meals"}, {"service": "coffee"})).first
    assert known.services == ("meals", "coffee")


def test_the_account_manager_comes_before_handlers_and_the_directors_last():
    people = people_of(
        contacts(
            {"person_id": "1", "name": "Johtaja", "role": "management", "service": None},
            {"person_id": "2", "name": "Käsittelijä", "role": "complaint_handler"},
            {"person_id": "3", "name": "Vastaava", "role": "account_manager", "service": None},
        )
    )
    assert names(people) == ["Vastaava", "Käsittelijä", "Johtaja"]


def test_a_site_tells_the_people_of_its_own_services_alone():
    people = team_of(
        contacts(
            {"person_id": "1", "name": "Ateriat", "service": "meals"},
            {"person_id": "2", "name": "Kahvit", "service": "coffee"},
            {"person_id": "3", "name": "Johtaja", "role": "management", "service": None},
            {"person_id": "4", "name": "Rehtori", "role": "site_head", "side": "customer", "service": None},
        ),
        ["meals", "cleaning"],
    )
    assert names(people) == ["Ateriat"]


def test_many_people_are_kept_behind_a_summary():
    many = contacts(*({"person_id": str(number), "name": f"Henkilö {number}"} for number in range(6)))
    people = people_of(many)
    assert (len(people.first), len(people.rest)) == (4, 2)
