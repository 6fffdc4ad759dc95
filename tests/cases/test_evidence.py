"""材料 of a case: who may hand in, see and remove it, what the record says, and that files and rows stay together."""

import io
import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from cases import audit, services, uploads
from cases.idempotency import KeyReused
from cases.models import Attachment, Case, Recusal
from cases.services.evidence import Piece, add_evidence, remove_evidence, sweep_files
from cases.workflow.table import StepRefused
from inspection.states import State
from tests.cases.material import pdf, picture
from tests.inspection.situations import complaint, fresh, share, staff, strangers

HOUR = 3600


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "evidence"


@pytest.fixture
def people(db) -> dict[str, User]:
    return staff()


@pytest.fixture
def case(people) -> Case:
    return recorded(complaint(people, State.INVESTIGATING), people["W"])


def recorded(case: Case, by: User) -> Case:
    """The case with a first entry, so that its record can be verified."""
    with transaction.atomic():
        locked = services.acting.lock(case)
        services.acting.append(
            locked,
            by,
            kind="step",
            step="register",
            label="登记",
            target=case.state,
            after=services.acting.snapshot(locked),
        )
        locked.save(update_fields=["audit_length", "audit_mac"])
    return fresh(case)


def new_key() -> str:
    return uuid.uuid4().hex


def taken(content: bytes | None = None, name: str = "合同.pdf") -> uploads.Stored:
    return uploads.take_in(io.BytesIO(pdf() if content is None else content), name)


def piece(content: bytes | None = None, name: str = "合同.pdf", kind: str = "contract") -> Piece:
    return Piece(taken(content, name), kind, is_original=True, source="劳动者提供")


def added(case: Case, by: User, *pieces: Piece, key: str = "") -> list[Attachment]:
    return add_evidence(case=case, by=by, key=key or new_key(), pieces=pieces or [piece()])


def files_in(store: Path) -> set[str]:
    return {path.name for path in store.rglob("*") if not path.is_dir()}


def signed_in(user: User, **options) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def upload(content: bytes | None = None, name: str = "合同.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content, content_type="text/html")


def fields(*files: SimpleUploadedFile, key: str = "", **changed: str) -> dict:
    usual = {"kind": "contract", "made": "original", "source": "劳动者提供", "key": key or new_key()}
    return {**usual, **changed, "files": list(files)}


def list_url(case: Case) -> str:
    return reverse("cases:files", args=[case.public_id])


def url(name: str, attachment: Attachment) -> str:
    return reverse(f"cases:{name}", args=[attachment.case.public_id, attachment.public_id])


FILE_PAGES = ("file", "file_page", "file_inline", "file_remove")


# Handing in


def test_file_stands_on_the_case_and_in_its_record(case, people):
    given = piece()

    [row] = added(case, people["W"], given)

    row = Attachment.objects.get(pk=row.pk)
    stored = given.stored
    assert (row.case_id, row.kind, row.name, row.is_original) == (case.pk, "contract", "合同.pdf", True)
    assert (row.pages, row.size, row.content_type) == (1, len(pdf()), "application/pdf")
    assert (row.sha256, row.stored_name) == (stored.sha256, stored.stored_name)
    assert (row.uploaded_by, row.is_removed) == (people["W"], False)
    event = case.timeline.first()
    assert (event.kind, event.step, event.label, event.by) == (
        "edit",
        "add_evidence",
        "收到材料",
        people["W"],
    )
    assert event.note == "合同1份：合同.pdf"
    assert event.facts == {
        "files": [
            {
                "id": str(row.public_id),
                "name": "合同.pdf",
                "kind": "contract",
                "sha256": stored.sha256,
                "received_sha256": stored.received_sha256,
            }
        ]
    }
    assert list(audit.verify()) == []


def test_several_files_are_one_entry(case, people):
    added(
        case, people["Z"], piece(), piece(picture(), "b.jpg", "chat"), piece(picture("PNG"), "c.png", "chat")
    )

    event = case.timeline.first()
    assert event.note == "合同1份：合同.pdf；聊天记录2份：b.jpg、c.png"
    assert (case.timeline.count(), case.attachments.count()) == (2, 3)


def test_material_makes_no_open_form_stale(case, people):
    seen = case.version

    added(case, people["W"])
    services.edit_case(
        case=case, by=people["Z"], version=seen, key=new_key(), values={"is_coordinating": True}
    )

    assert fresh(case).version == seen + 1
    assert list(audit.verify()) == []


def test_same_key_again_returns_the_first_rows_and_keeps_no_second_file(case, people, store):
    key = new_key()
    first = added(case, people["W"], key=key)

    again = added(case, people["W"], key=key)

    assert again == first
    assert files_in(store) == {first[0].stored_name}
    assert (case.timeline.count(), Attachment.objects.count()) == (2, 1)


def test_same_key_with_another_file_does_nothing(case, people, store):
    key = new_key()
    [first] = added(case, people["W"], key=key)

    with pytest.raises(KeyReused):
        added(case, people["W"], piece(pdf(2)), key=key)

    assert files_in(store) == {first.stored_name}


@pytest.mark.django_db(transaction=True)  # threads see only what is committed
def test_simultaneous_requests_with_one_key_act_once(store):
    people = staff("WZXJ")
    case = recorded(complaint(people, State.INVESTIGATING), people["W"])
    key, pieces = new_key(), [piece() for _request in range(6)]

    def send(each: Piece) -> list[int]:
        try:
            return [row.pk for row in added(case, people["W"], each, key=key)]
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(send, pieces))

    [row] = Attachment.objects.all()
    assert answers == [[row.pk]] * 6
    assert files_in(store) == {row.stored_name}
    assert list(audit.verify()) == []


