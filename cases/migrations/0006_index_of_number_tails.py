from django.db import migrations, models

from cases.models.case import NumberTail


class Migration(migrations.Migration):
    """The end of a number, from the bracket on, is found by an index."""

    dependencies = [("cases", "0005_index_of_the_list_order")]

    operations = [
        migrations.AddIndex(
            model_name="case", index=models.Index(NumberTail("receipt_no"), name="case_receipt_tail")
        ),
        migrations.AddIndex(
            model_name="case", index=models.Index(NumberTail("case_no"), name="case_number_tail")
        ),
    ]
