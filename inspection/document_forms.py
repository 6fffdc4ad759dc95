"""What must be asked before a document is issued by hand."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import FactsForm, TextField
from cases.models import Party
from documents.catalogue import KINDS, Addressee
from documents.models import Document


class ReceiptForm(FactsForm):
    """The papers that were handed in, one a line; none leaves rows for the pen."""

    materials = TextField(
        label=_("收到的材料"),
        max_length=2000,
        required=False,
        help_text=_("一行一件，例如：工资条复印件3份"),
    )


class ProofOfServiceForm(FactsForm):
    """Which document the proof of service is for, and on whom it is served."""

    document = forms.ModelChoiceField(label=_("送达的文书"), queryset=Document.objects.none())
    party = forms.ModelChoiceField(label=_("受送达人"), queryset=Party.objects.none())

    def prepare(self) -> None:
        choices = {
            "document": served_documents(self.case),
            "party": self.case.parties.select_related("person", "employer"),
        }
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
            field.error_messages["required"] = _("还没选%(label)s") % {"label": field.label}


def served_documents(case: Any) -> QuerySet[Document]:
    """The valid documents of the case that somebody outside receives."""
    internal = [kind.id for kind in KINDS if kind.addressee == Addressee.INTERNAL]
    return Document.objects.valid().filter(case=case).exclude(kind__in=internal)
