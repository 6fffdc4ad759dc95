"""The filters and tags of `cases.templatetags.ui`, and the components that are built from them."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string

from cases.templatetags import ui
from cases.templatetags.ui import ErrorLine

UTC = ZoneInfo("UTC")


class PersonForm(forms.Form):
    name = forms.CharField(label="姓名", error_messages={"required": "还没填姓名"})
    migrant = forms.ChoiceField(
        label="是否农民工",
        choices=[("yes", "是"), ("no", "否")],
        widget=forms.RadioSelect,
        error_messages={"required": "还没选是否农民工"},
    )
    amount = forms.CharField(
        label="欠薪金额",
        required=False,
        help_text="写到分",
        widget=forms.TextInput(attrs={"data-echo": "money"}),
    )


class RowForm(forms.Form):
    name = forms.CharField(error_messages={"required": "还没填姓名"})


RowFormSet = forms.formset_factory(RowForm, extra=0, can_delete=True)


def rows(*names: str, deleted: int | None = None):
    data = {"w-TOTAL_FORMS": len(names), "w-INITIAL_FORMS": len(names)}
    data |= {f"w-{i}-name": name for i, name in enumerate(names)}
    if deleted is not None:
        data[f"w-{deleted}-DELETE"] = "on"
    formset = RowFormSet(data, prefix="w")
    formset.is_valid()
    return formset


@pytest.mark.parametrize(
    "rate, expected",
    [
        (Fraction(1203, 1233), "97.57%"),
        (Fraction(1, 1), "100.00%"),
        (Fraction(0), "0.00%"),
        (Fraction(97625, 100000), "97.62%"),
        (Fraction(97635, 100000), "97.64%"),
        (Decimal("0.98"), "98.00%"),
        (Fraction(-1, 8), "-12.50%"),
        (None, "—"),
    ],
)
def test_percent2_has_two_places_half_to_even(rate, expected):
    assert ui.percent2(rate) == expected


def test_percent2_refuses_floats():
    with pytest.raises(TypeError):
        ui.percent2(0.98)


def test_amounts_and_masks_show_a_dash_where_there_is_nothing():
    assert [ui.yuan(43800000), ui.yuan(0), ui.yuan(None)] == ["438,000.00", "0.00", "—"]
    assert [ui.wan(2316800000000), ui.wan(None)] == ["2,316,800.00", "—"]
    assert [ui.mask_id("500103199001011234"), ui.mask_id("")] == ["500***********1234", "—"]
    assert [ui.mask_phone("13812345678"), ui.mask_phone(None)] == ["138****5678", "—"]


def test_dates_of_instants_are_those_of_beijing():
    evening = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)

    assert ui.cn_date(evening) == "2026年11月23日"
    assert ui.cn_day(date(2026, 3, 5)) == "3月5日"
    assert ui.cn_datetime(evening) == "2026年11月23日00:30"
    assert ui.cn_date(None) == "—"


def test_error_lines_name_the_control_in_the_order_of_the_form():
    form = PersonForm({})
    form.is_valid()
    form.add_error(None, "截止月早于起始月")

    assert ui.error_lines(form) == [
        ErrorLine("截止月早于起始月"),
        ErrorLine("还没填姓名", "id_name"),
        ErrorLine("还没选是否农民工", "id_migrant_0"),
    ]


def test_error_lines_count_only_the_rows_that_stay():
    assert ui.error_lines("", [rows("", "王某某", "", deleted=0)]) == [
        ErrorLine("第2行 还没填姓名", "id_w-2-name")
    ]


def test_error_summary_is_empty_without_errors():
    assert render_to_string("components/_error_summary.html", {"form": PersonForm()}).strip() == ""


def test_error_summary_links_to_fields_and_escapes():
    form = PersonForm({"name": "x", "migrant": "yes"})
    form.is_valid()
    form.add_error("name", "<b>不对</b>")

    html = render_to_string("components/_error_summary.html", {"form": form})

    assert '<a href="#id_name">&lt;b&gt;不对&lt;/b&gt;</a>' in html
    assert "有1处需要修改" in html


def test_field_wires_echo_hint_and_error():
    form = PersonForm({"name": "", "migrant": "yes"})
    form.is_valid()
    form.add_error("amount", "金额看不懂")

    html = render_to_string("components/_field.html", {"field": form["amount"]})

    assert 'aria-describedby="id_amount_echo id_amount_helptext id_amount_error"' in html
    assert 'aria-invalid="true"' in html
    assert "（选填）" in html
    assert 'data-echo-slot="money"' in html


def test_field_that_must_be_filled_says_so_without_a_mark():
    html = render_to_string("components/_field.html", {"field": PersonForm()["name"]})

    assert 'aria-required="true"' in html
    assert 'autocomplete="off"' in html
    assert "（选填）" not in html


def test_lamp_says_its_colour_in_words():
    lamp = SimpleNamespace(colour="red", text="已超期2个工作日")

    assert "红灯：" in render_to_string("components/_lamp.html", {"lamp": lamp})


def test_pager_keeps_the_rest_of_the_address(rf):
    page = Paginator(range(100), 10).get_page(2)

    html = render_to_string(
        "components/_pager.html", {"page_obj": page}, request=rf.get("/cases/?tab=open&page=2")
    )

    assert 'href="?tab=open&amp;page=3"' in html
    assert "共100件，第11—20件" in html


def test_every_component_says_what_it_needs():
    engine = engines["django"]
    folder = next(path for path in (d / "components" for d in engine.dirs) if path.is_dir())
    files = sorted(folder.glob("_*.html"))

    assert files
    assert [f.name for f in files if "ariables" not in f.read_text().split("{% endcomment %}")[0]] == []


@pytest.mark.parametrize(
    ("number", "shown"),
    [("13812345678", "13812345678"), ("02345671234", "023-45671234"), ("", "—"), (None, "—")],
)
def test_telephone_is_shown_as_it_is_read(number, shown):
    assert ui.phone(number) == shown
