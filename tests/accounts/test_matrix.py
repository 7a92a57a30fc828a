"""The permission matrix, typed from the ministry's table (not from the code), with what docs/adr/0003 changed.

C create, R read, U update, S submit, V verify or return, A approve, M merge, X export.
"""

import pytest

from accounts import roles
from accounts.choices import RoleCode

COLUMNS = [
    RoleCode.ADMINISTRATOR,
    RoleCode.PROGRAMME_STAFF,
    RoleCode.LEADER,
    RoleCode.PROVINCE_OFFICER,
    RoleCode.REGENCY_OFFICER,
    RoleCode.CENTRE_MANAGER,
    RoleCode.API_CLIENT,
]

# One line per entity; the columns stand in the order above.
MATRIX = {
    "regions.region": "CRUX RX R R R R R",
    "centres.referencestatistic": "CRUX RUX R R R R R",
    "programs.ruleset": "CRUX CRUX R R R R R",
    "accounts.office": "CRU R R R R - -",
    "accounts.user": "CRU CR R R R - -",
    "centres.centre": "CRUAMX CRUAMX R CRVX CRUSX RUS R",
    "centres.centrefacility": "R CRUAX R RV CRUS RU R",
    "centres.equipment": "R CRUAX R RV CRUS RU R",
    "centres.centreservice": "R CRUAX R RV CRUS RU R",
    "centres.operationreport": "R CRUAX RX RV CRUV CRUS -",
    "centres.member": "RM CRUAMX R RVMX CRUSX RUS R",
    "centres.membersnapshot": "R CRUAX R RVX CRUSX R -",
    "centres.certification": "RM CRUAMX R RVMX CRUSX RUS R",
    "centres.membermotif": "RM CRUDX R RVMX CRUSX RUS R",
    "centres.motif": "CRUX CRUAX R RV CRUS R R",
    "centres.partnership": "CRUAMX CRUAMX R CRVX CRUSX RUS R",
    "centres.partnershipmember": "CRUAMX CRUDX R CRVX CRUSX RUS R",
    "centres.datedfact": "CRUAMX CRUAMX R CRVX CRUSX RUS R",
    "centres.attachment": "CRD CRD R CR CR CR -",
    "submissions.submission": "RVAX RVAX R CRSVX CRUSVX CRUS -",
    "submissions.proposedchange": "RVAX RVAX R CRSVX CRUSVX CRUS -",
    "submissions.proposedfield": "RVAX RVAX R CRSVX CRUSVX CRUS -",
    "submissions.step": "RVAX RVAX R CRSVX CRUSVX CRUS -",
    "programs.allocation": "CRUX CRUAX RX RVX CRUSX R R",
    "programs.contract": "R CRUAX RX RV CRUS R -",
    "programs.disbursement": "R CRUAX RX RV CRUS R -",
    "programs.progressreport": "R CRUVAX RX RV CRUS CRU -",
    "programs.event": "CRUX CRUAX R CRUSVX CRUSX CRS R",
    "programs.organisation": "CRUX CRUAX R CRUSVX CRUSX CRS R",
    "programs.eventfunding": "CRUX CRUAX R CRUSVX CRUSX CRS R",
    "programs.participation": "R CRUAX R RV CRUS CRU -",
    "programs.attendance": "R CRUAX R RV CRUS CRU -",
    "programs.order": "R CRUAX R RV CRUS CRU -",
    "programs.curation": "R CRUAX R CRUS CRUS R -",
    "changes.change": "R R R R R R R",
    "changes.personalread": "R R R - - - -",
}

LETTERS = {
    "C": "create",
    "R": "read",
    "U": "update",
    "D": "delete",
    "S": "submit",
    "V": "verify",
    "A": "approve",
    "M": "merge",
    "X": "export",
}

CELLS = [
    (role, entity, letters)
    for entity, row in MATRIX.items()
    for role, letters in zip(COLUMNS, row.split(), strict=True)
]