def test_failed_transaction_leaves_no_file(case, people, store):
    bad = piece()
    bad = replace(bad, stored=replace(bad.stored, content_type="text/html"))

    with pytest.raises(IntegrityError), transaction.atomic():
        added(case, people["W"], piece(name="good.pdf"), bad)

    assert files_in(store) == set()
    assert (Attachment.objects.count(), case.timeline.count()) == (0, 1)


def test_case_holds_so_many_files_and_removed_ones_count(case, people, store, settings):
    settings.EVIDENCE_FILES_PER_CASE = 2
    [first] = added(case, people["W"])
    remove_evidence(attachment=first, by=people["W"], key=new_key(), reason="传错了")

    with pytest.raises(StepRefused, match="最多存2份材料（已删除的也算），还能收1份"):
        added(case, people["W"], piece(), piece())

    assert files_in(store) == {first.stored_name}
    assert len(added(case, people["W"], piece())) == 1


# Who may


@pytest.mark.parametrize("letter", ["W", "Z", "X", "J"])
def test_people_who_edit_the_case_hand_in_and_remove(case, people, letter):
    [row] = added(case, people[letter])

    remove_evidence(attachment=row, by=people[letter], key=new_key(), reason="传错了")

    assert not case.attachments.current().exists()


@pytest.mark.parametrize("letter", ["F", "L", "B"])
def test_people_above_read_and_do_not_touch(case, people, letter, store):
    [row] = added(case, people["W"])
    client = signed_in(people[letter])

    assert [client.get(url(name, row)).status_code for name in FILE_PAGES] == [200, 200, 200, 403]
    assert "上传材料" not in client.get(list_url(case)).content.decode()
    assert client.post(list_url(case), fields(upload())).status_code == 403
    assert client.post(url("file_remove", row), {"reason": "x", "key": new_key()}).status_code == 403
    with pytest.raises(PermissionDenied):
        added(case, people[letter])
    assert files_in(store) == {row.stored_name}
    assert case.attachments.current().count() == 1


def test_material_of_others_does_not_exist(case, people, store):
    [row] = added(case, people["W"])
    outsiders = {**strangers(), **staff("HG")}
    leader = outsiders.pop("G")
    share(case, "housing")

    for name, user in outsiders.items():
        client = signed_in(user)
        answers = [client.get(list_url(case)), client.post(list_url(case), fields(upload()))]
        answers += [client.get(url(page, row)) for page in FILE_PAGES]
        answers += [client.post(url("file_remove", row), {"reason": "x", "key": new_key()})]
        assert {answer.status_code for answer in answers} == {404}, name
        assert all(row.name not in answer.content.decode() for answer in answers), name
        if name != "H":
            with pytest.raises(Case.DoesNotExist):
                added(case, user)

    assert signed_in(leader).get(url("file", row)).status_code == 200
    assert files_in(store) == {row.stored_name}
    assert case.attachments.current().count() == 1


def test_guest_of_the_case_may_not_hand_in(case, people, store):
    guest = staff("H")["H"]
    share(case, "housing")

    with pytest.raises(PermissionDenied):
        added(case, guest)

    assert files_in(store) == set()


