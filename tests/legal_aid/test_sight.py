"""Who reads what of a legal-aid case, by hand, role by role: words that must not leave the centre are looked for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import TimelineEvent
from documents.services import issue_by_hand
from tests.cases.material import pdf
from tests.inspection.situations import TODAY, moment, new_key
from tests.legal_aid.situations import application, fresh, means, rate, staff, strangers, take
from tests.security.world import text_of

pytestmark = pytest.mark.django_db

MEANS, OPINION, REASON, OBJECTION = "zqmeansqz", "zqopinionqz", "zqreasonqz", "zqobjectionqz"
SECRETS = (MEANS, OPINION, REASON, OBJECTION)

# Who finds which of the words: the centre all, the bureau that reviews all but the means, everybody else none.
FINDS = {
    "K": set(SECRETS),
    "U": set(SECRETS),
    "M": set(SECRETS),
    "S": {OPINION, REASON, OBJECTION},
    "N": set(),
    "G": set(),
}


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("KUMNSG")


@pytest.fixture
def refused(people):
    """A refused application with an objection, whose secrets stand in statement, review, documents and record."""
    case = application(people, "UNDER_REVIEW", migrant=False, details={"matter": "31-5r"})
    rate("hardship", 1200, by=people["M"])
    means(case, income_fen=900_000, income_note=MEANS)
    case = take("record_review", case, people["U"], is_entitled="yes", opinion=OPINION)
    case = take("refuse", case, people["M"], ground="not_hard_up", reason=REASON)
    issue_by_hand(case=case, kind="LD02", by=people["U"], version=case.version, key=new_key())
    return take("object", fresh(case), people["K"], arrived_on="今天", reason=OBJECTION)


def addresses(case) -> list[str]:
    """Every page of the case, its documents' and its record's included."""
    names = ("detail", "preview", "people", "record", "files", "schedule", "related")
    pages = [reverse(f"cases:{name}", args=[case.public_id]) for name in names]
    pages += [reverse(f"legal_aid:{name}", args=[case.public_id]) for name in ("means", "assignment")]
    pages += [reverse("documents:case", args=[case.public_id])]
    pages += [
        reverse(f"documents:{name}", args=[document.public_id])
        for document in case.documents.all()
        for name in ("show", "text")
    ]
    return pages


def test_secrets_are_found_by_these_and_nobody_else(client, people, refused):
    found: dict[str, set[str]] = {}
    for letter, user in people.items():
        client.force_login(user)
        texts = [text_of(client.get(url)) for url in addresses(refused)]
        found[letter] = {word for word in SECRETS if any(word in text for text in texts)}

    assert found == FINDS


def test_record_keeps_digests_of_what_is_secret(refused):
    kept = [
        (event.facts, event.before, event.after, event.note)
        for event in TimelineEvent.objects.filter(case=refused)
    ]

    assert [word for word in SECRETS if word in str(kept)] == []
    assert sum(str(facts).count("hmac:") for facts, *_rest in kept) == 4


def test_documents_of_the_decision_do_not_exist_for_who_may_not_read_them(client, people, refused):
    by_kind = {document.kind: document for document in refused.documents.all()}
    expected = {
        "K": {"LD02": 200, "LD05": 200, "LD07": 200},
        "S": {"LD02": 404, "LD05": 200, "LD07": 200},
        "G": {"LD02": 404, "LD05": 404, "LD07": 404},
        "N": {"LD02": 404, "LD05": 404, "LD07": 404},
    }
    answers: dict[str, dict[str, int]] = {}
    for letter in expected:
        client.force_login(people[letter])
        answers[letter] = {
            kind: client.get(reverse("documents:show", args=[by_kind[kind].public_id])).status_code
            for kind in ("LD02", "LD05", "LD07")
        }

    assert answers == expected


def test_nobody_else_knows_of_the_case(client, people, refused):
    tried = addresses(refused)
    for name, user in strangers().items():
        client.force_login(user)
        assert {client.get(url).status_code for url in tried} == {404}, name


def test_leader_sees_the_case_and_its_state(client, people, refused):
    client.force_login(people["G"])
    page = client.get(refused.get_absolute_url())

    assert (page.status_code, "异议审查" in page.content.decode()) == (200, True)


def test_proof_of_means_is_read_at_the_centre_alone_and_nameless_in_the_record(client, people):
    """Neither the bureau above nor the district's leader finds the file, its bytes, or its name in the record."""
    case = application(people, "UNDER_REVIEW")
    client.force_login(people["U"])
    given = {"kind": "means", "made": "copy", "key": new_key(), "files": file_named(MEANS)}
    assert client.post(reverse("cases:files", args=[case.public_id]), given).status_code == 302
    proof = case.attachments.get()
    names = ("file", "file_page", "file_inline")
    urls = [reverse(f"cases:{name}", args=[case.public_id, proof.public_id]) for name in names]

    answers = {}
    for letter in "UMKSG":
        client.force_login(people[letter])
        pages = [text_of(client.get(url)) for url in addresses(case)]
        answers[letter] = (
            {client.get(url).status_code for url in urls},
            any(MEANS in text for text in pages),
        )

    assert answers == dict.fromkeys("UMK", ({200}, True)) | dict.fromkeys("SG", ({404}, False))
    assert MEANS not in str(list(case.timeline.values_list("note", "facts")))


def file_named(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", pdf(), "application/pdf")
