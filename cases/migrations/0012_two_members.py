from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_referrals")]

    operations = [
        migrations.RemoveConstraint(model_name="assignment", name="one_per_duty"),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True), models.Q(("duty", "member"), _negated=True)),
                fields=("case", "duty"),
                name="one_per_duty",
            ),
        ),
    ]
