from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("案件")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agencies import code_lists, people
        from calendars import catalogue
        from calendars.services import DateKeeper, after_change, keep_dates
        from cases import checks, duties, recompute, referral_deadlines, triggers  # noqa: F401  checks register themselves
        from cases.models.people import PROJECT_TYPE

        triggers.connect()
        catalogue.register(referral_deadlines.RULES)
        after_change(recompute.after_calendar_change)
        keep_dates(DateKeeper(would_move=recompute.would_move, move=recompute.after_setting))
        people.counts_duties(duties.open_duties)
        code_lists.register(PROJECT_TYPE)
