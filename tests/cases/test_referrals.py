"""A matter that goes to another agency: offered, taken, returned with its rule, ruled upon, reported, revoked."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agencies.models import Agency
from cases import clocks, policies
from cases import referral_deadlines as d
from cases.models import Case, CaseShare, Referral, ReferralState
from cases.services import referrals
from cases.workflow.table import StepRefused
from tests.inspection.situations import DAY, TODAY, complaint, fresh, moment, staff
from tests.people import make_users

pytestmark = pytest.mark.django_db
RULE = "《保障农民工工资支付条例》第七条第二款"


@pytest.fixture
def people(db, time_machine):
    time_machine.move_to(moment(TODAY), tick=True)
    others = {
        "housing": ("housing", "liaison", {}),
        "water": ("water", "liaison", {}),
        "deputy": ("hrss", "deputy_head", {}),
        "lawyer": ("aid", "aid_lawyer", {}),
    }
    return {**make_users(others), "window": staff("W")["W"]}


@pytest.fixture
def case(people) -> Case:
    return registered(people)


def registered(people) -> Case:
    return complaint({"W": people["window"]})


def key() -> str:
    return uuid.uuid4().hex


def entry(case, receiver="housing", kind=""):
    return referrals.Offer(
        receiver=Agency.objects.get(code=receiver),
        kind=kind,
        people=tuple(case.parties.filter(role="worker")),
        reason="工程款纠纷，属于行业主管部门职责",
        basis=RULE,
        told_on=TODAY,
        told_how="当面告知，同意",
    )


def offer(case, people, **where) -> Referral:
    referrals.offer(
        case=case, by=people["window"], version=fresh(case).version, key=key(), entry=entry(case, **where)
    )
    return Referral.objects.get()


def clock(case, rule):
    return clocks.running(fresh(case), rule)


def now(referral) -> ReferralState:
    return Referral.objects.get(pk=referral.pk).state


def turn_back(referral, people):
    referrals.turn_back(
        referral=referral, by=people["housing"], key=key(), return_rule=RULE, reason="不是房屋建筑工程"
    )


# Who sees what, when


def test_offer_gives_the_receiver_the_card_and_not_the_case(case, people):
    referral = offer(case, people)

    assert list(Referral.objects.visible_to(people["housing"])) == [referral]
    assert not policies.can_see(people["housing"], fresh(case))
    assert list(Referral.objects.visible_to(people["water"])) == []
    assert list(Referral.objects.visible_to(people["lawyer"])) == []


def test_accepting_shares_reporting_ends_the_acting_revoking_ends_the_sight(case, people):
    referral = offer(case, people)
    referrals.accept(referral=referral, by=people["housing"], key=key())
    assert policies.can_see(people["housing"], fresh(case))
    assert CaseShare.objects.get(case=case).may_act

    referrals.report_back(referral=referral, by=people["housing"], key=key(), result="已督促拨付")
    assert policies.can_see(people["housing"], fresh(case))
    assert not CaseShare.objects.get(case=case).may_act
    assert now(referral) == ReferralState.DONE


def test_revoked_after_acceptance_is_gone_for_the_receiver(case, people):
    referral = offer(case, people)
    referrals.accept(referral=referral, by=people["housing"], key=key())
    referrals.revoke(referral=referral, by=people["window"], key=key(), reason="改由本支队办理")

    assert not policies.can_see(people["housing"], fresh(case))
    assert list(Referral.objects.visible_to(people["housing"])) == []
    assert clock(case, d.REPORT_BACK) is None


@pytest.mark.parametrize("who", ["water", "window", "deputy", "lawyer"])
def test_only_the_receiver_takes_it_in(case, people, who):
    referral = offer(case, people)

    with pytest.raises((PermissionDenied, Case.DoesNotExist)):
        referrals.accept(referral=referral, by=people[who], key=key())

    assert now(referral) == ReferralState.OFFERED


def test_only_who_deals_with_the_case_passes_it_on(case, people):
    for who in ("housing", "deputy"):
        with pytest.raises((PermissionDenied, Case.DoesNotExist)):
            referrals.offer(case=case, by=people[who], version=case.version, key=key(), entry=entry(case))
    assert not Referral.objects.exists()


# Clocks


def test_each_side_has_its_days_and_the_district_counts_from_its_first_receipt(case, people):
    referral = offer(case, people)
    taken_in, district = clock(case, d.TAKE_IN), clock(case, d.DISTRICT_PLACES)
    assert (taken_in.started_on, district.started_on) == (TODAY, case.received_on)

    turn_back(referral, people)
    assert clock(case, d.TAKE_IN) is None
    assert clock(case, d.ANSWER_RETURN) is not None

    referrals.resend(referral=referral, by=people["window"], key=key(), answer="是市政工程")
    assert clock(case, d.ANSWER_RETURN) is None
    assert clock(case, d.DISTRICT_PLACES).pk == district.pk

    referrals.accept(referral=referral, by=people["housing"], key=key())
    assert clock(case, d.DISTRICT_PLACES) is None
    assert clock(case, d.REPORT_BACK).started_on == TODAY


def test_clocks_of_a_matter_outlive_the_case_it_came_from(case, people):
    offer(case, people)

    clocks.end_all(fresh(case), TODAY)

    assert clock(case, d.TAKE_IN) is not None


def test_received_day_of_the_district_goes_along(case, people):
    referral = offer(case, people)
    Referral.objects.filter(pk=referral.pk).update(received_on=date(2026, 1, 5))
    other = registered(people)
    referral.refresh_from_db()
    referral.accepted_by, referral.accepted_at, referral.opened = people["housing"], referral.sent_at, other
    referral.save()

    assert referrals.district_received_on(other) == date(2026, 1, 5)


# Returns and the ruling


def test_second_return_waits_for_the_bureau_and_its_ruling_binds(case, people):
    referral = offer(case, people)
    turn_back(referral, people)
    assert now(referral) == ReferralState.RETURNED
    referrals.resend(referral=referral, by=people["window"], key=key(), answer="是市政工程")
    turn_back(referral, people)
    assert now(referral) == ReferralState.DISPUTED
    assert referral in Referral.objects.visible_to(people["deputy"])

    referrals.rule(
        referral=referral, by=people["deputy"], key=key(), verdict=referrals.BINDING, ruling="市政工程归住建"
    )
    assert now(referral) == ReferralState.OFFERED
    with pytest.raises(StepRefused, match="已经裁定由你单位办理"):
        turn_back(referral, people)


def test_ruling_against_the_sender_brings_the_matter_back(case, people):
    referral = offer(case, people)
    turn_back(referral, people)
    referrals.resend(referral=referral, by=people["window"], key=key(), answer="是市政工程")
    turn_back(referral, people)

    referrals.rule(
        referral=referral, by=people["deputy"], key=key(), verdict=referrals.DROPPED, ruling="由监察支队办理"
    )

    assert now(referral) == ReferralState.REVOKED
    assert [clock(case, rule) for rule in d.RULES] == [None] * 5


def test_ruling_is_shown_at_the_next_offer(client, case, people):
    test_second_return_waits_for_the_bureau_and_its_ruling_binds(case, people)
    client.force_login(people["window"])

    page = client.get(reverse("documents:refer", args=[case.public_id])).content.decode()

    assert "市政工程归住建" in page


def test_same_matter_is_not_offered_twice_while_it_is_open(case, people):
    offer(case, people)

    with pytest.raises(StepRefused, match="对方还没办完"):
        referrals.offer(
            case=case, by=people["window"], version=fresh(case).version, key=key(), entry=entry(case)
        )
    assert Referral.objects.count() == 1


def test_same_key_is_the_same_referral(case, people):
    call = {"case": case, "by": people["window"], "version": case.version, "key": key(), "entry": entry(case)}

    first, second = referrals.offer(**call), referrals.offer(**call)

    assert first.pk == second.pk
    assert Referral.objects.count() == 1


def test_act_that_came_too_late_changes_nothing(case, people):
    referral = offer(case, people)
    referrals.revoke(referral=referral, by=people["window"], key=key(), reason="重复")

    with pytest.raises(StepRefused, match="现在是“已收回”"):
        referrals.accept(referral=referral, by=people["housing"], key=key())


# Pages


def form(case, **changes):
    workers = [str(party.pk) for party in case.parties.filter(role="worker")]
    return {
        "version": str(fresh(case).version),
        "key": key(),
        "receiver": "housing:",
        "people": workers,
        "reason": "工程款纠纷",
        "basis": RULE,
        "told_on": "今天",
        "told_how": "当面",
        **changes,
    }


def test_offer_issues_both_letters(client, case, people):
    client.force_login(people["window"])

    answer = client.post(reverse("documents:refer", args=[case.public_id]), form(case))

    assert answer.status_code == 302
    letters = {document.kind: document.html for document in case.documents.all()}
    assert set(letters) == {"RF01", "RF02"}
    worker = case.parties.get(role="worker").name
    assert worker in letters["RF02"]
    assert "区住房城乡建委" in letters["RF02"] or "住房" in letters["RF02"]


def test_letters_are_previewed_together_and_nothing_is_kept(client, case, people):
    client.force_login(people["window"])

    sheet = client.post(reverse("documents:refer_letters", args=[case.public_id]), form(case))

    text = sheet.content.decode()
    assert sheet.status_code == 200
    assert "转办（移送）函" in text
    assert "转办告知书" in text
    assert not case.documents.exists()
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"basis": "工资条例"}, "依据要写明是哪份文件的第几条"),
        ({"people": []}, "还没选随同转交的人"),
        ({"receiver": "court:"}, "转给里没有这一项"),
        ({"told_on": "2099-01-01"}, "离今天太远"),
        ({"reason": ""}, "还没填转办理由"),
    ],
)
def test_bad_offer_says_what_is_wrong_and_keeps_what_was_typed(client, case, people, wrong, sentence):
    client.force_login(people["window"])

    answer = client.post(reverse("documents:refer", args=[case.public_id]), form(case, **wrong))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "当面" in page
    assert not Referral.objects.exists()


def test_receiver_works_on_its_page(client, case, people):
    referral = offer(case, people)
    client.force_login(people["housing"])
    url = referral.get_absolute_url()
    card = client.get(url).content.decode()
    assert case.number in card
    assert case.parties.get(role="worker").name not in card

    bad = client.post(
        url, {"act": "return", "state": "offered", "key": key(), "return_rule": "x", "reason": "不是"}
    )
    assert bad.status_code == 422
    assert "要写明是哪份文件的第几条" in bad.content.decode()
    done = client.post(url, {"act": "accept", "state": "offered", "key": key()})
    assert done.status_code == 302
    stale = client.post(
        url, {"act": "return", "state": "offered", "key": key(), "return_rule": RULE, "reason": "手误"}
    )
    assert stale.status_code == 409
    assert "现在是“已接收，办理中”" in stale.content.decode()
    assert now(referral) == ReferralState.ACCEPTED


def test_list_and_desk_say_what_waits(client, case, people):
    offer(case, people)
    client.force_login(people["housing"])

    waiting = client.get(reverse("cases:referrals"))
    home = client.get(reverse("cases:home")).content.decode()

    assert [row.case_id for row in waiting.context["rows"]] == [case.pk]
    assert "转办待处理" in home


def test_list_asks_the_same_number_of_queries_for_any_length(
    client, case, people, django_assert_max_num_queries
):
    offer(case, people)
    client.force_login(people["housing"])
    client.get(reverse("cases:referrals"))
    with django_assert_max_num_queries(40) as one:
        client.get(reverse("cases:referrals"))
    for _each in range(4):
        other = registered(people)
        referrals.offer(case=other, by=people["window"], version=other.version, key=key(), entry=entry(other))

    with django_assert_max_num_queries(len(one)):
        client.get(reverse("cases:referrals"))


# Back to inspection


def test_inspection_opens_a_complaint_for_what_comes_from_elsewhere(case, people):
    referral = offer(case, people)
    receiver = Agency.objects.get(code="inspection")
    Referral.objects.filter(pk=referral.pk).update(receiver=receiver, kind="inspection")
    referral.refresh_from_db()

    referrals.accept(referral=referral, by=people["window"], key=key())

    referral.refresh_from_db()
    opened, worker = referral.opened, case.parties.get(role="worker")
    copied = opened.parties.get(role="worker")
    assert (opened.kind, opened.state, opened.respondent_name) == (
        "inspection",
        "REGISTERED",
        case.respondent_name,
    )
    assert copied.name == worker.name
    assert [c.owed_fen for c in copied.claims.all()] == [sum(c.owed_fen for c in worker.claims.all())]


@pytest.mark.parametrize(
    ("kind", "role", "state"),
    [("arbitration", "clerk", "RECEIVED"), ("mediation", "mediator", "SEEKING_CONSENT")],
)
def test_institute_opens_a_dispute_with_nothing_typed_again(client, people, kind, role, state):
    case = complaint({"W": people["window"]}, workers=3)
    referral = offer(case, people, receiver="arb", kind=kind)
    receiver = make_users({role: ("arb", role, {})})[role]
    client.force_login(receiver)

    answer = client.post(
        referral.get_absolute_url(), {"act": "accept", "state": "offered", "key": key()}, follow=True
    )

    referral.refresh_from_db()
    opened = referral.opened
    assert answer.status_code == 200
    assert (opened.kind, opened.state, opened.worker_count) == (kind, state, 3)
    assert (opened.claimed_fen, opened.respondent_name) == (case.claimed_fen, case.respondent_name)
    told = {party.person.phone for party in case.parties.filter(role="worker")}
    assert {party.person.phone for party in opened.parties.filter(role="worker")} == told
    related = client.get(reverse("cases:related", args=[opened.public_id])).content.decode()
    assert f"本区{case.received_on:%Y-%m-%d}首次收到" in related


# Figures


def test_figures_say_how_much_came_back_and_how_long_it_took(client, case, people, time_machine):
    referral = offer(case, people)
    turn_back(referral, people)
    referrals.resend(referral=referral, by=people["window"], key=key(), answer="是市政工程")
    time_machine.move_to(moment(TODAY + 3 * DAY), tick=True)  # 端午节 on the 19th is no working day
    referrals.accept(referral=referral, by=people["housing"], key=key())
    leader = make_users({"leader": ("district", "leader", {})})["leader"]
    client.force_login(leader)

    page = client.get(reverse("cases:passing_figures"))

    (row,) = page.context["rows"]
    assert (row.agency.code, row.referrals.received, row.referrals.returned) == ("housing", 1, 1)
    assert (row.referrals.return_percent, row.referrals.median_days) == ("100.0%", "2")
    assert case.number not in page.content.decode()
    assert row.tasks.return_percent == ""


@pytest.mark.parametrize("year", ["1999", "2100"])
def test_year_without_figures_is_not_there(client, people, year):
    client.force_login(make_users({"leader": ("district", "leader", {})})["leader"])

    assert client.get(reverse("cases:passing_figures"), {"year": year}).status_code == 404


def test_card_counts_those_who_go_along_and_no_others(client, people):
    case = complaint({"W": people["window"]}, workers=3)
    one = case.parties.filter(role="worker")[:1]
    whole = entry(case)
    sent = referrals.Offer(
        whole.receiver, "", tuple(one), whole.reason, whole.basis, whole.told_on, whole.told_how
    )
    referrals.offer(case=case, by=people["window"], version=case.version, key=key(), entry=sent)
    client.force_login(people["housing"])

    (row,) = client.get(reverse("cases:referrals")).context["rows"]
    page = client.get(row.get_absolute_url()).content.decode()

    assert (row.headcount, row.owed_fen) == (1, sum(c.owed_fen for c in one[0].claims.all()))
    assert f"{case.claimed_fen // 100:,}" not in page
