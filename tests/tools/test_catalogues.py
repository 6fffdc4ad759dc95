"""The catalogue tool sees every text and every fault of a translation."""

import polib
import pytest

from tools.catalogues import NotPlain, faults, key_of, python_calls, template_calls, updated

TEMPLATE = """
<p>案 {% translate "受理" %} {{ _("打印") }} {% translate "开" context "动词" %}
{% blocktranslate count n=3 %}一件{% plural %}{{ n }} 件{% endblocktranslate %}
{% blocktranslate trimmed %}
  您好 {{ who }} (括号) 'a' "b"
{% endblocktranslate %}
{% comment %}{% translate "不用" %}{% endcomment %}</p>
"""

PYTHON = """
_("受理")
gettext_lazy("案件" "编号")
ngettext("%(n)s 件", "%(n)s 件们", n)
pgettext("动词", "开")
print("别的")
"""


def keys(calls) -> list:
    return [key for call in calls if (key := key_of(call, "x"))]


def test_template_texts():
    assert keys(template_calls(TEMPLATE, "x")) == [
        (None, "受理", None),
        (None, "打印", None),
        ("动词", "开", None),
        (None, "一件", "%(n)s 件"),
        (None, "您好 %(who)s (括号) 'a' \"b\"", None),
    ]


def test_python_texts():
    assert keys(python_calls(PYTHON, "x")) == [
        (None, "受理", None),
        (None, "案件编号", None),
        (None, "%(n)s 件", "%(n)s 件们"),
        ("动词", "开", None),
    ]


def test_text_put_together_at_run_time_is_refused():
    with pytest.raises(NotPlain):
        keys(python_calls('_(f"案件 {number}")', "x"))


@pytest.fixture
def catalogue(tmp_path):
    """A complete, compiled catalogue of one text."""

    def make(**entry):
        path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        po = polib.POFile()
        po.append(polib.POEntry(**{"msgid": "%s 件", "msgstr": "%s cases", **entry}))
        po.save(str(path))
        path.with_suffix(".mo").write_bytes(polib.pofile(str(path)).to_binary())
        return path

    return make


WANTED = {(None, "%s 件", None): {"cases/views.py"}}


def test_complete_catalogue_has_no_fault(catalogue):
    assert list(faults(catalogue(), WANTED)) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgstr": ""}, "没有译好：'%s 件'"),
        ({"flags": ["fuzzy"]}, "没有译好：'%s 件'"),
        ({"msgstr": "cases"}, "占位符不一致：'%s 件' → 'cases'"),
        ({"obsolete": True}, "废弃的条目：'%s 件'"),
    ],
)
def test_each_fault_is_named(catalogue, entry, fault):
    assert fault in list(faults(catalogue(**entry), WANTED))


def test_missing_and_gone_texts_are_named(catalogue):
    found = list(faults(catalogue(), {(None, "受理", None): {"cases/views.py"}}))

    assert found == ["没有收入：'受理'（cases/views.py）", "程序里已经没有：'%s 件'"]


def test_stale_compilation_is_named(catalogue):
    path = catalogue()
    path.with_suffix(".mo").write_bytes(b"")

    assert list(faults(path, WANTED)) == ["编译结果不是最新的"]


def test_update_keeps_translations_and_drops_gone_texts(catalogue):
    path = catalogue()

    entries = updated(path, {**WANTED, (None, "受理", None): {"cases/views.py"}})
    kept = [(entry.msgid, entry.msgstr) for entry in entries]

    assert kept == [("%s 件", "%s cases"), ("受理", "")]
    assert len(updated(path, {})) == 0
