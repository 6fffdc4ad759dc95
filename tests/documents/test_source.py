"""What people typed stays text, whatever it looks like."""

import pytest
from django.utils.safestring import mark_safe

from documents import pdf, source
from documents.catalogue import kind
from documents.models import Document
from tests.documents import matters
from tests.documents.pages import carries_files, text_of
from tests.documents.test_rendering import Listener

HOSTILE = [
    '<img src="{web}/a">',
    "<script>fetch('{web}/b')</script>",
    '<link rel=attachment href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/hostname">附件</a>',
    '"><iframe src="{web}/c"></iframe>',
    "</style><style>@import url({web}/d);</style>",
    "{{{{ settings.SECRET_KEY }}}}{{% include 'x' %}}",
    "url({web}/e) &#60;img src={web}/f&#62;",
    '<svg onload="x"><image href="{web}/g"/></svg>',
    '<base href="{web}/"><meta http-equiv="refresh" content="0;url={web}/h">',
]


@pytest.fixture
def listener():
    listener = Listener()
    yield listener
    listener.server.shutdown()
    listener.server.server_close()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_printed_as_it_was_typed(hostile, people, listener):
    typed = hostile.format(web=listener.address)
    case = matters.registered(people, facts_text=typed, employer_name=typed, project_name=typed[:120])

    matters.filed(people, case)

    content = pdf.pdf_of(Document.objects.get(kind="D10"))
    assert text_of(content).count("".join(typed.split())) == 4
    assert not carries_files(content)
    assert listener.asked == []


def test_a_value_that_claims_to_be_html_is_an_error():
    with pytest.raises(TypeError):
        source.refuse_markup({"rows": [{"name": mark_safe("<b>王某某</b>")}]})


def test_both_yuan_signs_are_printed_as_one(people):
    matters.filed(people, matters.registered(people, facts_text="欠￥500元"))

    assert "欠¥500元" in Document.objects.get(kind="D10").html


def test_the_version_of_a_template_changes_with_its_kind_only():
    versions = [source.template_version(kind(code)) for code in ("D06", "D10")]

    assert all(len(version) == 16 for version in versions)
    assert versions[0] != versions[1]
