"""What a role is: verbs on entities, and the questions that the rest of the registry asks."""

from enum import StrEnum
from typing import Any, ClassVar

from accounts.choices import OfficeLevel, RoleCode


class Verb(StrEnum):
    READ = "read"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    SUBMIT = "submit"  # send a proposal or a report on its way
    VERIFY = "verify"  # check and pass on, or return
    APPROVE = "approve"
    MERGE = "merge"  # make one of two records
    EXPORT = "export"
    PERSONAL = "personal"  # read personal data in clear
    UNMASK = "unmask"  # see personal data masked, uncover it with a reason, which is logged
    CONTACT = "contact"  # of personal data only name and phone


#: What hangs on a record follows the record.
PART_OF = {
    "accounts.officename": "accounts.office",
    "accounts.officehead": "accounts.office",
    "regions.regionalias": "regions.region",
    "regions.regionedition": "regions.region",
    "centres.centrealias": "centres.centre",
    "centres.datedfact": "centres.centre",
    "centres.partnership": "centres.centre",
    "centres.partnershipmember": "centres.centre",
    "centres.equipment": "centres.centrefacility",
    "centres.centreservice": "centres.centrefacility",
    "centres.centreprocedure": "centres.centrefacility",
    "centres.membership": "centres.member",
    "centres.membermotif": "centres.member",
    "centres.certification": "centres.member",
    "centres.rule": "centres.referencestatistic",
    "centres.industrycode": "centres.referencestatistic",
    "programs.allocationcentre": "programs.allocation",
    "programs.allocationdocument": "programs.allocation",
    "programs.activity": "programs.allocation",
    "programs.step": "programs.allocation",
    "programs.contractaddendum": "programs.contract",
    "programs.disbursement": "programs.contract",
    "programs.externalamount": "programs.contract",
    "programs.reportedproblem": "programs.progressreport",
    "programs.handover": "programs.contract",
    "programs.residual": "programs.contract",
    "programs.rulestage": "programs.ruleset",
    "programs.stagecondition": "programs.ruleset",
    "programs.stagedeadline": "programs.ruleset",
    "programs.reportdue": "programs.ruleset",
    "programs.indicator": "centres.referencestatistic",  # no rows of its own: figures, as the published ones are
    "programs.organisation": "programs.event",
    "programs.venue": "programs.event",
    "programs.eventfunding": "programs.event",
    "programs.attendance": "programs.participation",
    "programs.order": "programs.participation",
    "submissions.proposedchange": "submissions.submission",
    "submissions.proposedfield": "submissions.submission",
    "submissions.step": "submissions.submission",
}

DJANGO_VERBS = {"view": Verb.READ, "add": Verb.CREATE, "change": Verb.UPDATE, "delete": Verb.DELETE}


def label_of(entity: Any) -> str:
    """The label of a model, of one of its rows, or the label itself."""
    return entity.lower() if isinstance(entity, str) else str(entity._meta.label_lower)


class Role:
    """What somebody may do. Read a class below as prose; ask an object as in `user.may.export("centres.member")`."""

    code: ClassVar[RoleCode]
    #: The levels of office that this role belongs to; the office's region is the reach.
    office_levels: ClassVar[frozenset[OfficeLevel]] = frozenset(OfficeLevel)
    needs_office: ClassVar[bool] = True
    reaches_everywhere: ClassVar[bool] = False
    is_bound_to_centres: ClassVar[bool] = False
    enters_admin: ClassVar[bool] = False
    #: Works in the officers' portal.
    enters_portal: ClassVar[bool] = False
    #: The ministry writes the registry itself; everybody else proposes.
    writes_directly: ClassVar[bool] = False
    #: Fields that are restricted to government users.
    reads_restricted: ClassVar[bool] = True
    needs_second_factor: ClassVar[bool] = False
    #: The roles for which this role opens accounts, within its region.
    appoints: ClassVar[frozenset[RoleCode]] = frozenset()
    duties: ClassVar[dict[str, str]] = {}

    def __init__(self) -> None:
        self._verbs = {entity: frozenset(map(Verb, verbs.split())) for entity, verbs in self.duties.items()}

    def verbs_on(self, entity: Any) -> frozenset[Verb]:
        label = label_of(entity)
        return self._verbs.get(label, self._verbs.get(PART_OF.get(label, label), frozenset()))

    def read(self, entity: Any) -> bool:
        return Verb.READ in self.verbs_on(entity)

    def create(self, entity: Any) -> bool:
        """Write a new row of the registry itself."""
        return self.writes_directly and Verb.CREATE in self.verbs_on(entity)

    def update(self, entity: Any) -> bool:
        """Write an existing row of the registry itself."""
        return self.writes_directly and Verb.UPDATE in self.verbs_on(entity)

    def delete(self, entity: Any) -> bool:
        return self.writes_directly and Verb.DELETE in self.verbs_on(entity)

    def propose(self, entity: Any) -> bool:
        """Propose anything at all about this entity."""
        return self.propose_new(entity) or self.propose_change(entity)

    def propose_new(self, entity: Any) -> bool:
        return not self.writes_directly and Verb.CREATE in self.verbs_on(entity)

    def propose_change(self, entity: Any) -> bool:
        return not self.writes_directly and Verb.UPDATE in self.verbs_on(entity)

    def submit(self, entity: Any) -> bool:
        return Verb.SUBMIT in self.verbs_on(entity)

    def verify(self, entity: Any) -> bool:
        return Verb.VERIFY in self.verbs_on(entity)

    def approve(self, entity: Any) -> bool:
        return Verb.APPROVE in self.verbs_on(entity)

    def merge(self, entity: Any) -> bool:
        return Verb.MERGE in self.verbs_on(entity)

    def export(self, entity: Any) -> bool:
        return Verb.EXPORT in self.verbs_on(entity)

    def read_personal(self, entity: Any) -> bool:
        """Personal fields in clear; whoever may not sees them masked or not at all."""
        return Verb.PERSONAL in self.verbs_on(entity)

    def unmask(self, entity: Any) -> bool:
        """Personal fields are masked, and may be uncovered one by one with a reason."""
        return Verb.UNMASK in self.verbs_on(entity)

    def read_contact(self, entity: Any) -> bool:
        """Of the personal fields at least name and phone."""
        return bool({Verb.CONTACT, Verb.PERSONAL} & self.verbs_on(entity))

    def appoint(self, role: str) -> bool:
        return role in self.appoints

    def allows_django(self, permission: str) -> bool:
        """Django's question, such as "centres.change_centre"; writing is only for who writes the registry itself."""
        app, _dot, codename = permission.partition(".")
        action, _dash, model = codename.partition("_")
        verb, entity = DJANGO_VERBS.get(action), f"{app}.{model}"
        if verb is None or verb not in self.verbs_on(entity):
            return False
        return verb is Verb.READ or self.writes_directly

    def enters_app(self, app_label: str) -> bool:
        return any(entity.startswith(f"{app_label}.") and self.read(entity) for entity in self._verbs)
