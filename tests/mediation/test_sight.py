"""Who reads what the sides offered each other, by hand, role by role: words that must stay are looked for."""

import pytest
from django.urls import reverse

from arbitration.mediation.models import Meeting, Round
from cases.models import TimelineEvent
from tests.inspection.situations import TODAY, moment
from tests.mediation.situations import LETTERS, mediation, staff, strangers, table, take
from tests.security.world import text_of

pytestmark = pytest.mark.django_db

WORKER, EMPLOYER, PROPOSED, RESULT, NOTE = "zqworkerqz", "zqunitqz", "zqplanqz", "zqresultqz", "zqnoteqz"
SECRETS = {WORKER, EMPLOYER, PROPOSED, RESULT, NOTE}
# Who finds the words: the mediator of the case and the head of the institute. Not another mediator, not the
# arbitrators who may have to decide, not window, clerk or chair, nobody above.
FINDS = {letter: SECRETS if letter in "ZY" else set() for letter in LETTERS}


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff()


@pytest.fixture
def negotiated(people):
    """A mediation with minutes, their paper, and a round of offers."""
    case = mediation(people)
    table(case, people["Z"], note=NOTE)
    return take(
        "record_meeting",
        case,
        people["Z"],
        people,
        worker_position=WORKER,
        employer_position=EMPLOYER,
        proposals=PROPOSED,
        result=RESULT,
    )


def addresses(case) -> list[str]:
    """Every page of the case, its documents' and its record's included."""
    names = ("detail", "preview", "people", "record", "files", "schedule", "related", "edit")
    pages = [reverse(f"cases:{name}", args=[case.public_id]) for name in names]
    pages.append(reverse("mediation:table", args=[case.public_id]))
    pages.append(reverse("documents:case", args=[case.public_id]))
    pages += [reverse(f"documents:{name}", args=[case.public_id, "MD06"]) for name in ("new", "preview")]
    return pages + [
        reverse(f"documents:{name}", args=[document.public_id])
        for document in case.documents.all()
        for name in ("show", "text")
    ]


def test_concessions_are_found_by_these_and_nobody_else(client, people, negotiated):
    found: dict[str, set[str]] = {}
    for letter, user in people.items():
        client.force_login(user)
        texts = [text_of(client.get(url)) for url in addresses(negotiated)]
        found[letter] = {word for word in SECRETS if any(word in text for text in texts)}

    assert found == FINDS


def test_table_and_minutes_do_not_exist_for_who_may_not_read_them(client, people, negotiated):
    minutes = negotiated.documents.get(kind="MD06")
    pages = [
        reverse("mediation:table", args=[negotiated.public_id]),
        reverse("documents:show", args=[minutes.public_id]),
        reverse("documents:text", args=[minutes.public_id]),
    ]
    answers = {}
    for letter, user in people.items():
        client.force_login(user)
        answers[letter] = {client.get(url).status_code for url in pages}

    assert answers == {letter: {200} if letter in "ZY" else {404} for letter in LETTERS}


def test_record_keeps_digests_of_what_was_said(negotiated):
    kept = str(
        [
            (event.facts, event.before, event.after, event.note)
            for event in TimelineEvent.objects.filter(case=negotiated)
        ]
    )

    assert [word for word in SECRETS if word in kept] == []
    assert kept.count("hmac:") == 4


def test_words_are_sealed_in_the_database(negotiated):
    rows = [*Meeting.objects.values(), *Round.objects.values()]
    stored = str([[getattr(value, "token", value) for value in row.values()] for row in rows])

    assert [word for word in SECRETS if word in stored] == []


def test_mediator_who_was_replaced_reads_no_more(client, people, negotiated):
    take("change_mediator", negotiated, people["Y"], people)
    address = reverse("mediation:table", args=[negotiated.public_id])
    seen = {}
    for letter in "ZM":
        client.force_login(people[letter])
        seen[letter] = client.get(address).status_code

    assert seen == {"Z": 404, "M": 200}


def test_nobody_else_knows_of_the_case(client, people, negotiated):
    tried = addresses(negotiated)
    for name, user in strangers().items():
        client.force_login(user)
        assert {client.get(url).status_code for url in tried} == {404}, name
