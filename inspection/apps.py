"""Wage-arrears complaints."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionConfig(AppConfig):
    name = "inspection"
    verbose_name = _("欠薪投诉")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The time limits and the procedure of this app are known to the site.

        What takes in a matter from elsewhere needs the procedure itself, so it is put in here.
        """
        from dataclasses import replace

        from agencies import code_lists
        from calendars import catalogue
        from calendars.services import DateKeeper, after_change, keep_dates
        from cases import triggers
        from cases.workflow import registry
        from inspection import clues, deadlines, documents, lists, receiving, workflow  # noqa: F401  documents register their contents
        from inspection.clues import protection, recompute

        catalogue.register(deadlines.RULES)
        code_lists.register(*lists.LISTS)
        registry.register(replace(workflow.INSPECTION, on_referral=receiving.open_for))
        registry.register(clues.CLUE)
        triggers.include(sqlite=protection.SQLITE, postgres=protection.POSTGRES)
        after_change(recompute.after_calendar_change)
        keep_dates(DateKeeper(would_move=recompute.would_move, move=recompute.after_setting))
