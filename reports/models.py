"""Which definition of the closure rate is reported, and who chose it when and why."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User


class DefinitionChoice(models.Model):
    """One change of the definition in use; the newest counts. Rows are added and never changed."""

    position = models.PositiveIntegerField(unique=True, editable=False)
    old = models.CharField(_("原口径"), max_length=8)
    new = models.CharField(_("现口径"), max_length=8)
    reason = models.CharField(_("理由"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("更改人"))
    at = models.DateTimeField(_("更改时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("报送口径的更改")
        ordering = ["-position"]
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("new")), name="definition_choice_changes"),
            models.CheckConstraint(condition=~Q(reason=""), name="definition_choice_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.old}→{self.new}"