def test_visitor_is_led_to_the_sign_in(case, people, client):
    [row] = added(case, people["W"])

    answers = [client.get(url(name, row)) for name in FILE_PAGES]

    assert {answer.status_code for answer in answers} == {302}
    assert all("/login/" in answer["Location"] for answer in answers)


def test_file_belongs_to_the_case_in_the_address(case, people):
    other = complaint(people, State.INVESTIGATING)
    [row] = added(case, people["W"])
    client = signed_in(people["W"])

    for name in FILE_PAGES:
        assert client.get(reverse(f"cases:{name}", args=[other.public_id, row.public_id])).status_code == 404


def test_recused_person_does_not_touch(case, people, store):
    Recusal.objects.create(
        case=case, user=people["X"], reason="近亲属", decided_by=people["J"], decided_at=timezone.now()
    )

    with pytest.raises(PermissionDenied):
        added(case, people["X"])

    assert files_in(store) == set()


def test_ended_case_takes_nothing_and_loses_nothing(people, store):
    case = complaint(people, State.INVESTIGATING)
    [row] = added(case, people["W"])
    ended = complaint(people, State.CLOSED)
    Attachment.objects.filter(pk=row.pk).update(case=ended)
    row = Attachment.objects.get(pk=row.pk)
    client = signed_in(people["Z"])

    assert client.post(list_url(ended), fields(upload())).status_code == 403
    assert client.post(url("file_remove", row), {"reason": "x", "key": new_key()}).status_code == 403
    assert client.get(url("file", row)).status_code == 200
    with pytest.raises(PermissionDenied):
        added(ended, people["Z"])
    assert files_in(store) == {row.stored_name}


# Removing


def test_removed_file_keeps_row_and_file_and_is_not_served(case, people, store):
    [row] = added(case, people["W"])

    remove_evidence(attachment=row, by=people["Z"], key=new_key(), reason=" 别人的合同 ")

    row = Attachment.objects.get(pk=row.pk)
    assert (row.removed_by, row.removal_reason) == (people["Z"], "别人的合同")
    assert files_in(store) == {row.stored_name}
    client = signed_in(people["W"])
    assert [client.get(url(name, row)).status_code for name in FILE_PAGES] == [404] * 4
    page = client.get(list_url(case)).content.decode()
    assert "已删除的材料" in page
    assert "别人的合同" in page
    assert url("file", row) not in page
    event = case.timeline.first()
    assert (event.kind, event.step, event.label) == ("edit", "remove_evidence", "删除材料")
    assert (event.note, event.facts["files"][0]["sha256"]) == ("合同.pdf：别人的合同", row.sha256)
    assert fresh(case).version == case.version
    assert list(audit.verify()) == []


def test_removal_asks_for_a_reason(case, people):
    [row] = added(case, people["W"])
    client = signed_in(people["W"])

    answer = client.post(url("file_remove", row), {"reason": "  ", "key": new_key()})

    assert answer.status_code == 422
    assert "还没填删除理由" in answer.content.decode()
    with pytest.raises(StepRefused, match="还没填删除理由"):
        remove_evidence(attachment=row, by=people["W"], key=new_key(), reason=" ")
    assert not Attachment.objects.get(pk=row.pk).is_removed


def test_removal_sent_twice_acts_once_and_another_one_is_refused(case, people):
    [row] = added(case, people["W"])
    client, key = signed_in(people["W"]), new_key()

    answers = [client.post(url("file_remove", row), {"reason": "传错了", "key": key}) for _time in range(2)]
    late = client.post(url("file_remove", row), {"reason": "传错了", "key": new_key()})

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, list_url(case))] * 2
    assert late.status_code == 422
    assert "这份材料已经删除" in late.content.decode()
    assert case.timeline.filter(step="remove_evidence").count() == 2  # the removal and the refusal
    assert case.timeline.filter(step="remove_evidence", kind="edit").count() == 1


def test_half_a_removal_cannot_be_stored(case, people):
    [row] = added(case, people["W"])

    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=row.pk).update(removed_at=timezone.now())


# Pages


