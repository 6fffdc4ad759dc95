"""送达回证: which paper, on whom; filled in as far as service is on record, the rest left for pen and seal."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import FactsForm
from cases.models import Party
from documents.catalogue import KINDS, Addressee
from documents.context import Matter, required
from documents.models import Document, ServiceRecord
from documents.wording import NOTHING, cn_date


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


def proof_of_service(matter: Matter) -> dict[str, Any]:
    """What the form says; the template names the matter in dispute."""
    document: Document = required(matter.fact("document"), _("还没选送达的文书"))
    party: Party = required(matter.fact("party"), _("还没选受送达人"))
    record = ServiceRecord.objects.filter(document=document, party=party, superseded_at=None).first()
    known = party.employer or party.person
    return {
        "served": {
            "title": document.title,
            "number": document.number,
            "issued_on": cn_date(document.issued_on),
        },
        "party": party.name,
        "address": known.address if known is not None else NOTHING,
        "methods": [
            {"label": str(label), "is_used": record is not None and record.method == value}
            for value, label in ServiceRecord.Method.choices
        ],
        "record": _served(record),
    }


def _served(record: ServiceRecord | None) -> dict[str, str]:
    if record is None:
        return {"on": "", "receiver": "", "proof": ""}
    return {"on": cn_date(record.served_on), "receiver": record.receiver, "proof": record.proof}
