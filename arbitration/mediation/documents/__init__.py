"""What each document of mediation says: finished values for the templates, one builder per kind.

Imported for its effect: the builders register themselves when the app starts.
"""

from arbitration.mediation.documents import after, intake, meeting
from documents import context

for _kind, _builder in (
    ("MD01", intake.application),
    ("MD02", intake.oral_application),
    ("MD03", intake.acceptance_notice),
    ("MD04", intake.refusal_notice),
    ("MD05", meeting.meeting_notice),
    ("MD06", meeting.minutes),
    ("MD07", meeting.agreement),
    ("MD08", meeting.failure_notice),
    ("MD09", after.review_request),
    ("MD10", after.review_accepted),
    ("MD11", after.mediation_paper),
    ("MD12", after.review_refused),
    ("MD13", after.confirmation_request),
    ("MD14", after.order_request),
    ("MD15", after.performance_record),
    ("MD16", after.contents),
    ("MD17", intake.withdrawal),
):
    context.register(_kind, _builder)
