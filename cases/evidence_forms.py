"""What is filled in when material is handed in or removed."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms import ChosenField, SpokenCharField
from cases.models import AttachmentKind

# Phones turn their own format into JPG when the kinds are named like this.
ACCEPTED = "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; what is wrong with one of them is said when it is taken in, not here."""

    widget = FilesInput(attrs={"accept": ACCEPTED})

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        files = [file for file in value or [] if file]
        if not files:
            raise ValidationError(_("还没选要上传的文件"))
        most = settings.EVIDENCE_FILES_PER_REQUEST
        if len(files) > most:
            raise ValidationError(
                _("一次最多传%(most)d个文件，这次选了%(n)d个，分几次传"),
                params={"most": most, "n": len(files)},
            )
        return files


class EvidenceForm(forms.Form):
    """Files of one kind."""

    use_required_attribute = False
    MADE = (("original", _("原件")), ("copy", _("复印件")))

    files = FilesField(label=_("文件"))
    kind = ChosenField(label=_("材料种类"), choices=[("", _("选一种")), *AttachmentKind.choices])
    made = ChosenField(label=_("交来的是"), choices=MADE, initial="copy", widget=forms.RadioSelect)
    source = SpokenCharField(
        label=_("来源"), max_length=100, required=False, error_messages={"max_length": _("来源最多写100个字")}
    )

    @property
    def is_original(self) -> bool:
        return self.cleaned_data["made"] == "original"


class RemovalForm(forms.Form):
    """Why a piece of material is removed."""

    use_required_attribute = False
    reason = SpokenCharField(
        label=_("删除理由"), max_length=200, error_messages={"max_length": _("删除理由最多写200个字")}
    )
