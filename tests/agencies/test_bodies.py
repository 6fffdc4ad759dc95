"""机构: the bodies are edited on record, and never by anybody but who manages the system."""

import pytest
from django.urls import reverse

from agencies import bodies, changes
from agencies.models import Agency, SettingChange, User
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user("admin01", agency="district", role="sysadmin")


@pytest.fixture
def site(client, admin):
    client.force_login(admin)
    return client


def values(**changed) -> dict:
    agency = Agency.objects.get(code="arb")
    seen = changes.latest("agency", "arb")
    return {name: getattr(agency, name) for name in bodies.COLUMNS} | {"seen": seen} | changed


def address(code: str = "arb") -> str:
    return reverse("agencies:body", args=[code])


def test_every_body_is_listed_with_what_stands_on_its_documents(site):
    Agency.objects.filter(code="arb").update(phone="023-45670000", document_prefix="铜劳人仲")

    page = site.get(reverse("agencies:bodies")).content.decode()

    assert all(name in page for name in Agency.objects.values_list("name", flat=True))
    assert "023-45670000" in page
    assert "铜劳人仲" in page


def test_list_of_all_bodies_asks_few_questions(site, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        site.get(reverse("agencies:bodies"))


def test_an_edit_is_on_record_with_what_it_replaces(site, admin):
    answer = site.post(address(), values(phone="023-45670000"))

    row = SettingChange.objects.get()
    assert answer["Location"] == reverse("agencies:bodies")
    assert Agency.objects.get(code="arb").phone == "023-45670000"
    assert (row.by, row.area, row.key, row.lines) == (
        admin,
        "agency",
        "arb",
        [("办公电话", "", "023-45670000")],
    )


def test_nothing_changed_leaves_no_record(site):
    site.post(address(), values())

    assert not SettingChange.objects.exists()


@pytest.mark.parametrize(
    "changed, sentence",
    [
        ({"name": ""}, "还没填名称"),
        ({"name": "字" * 81}, "名称最多写80个字"),
        ({"short_name": "劳动保障监察支队"}, "写得能分开"),
    ],
)
def test_what_cannot_be_is_said_and_kept_on_the_page(site, changed, sentence):
    Agency.objects.filter(code="inspection").update(short_name="劳动保障监察支队")

    answer = site.post(address(), values(address="巴川街道1号") | changed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "巴川街道1号" in answer.content.decode()
    assert Agency.objects.get(code="arb").address == ""


def test_body_that_somebody_changed_meanwhile_is_left_alone(site):
    late = values(phone="1")
    site.post(address(), values(phone="2"))

    answer = site.post(address(), late)

    assert answer.status_code == 409
    assert "有人改过这个机构" in answer.content.decode()
    assert Agency.objects.get(code="arb").phone == "2"


def test_code_and_place_in_the_tree_are_not_for_this_page(site):
    before = Agency.objects.filter(code="arb").values("code", "path", "parent", "group").get()

    site.post(address(), values(code="x", path="/", parent="", group="1", name="区仲裁院"))

    assert Agency.objects.filter(name="区仲裁院").values("code", "path", "parent", "group").get() == before


def test_unknown_body_is_not_found(site):
    assert site.get(address("nobody")).status_code == 404


@pytest.mark.parametrize("role", ["inspection_head", "window"])
def test_bodies_are_for_who_manages_the_system(client, role):
    client.force_login(make_user("somebody", role=role))

    assert client.get(reverse("agencies:bodies")).status_code == 403
    assert client.post(address(), {}).status_code == 403
