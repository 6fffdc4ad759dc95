"""Which authority supervises the sector of a building project. 保障农民工工资支付条例第七条."""

from agencies.models import Agency
from cases.models import Case
from cases.models.people import ProjectType

SUPERVISORS = {
    ProjectType.HOUSING: "housing",
    ProjectType.MUNICIPAL: "housing",
    ProjectType.ROAD: "transport",
    ProjectType.WATERWAY: "transport",
    ProjectType.WATER: "water",
}


def supervisor_of(case: Case) -> Agency | None:
    """The authority that supervises the project's sector; None without a project or for other sectors."""
    code = SUPERVISORS.get(ProjectType(case.project.type)) if case.project else None
    return Agency.objects.filter(code=code).first() if code else None
