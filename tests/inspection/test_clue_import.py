"""Clues of a platform from a file: each item once, bad rows named, nothing personal said."""

from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Town
from inspection.clues import Clue, edit_clue
from tests.inspection.clue_desk import ID_NUMBER, PHONE, new_clue
from tests.inspection.situations import TODAY, moment, new_key, staff

pytestmark = pytest.mark.django_db
HEAD = "线索编号,派单时间,姓名,身份证号,联系电话,单位名称,地址,欠薪金额(元),人数,起始月,截止月,内容"
ROW = f"GZ-1,2026-06-15 16:20,王小明,{ID_NUMBER},{PHONE},某某劳务公司,东城街道某工地,1.25万,3,2603,2605,工资没有发"


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZ")


@pytest.fixture
def file(tmp_path):
    """``file(rows…)`` is the path of a file with those lines below the head."""

    def write(*rows: str, encoding: str = "utf-8", head: str = HEAD) -> str:
        path = tmp_path / "clues.csv"
        path.write_bytes("\n".join((head, *rows)).encode(encoding))
        return str(path)

    return write


def run(path: str, *options: str, code: int = 0) -> str:
    """Everything the command says; it ends with that code."""
    out, ends = StringIO(), pytest.raises(SystemExit) if code else nullcontext()
    with ends as ended:
        call_command("import_clues", path, "--channel=national", *options, stdout=out, stderr=out)
    assert code == (ended.value.code if ended else 0)
    return out.getvalue()


def test_row_becomes_a_clue_with_the_parsing_of_the_page(people, file):
    said = run(file(ROW))

    clue = Clue.objects.get()
    assert (clue.channel, clue.external_no, clue.agency.code) == ("national", "GZ-1", "inspection")
    assert (clue.dispatched_at, clue.received_at) == (moment(TODAY.replace(day=15), 16, 20), moment(TODAY))
    assert (clue.reporter_name, clue.reporter_phone, clue.reporter_id_number) == ("王小明", PHONE, ID_NUMBER)
    assert (clue.amount_fen, clue.worker_count, clue.from_month) == (1_250_000, 3, "2026-03")
    assert clue.town == Town.objects.get(name="东城街道")
    assert clue.raw_text.startswith("外部编号：GZ-1\n")
    assert said.splitlines()[-1].startswith("导入1条，已有0条没有改动，0行要改，用时")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_file_may_be_in_any_encoding_of_a_chinese_office(people, file, encoding):
    run(file(ROW, encoding=encoding))

    assert Clue.objects.get().employer_name == "某某劳务公司"


def test_second_run_adds_nothing_and_overwrites_nothing(people, file):
    run(file(ROW))
    clue = Clue.objects.get()
    edit_clue(clue=clue, by=people["W"], version=1, key=new_key(), values={"employer_name": "查实的公司"})

    said = run(file(ROW, ROW.replace("GZ-1", "GZ-2")))
    changed = run(file(ROW.replace("1.25万", "2万")))

    assert Clue.objects.get(external_no="GZ-1").employer_name == "查实的公司"
    assert said.splitlines()[-1].startswith("导入1条，已有1条没有改动")
    assert "第2行在平台上有改动，本系统的没有覆盖" in changed
    assert Clue.objects.get(external_no="GZ-1").amount_fen == 1_250_000


def test_clue_typed_in_at_the_window_is_the_same_item(people, file):
    new_clue(people["W"], external_no="GZ-1")

    assert "已有1条没有改动" in run(file(ROW))
    assert Clue.objects.count() == 1


def test_same_item_twice_in_a_file_comes_in_once(people, file):
    assert "导入1条，已有1条没有改动" in run(file(ROW, ROW))


def test_bad_rows_are_named_and_the_good_ones_come_in(people, file):
    bad_id = ROW.replace(ID_NUMBER, "500151199001010012").replace("GZ-1", "GZ-2")
    bad_phone = ROW.replace(PHONE, "1381234").replace("GZ-1", "GZ-3")
    no_content = ROW.replace("工资没有发", "").replace("GZ-1", "GZ-4")

    said = run(file(ROW, bad_id, "", bad_phone, no_content), code=1).splitlines()

    assert said[:3] == [
        "第3行 反映人证件号码：证件号码最后一位对不上，对照证件再看一遍",
        "第5行 反映人电话：手机号应为11位数字，现在是7位",
        "第6行 反映内容：还没填反映内容",
    ]
    assert said[-1].startswith("导入1条，已有0条没有改动，3行要改")
    assert Clue.objects.count() == 1


def test_spoiled_excel_number_is_told_how_to_be_mended(people, file):
    said = run(file(ROW.replace(ID_NUMBER, "5.00151E+17")), code=1)

    assert "第2行 反映人证件号码：" in said
    assert "设为“文本”" in said


def test_nothing_personal_is_said(people, file):
    bad = ROW.replace("2603", "2699")

    said = run(file(ROW, bad.replace("GZ-1", "GZ-2")), code=1)

    assert [word for word in ("王小明", PHONE, ID_NUMBER, "某某劳务公司") if word in said] == []


def test_dry_run_writes_nothing_and_says_what_it_would_do(people, file):
    said = run(file(ROW), "--dry-run")

    assert said.splitlines()[-1].startswith("检查完，没有写入：可导入1条")
    assert Clue.objects.count() == 0


def test_event_is_by_the_system(people, file):
    run(file(ROW))

    event = Clue.objects.get().events.get()
    assert (event.by_name, event.label) == ("系统", "导入线索")


def test_item_without_a_number_is_refused(people, file):
    said = run(file(ROW.replace("GZ-1", "")), code=1)

    assert "第2行 外部编号：这个来源的线索要填外部编号" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        ("甲,乙\n1,2".encode(), "缺少这几列：外部编号、反映内容"),
        (b"\xff\xfe\x00\xd8\x81", "编码看不懂"),
    ],
)
def test_file_that_is_no_table_is_refused(people, tmp_path, content, said):
    path = tmp_path / "x.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=said) as refused:
        call_command("import_clues", str(path), "--channel=national")

    assert refused.value.returncode == 2
    assert Clue.objects.count() == 0


def test_missing_file_and_unknown_agency_are_said(people, file):
    with pytest.raises(CommandError, match="读不出来"):
        call_command("import_clues", "/nonexistent.csv", "--channel=national")
    with pytest.raises(CommandError, match="没有代码是nobody的机构"):
        call_command("import_clues", file(ROW), "--channel=national", "--agency=nobody")