def test_files_are_uploaded_listed_and_downloaded(case, people):
    client = signed_in(people["W"])

    answer = client.post(
        list_url(case), fields(upload(), upload(picture(), "欠条.jpg"), kind="iou", made="copy")
    )

    assert (answer.status_code, answer["Location"]) == (302, list_url(case))
    page = client.get(list_url(case)).content.decode()
    first, second = case.attachments.all()
    assert "收到2份材料" in page
    assert "材料(2)" in page
    for row in (first, second):
        assert (row.kind, row.is_original, row.source) == ("iou", False, "劳动者提供")
        assert all(
            text in page for text in (row.name, row.short_hash, url("file", row), url("file_page", row))
        )
    assert client.get(url("file", first)).content == pdf()


def test_good_files_are_kept_and_bad_ones_named(case, people, store):
    client = signed_in(people["W"])
    bad = upload(b"<script>alert(1)</script>", "坏.png")

    answer = client.post(list_url(case), fields(upload(), bad, upload(b"PK", "包.zip")))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "收到1份材料，2个文件没有收" in page
    assert "坏.png：内容不是PNG" in page
    assert "包.zip：压缩包不收，解压以后" in page
    assert [row.name for row in case.attachments.all()] == ["合同.pdf"]
    assert len(files_in(store)) == 1
    assert "<title>有错误：" in page


def test_nothing_good_means_nothing_recorded(case, people, store):
    answer = signed_in(people["W"]).post(list_url(case), fields(upload(b"", "空.pdf")))

    assert answer.status_code == 422
    assert "空.pdf：是空文件" in answer.content.decode()
    assert (case.timeline.count(), files_in(store)) == (1, set())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": ""}, "还没选材料种类"),
        ({"kind": "virus"}, "材料种类里没有这一项"),
        ({"made": ""}, "还没选交来的是"),
        ({"source": "长" * 101}, "来源最多写100个字"),
    ],
)
def test_form_says_what_is_missing(case, people, store, changed, said):
    answer = signed_in(people["W"]).post(list_url(case), fields(upload(), **changed))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert files_in(store) == set()


def test_form_without_file_says_so(case, people):
    answer = signed_in(people["W"]).post(list_url(case), fields())

    assert answer.status_code == 422
    assert "还没选要上传的文件" in answer.content.decode()


def test_too_many_files_at_once_are_not_even_looked_at(case, people, store):
    answer = signed_in(people["W"]).post(list_url(case), fields(*[upload(b"x")] * 51))

    assert answer.status_code == 422
    assert "一次最多传50个文件，这次选了51个" in answer.content.decode()
    assert files_in(store) == set()


def test_full_case_says_how_much_room_is_left(case, people, store, settings):
    settings.EVIDENCE_FILES_PER_CASE = 1

    answer = signed_in(people["W"]).post(list_url(case), fields(upload(), upload(pdf(2))))

    assert answer.status_code == 422
    assert "还能收1份" in answer.content.decode()
    assert files_in(store) == set()


def test_form_sent_twice_keeps_one_set(case, people, store):
    client, key = signed_in(people["W"]), new_key()

    for _time in range(2):
        assert client.post(list_url(case), fields(upload(), key=key)).status_code == 302
    other = client.post(list_url(case), fields(upload(pdf(2)), key=key))

    assert other.status_code == 409
    assert "这一页已经保存过" in other.content.decode()
    assert (case.attachments.count(), len(files_in(store))) == (1, 1)


def test_what_people_typed_is_shown_as_text(case, people):
    client = signed_in(people["W"])
    typed = "<script>alert(1)</script>"

    client.post(list_url(case), fields(upload(name='"><img src=x onerror=alert(1)>.pdf'), source=typed))

    row = case.attachments.get()
    for address in (list_url(case), url("file_page", row), url("file_remove", row), case.get_absolute_url()):
        page = client.get(address).content.decode()
        assert typed not in page
        assert "<img src=x" not in page


def test_name_in_log_lines_is_nobodys_business(case, people, caplog):
    signed_in(people["W"]).post(list_url(case), fields(upload(b"x", "王某某欠条.png"), upload()))

    assert [record.getMessage() for record in caplog.records if record.name == "huxin.uploads"] == [
        "upload_refused"
    ]
    assert "王某某" not in str([vars(record) for record in caplog.records])


