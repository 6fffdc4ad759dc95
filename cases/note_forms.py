"""The remark 备注."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import TextField
from cases.services.notes import LONGEST


class NoteForm(forms.Form):
    use_required_attribute = False

    text = TextField(label=_("备注"), max_length=LONGEST)
