"""Who asks, and the patterns of answers that many routes share."""

from tests.city import NOBODY

CAST = (
    NOBODY,
    "contract-contact",
    "school-head",
    "daycare-head",
    "supervisor",
    "handler",
    "account-manager",
    "management",
    "admin",
    "producer-supervisor",
    "integration",
)
"""In the order of the columns below; the day-care head is the *str*anger to the school's things."""
PEOPLE = CAST[1:]
Answers = dict[str, int]


def answers(text: str) -> Answers:
    """Return the status for each of the cast, written in their order; bars between groups are for the eye."""
    return dict(zip(CAST, map(int, text.replace("|", " ").split()), strict=True))


#                          nob | con hea str | sup han acc man adm | out cli
PUBLIC = answers("         200 | 200 200 200 | 200 200 200 200 200 | 200 200")
METRICS = answers("        401 | 401 401 401 | 401 401 401 401 401 | 401 401")
SIGNED_IN = answers("      401 | 200 200 200 | 200 200 200 200 200 | 200 200")
SIGNED_IN_ADDS = answers(" 401 | 201 201 201 | 201 201 201 201 201 | 201 201")
NO_PERSON = answers("      401 | 403 403 403 | 403 403 403 403 403 | 403 403")
OF_THE_SCHOOL = answers("  401 | 200 200 404 | 200 200 200 200 200 | 404 200")
STAFF_READS = answers("    401 | 403 403 403 | 200 200 200 200 200 | 403 403")

ADMIN_ADDS = answers("     401 | 403 403 403 | 403 403 403 403 201 | 403 403")
MANAGER_ADDS = answers("   401 | 403 403 403 | 403 403 201 403 201 | 403 403")
ADMIN_EDITS = answers("    401 | 403 403 404 | 403 403 403 403 200 | 404 403")
MANAGER_EDITS = answers("  401 | 403 403 404 | 403 403 200 403 200 | 404 403")
