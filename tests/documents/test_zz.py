from tests.documents.matters import *
from tests.documents.pages import text_of
from documents import pdf
from documents.models import Document
def test_walk(today, people):
    c=closed(people, registered(people, worker("王某某", id_number="500151199001010011")))
    for d in Document.objects.order_by("pk"): print(d.kind, text_of(pdf.pdf_of(d)))