@pytest.mark.parametrize(("role", "entity", "letters"), CELLS)
def test_role_may_do_exactly_what_the_matrix_says(role, entity, letters):
    expected = {LETTERS[letter] for letter in letters if letter != "-"}

    personal = {"personal", "unmask", "contact"}
    assert {str(verb) for verb in roles.of(role).verbs_on(entity)} - personal == expected


# Fields of sort D and X. The administrator's way is break-glass: masked, uncovered with a reason, logged.
PERSONAL = {
    RoleCode.ADMINISTRATOR: "unmask",
    RoleCode.PROGRAMME_STAFF: "unmask",
    RoleCode.LEADER: None,
    RoleCode.PROVINCE_OFFICER: "unmask",
    RoleCode.REGENCY_OFFICER: "clear",
    RoleCode.CENTRE_MANAGER: "contact",
    RoleCode.API_CLIENT: None,
}


@pytest.mark.parametrize(("role", "way"), PERSONAL.items())
def test_personal_data_of_members_is_read_only_in_the_way_of_the_matrix(role, way):
    may = roles.of(role)

    assert may.read_personal("centres.member") is (way == "clear")
    assert may.unmask("centres.member") is (way == "unmask")
    assert may.read_contact("centres.member") is (way in ("clear", "contact"))


DIRECT_WRITERS = {RoleCode.ADMINISTRATOR, RoleCode.PROGRAMME_STAFF}


@pytest.mark.parametrize("role", COLUMNS)
def test_only_the_ministry_writes_the_registry_itself(role):
    may = roles.of(role)

    for entity in MATRIX:
        app, model = entity.split(".")
        writes = [may.allows_django(f"{app}.{verb}_{model}") for verb in ("add", "change", "delete")]
        assert role in DIRECT_WRITERS or not any(writes)
        assert role not in DIRECT_WRITERS or not may.propose(entity)


def test_programme_staff_edit_what_the_issue_asks_for():
    may = roles.of(RoleCode.PROGRAMME_STAFF)

    for model in ("centre", "centrefacility", "equipment", "centreservice", "member", "membership", "certification"):
        assert may.allows_django(f"centres.add_{model}")
        assert may.allows_django(f"centres.change_{model}")
        assert may.approve(f"centres.{model}")


def test_leader_reads_everything_and_writes_nothing():
    may = roles.of(RoleCode.LEADER)

    for entity in MATRIX:
        app, model = entity.split(".")
        assert may.allows_django(f"{app}.view_{model}")
        assert may.verbs_on(entity) <= {"read", "export"}


@pytest.mark.parametrize("role", COLUMNS)
def test_what_the_matrix_does_not_name_is_closed(role):
    may = roles.of(role)

    assert not may.verbs_on("centres.secret")
    assert not may.allows_django("auth.view_group")
    assert not may.allows_django("centres.publish_centre")
    assert not may.allows_django("nonsense")


APPOINTS = {
    RoleCode.ADMINISTRATOR: set(COLUMNS),
    RoleCode.PROGRAMME_STAFF: {RoleCode.PROVINCE_OFFICER},
    RoleCode.LEADER: set(),
    RoleCode.PROVINCE_OFFICER: {RoleCode.REGENCY_OFFICER},
    RoleCode.REGENCY_OFFICER: {RoleCode.CENTRE_MANAGER},
    RoleCode.CENTRE_MANAGER: set(),
    RoleCode.API_CLIENT: set(),
}


@pytest.mark.parametrize("role", COLUMNS)
def test_each_role_opens_accounts_only_one_step_down(role):
    assert {other for other in COLUMNS if roles.of(role).appoint(other)} == APPOINTS[role]


def test_only_ministry_roles_enter_the_admin_and_reach_everywhere():
    ministry = {RoleCode.ADMINISTRATOR, RoleCode.PROGRAMME_STAFF, RoleCode.LEADER}

    assert {role for role in COLUMNS if roles.of(role).enters_admin} == ministry
    assert {role for role in COLUMNS if roles.of(role).reaches_everywhere} == ministry


def test_whoever_uncovers_personal_data_needs_a_second_factor():
    for role in COLUMNS:
        may = roles.of(role)
        if may.unmask("centres.member") or may.enters_admin:
            assert may.needs_second_factor
