"""People, contacts, whom to contact, and the import of files; the customers service answers."""

from gateway.operations import Operation
from gateway.routes.registry import READ, WRITE
from gateway.shapes import customers as shapes
from gateway.shapes import customers_input as inputs
from gateway.shapes import queries
from gateway.shapes.examples import registry as examples

IMPORT_PATIENCE = 60.0

OPERATIONS = (
    Operation(
        method="GET",
        path="/people",
        name="list_people",
        summary="List people",
        description="People with their roles, for the producer's own staff; by role for assignment.",
        scope=READ,
        query=queries.PeopleQuery,
        answer=shapes.People,
    ),
    Operation(
        method="POST",
        path="/people",
        name="add_person",
        summary="Add a person",
        description="For administrators.",
        scope=WRITE,
        body=inputs.PersonEdit,
        answer=shapes.Person,
        status=201,
        problems=(409,),
        tagged=True,
    ),
    Operation(
        method="GET",
        path="/people/{person_id}",
        name="read_person",
        summary="Read a person",
        description="A person with roles, stand-ins and absences; for the own staff and each person alone.",
        scope=READ,
        answer=shapes.Person,
        problems=(404,),
        tagged=True,
    ),
    Operation(
        method="PUT",
        path="/people/{person_id}",
        name="change_person",
        summary="Change a person",
        description="Replaces the person and all assignments. For administrators.",
        scope=WRITE,
        body=inputs.PersonEdit,
        answer=shapes.Person,
        problems=(404, 409),
        version="required",
        tagged=True,
    ),
    Operation(
        method="PUT",
        path="/people/{person_id}/absences",
        name="record_absences",
        summary="Record absences",
        description="Replaces the person's absences. For oneself, administrators and service supervisors.",
        scope=WRITE,
        body=inputs.AbsencesEdit,
        answer=shapes.Person,
        problems=(404,),
        version="required",
        tagged=True,
    ),
    Operation(
        method="GET",
        path="/contacts",
        name="list_contacts",
        summary="List contacts",
        description="Contacts of a customer or a site on both levels and both sides, with stand-ins.",
        scope=READ,
        query=queries.ContactQuery,
        answer=shapes.Contacts,
        problems=(404,),
    ),
    Operation(
        method="GET",
        path="/whom-to-contact",
        name="whom_to_contact",
        summary="Find whom to contact",
        description="From site and topic to a person, phone and stand-in at once, and why this person.",
        scope=READ,
        query=queries.WhomQuery,
        answer=shapes.WhomToContact,
        problems=(404,),
    ),
    Operation(
        method="POST",
        path="/imports/{kind}",
        name="import_file",
        summary="Import a CSV file",
        description=(
            "Adds and updates by number, username or e-mail address. A file with any fault imports nothing; "
            "the problem lists each faulty row. For administrators."
        ),
        scope=WRITE,
        query=queries.ImportQuery,
        csv=examples.IMPORT_CSV,
        choices=("departments", "customers", "producers", "sites", "people", "assignments"),
        answer=shapes.ImportReport,
        problems=(413,),
        patience=IMPORT_PATIENCE,
    ),
)
