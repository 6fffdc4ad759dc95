import pytest, time
from pathlib import Path
from tests.documents.matters import *
from documents import pdf
from documents.models import Document
@pytest.mark.django_db(transaction=True)
def test_walk():
    p=staff()
    w=[worker("王㛃"+("" if i else "某"), id_number="", job="钢筋工") for i in range(1)]
    w+= [worker("欧阳喆𬭎",owed_fen=1234567,from_month="2025-11"), worker("买买提·阿卜杜拉")]
    c=registered(p,*w)
    c=closed(p,c)
    for d in Document.objects.order_by("pk"):
        t=time.time(); b=pdf.pdf_of(d); print(d, len(b), time.time()-t, d.event.label)
        Path(f"/tmp/docs_exp/{d.kind}.pdf").write_bytes(b)