def test_list_asks_the_database_as_often_for_three_files_as_for_one(
    case, people, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in(people["W"])
    added(case, people["W"])
    client.get(list_url(case))
    with django_assert_max_num_queries(60) as one:
        client.get(list_url(case))

    added(case, people["Z"], piece(pdf(2), "b.pdf"), piece(pdf(3), "c.pdf"))

    with django_assert_num_queries(len(one)):
        client.get(list_url(case))


# Reading


def test_download_is_shut_in(case, people):
    [row] = added(case, people["W"], piece(name="欠条\r\nX-Evil: 1.pdf"))

    answer = signed_in(people["W"]).get(url("file", row))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = [part.strip() for part in answer["Content-Security-Policy"].split(";")]
    assert {"sandbox", "default-src 'none'"} <= set(policy)
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cache-Control"] == "no-store, private"
    assert "X-Evil" not in answer


def test_file_is_shown_in_a_frame_of_ours_only(case, people):
    shown, scanned = added(case, people["W"], piece(picture(), "a.jpg"), piece())
    client = signed_in(people["W"])

    answer = client.get(url("file_inline", shown))

    assert answer["Content-Disposition"] == 'inline; filename="a.jpg"'
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    policy = [part.strip() for part in answer["Content-Security-Policy"].split(";")]
    assert {"sandbox", "default-src 'none'", "frame-ancestors 'self'"} <= set(policy)
    assert f'src="{url("file_inline", shown)}" alt=' in client.get(url("file_page", shown)).content.decode()
    assert (
        f'src="{url("file_inline", scanned)}" width='
        in client.get(url("file_page", scanned)).content.decode()
    )


@pytest.mark.parametrize("page", ["file", "file_inline"])
def test_changed_file_is_an_incident(case, people, page, caplog):
    [row] = added(case, people["W"])
    uploads.path_of(row.stored_name).write_bytes(b"forged")

    answer = signed_in(people["W"]).get(url(page, row))

    text = answer.content.decode()
    assert answer.status_code == 500
    assert f"系统出错了，编号{answer['X-Request-ID']}" in text
    assert "forged" not in text
    assert answer["Content-Type"].startswith("text/html")
    [line] = [record for record in caplog.records if record.getMessage() == "evidence_damaged"]
    assert (line.levelname, line.attachment_id) == ("ERROR", row.pk)


def test_missing_file_is_an_incident(case, people):
    [row] = added(case, people["W"])
    uploads.path_of(row.stored_name).unlink()

    assert signed_in(people["W"]).get(url("file", row)).status_code == 500


# Files and rows that lost each other


def make_old(path: Path, seconds: int = HOUR + 60) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_file_of_a_transaction_that_was_rolled_back_later_is_swept(case, people, store):
    given = piece()
    with transaction.atomic():
        added(case, people["W"], given)
        transaction.set_rollback(True)
    [kept] = added(case, people["W"])
    path = uploads.path_of(given.stored.stored_name)

    assert (sweep_files().removed, path.exists()) == (0, True)  # it might still be on its way
    make_old(path)
    make_old(uploads.path_of(kept.stored_name))

    assert (sweep_files().removed, sweep_files().removed) == (1, 0)
    assert files_in(store) == {kept.stored_name}


def test_copy_in_the_wrong_place_and_link_are_swept(case, people, store, tmp_path):
    [row] = added(case, people["W"])
    (store / "zz").mkdir()
    copy, link, outside = store / "zz" / row.stored_name, store / "zz" / "link", tmp_path / "outside"
    copy.write_bytes(pdf())
    outside.write_text("stays")
    make_old(outside)
    make_old(copy)
    link.symlink_to(outside)
    os.utime(link, (0, 0), follow_symlinks=False)

    assert sweep_files().removed == 2
    assert files_in(store) == {row.stored_name}
    assert outside.read_text() == "stays"


def test_sweep_without_any_file_does_nothing(db):
    assert sweep_files() == services.evidence.Swept(0, [])


def test_row_without_file_is_named_by_the_command(case, people, capsys):
    [gone], [_there] = added(case, people["W"]), added(case, people["W"])
    uploads.path_of(gone.stored_name).unlink()

    with pytest.raises(SystemExit) as end:
        call_command("sweep_files")

    said = capsys.readouterr()
    assert end.value.code == 1
    assert said.err == f"{case.number} 材料{gone.public_id}：文件不在了，从备份恢复{gone.stored_name}\n"
    assert said.out == "清理了0个没有登记的文件，1份材料缺文件\n"


def test_command_is_content_when_all_is_there(case, people, capsys):
    added(case, people["W"])

    call_command("sweep_files")

    assert capsys.readouterr().out == "清理了0个没有登记的文件，0份材料缺文件\n"
