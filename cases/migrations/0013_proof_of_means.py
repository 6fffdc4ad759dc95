from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_two_members")]

    operations = [
        migrations.AlterField(
            model_name="attachment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("contract", "合同"),
                    ("attendance", "考勤"),
                    ("payslip", "工资条"),
                    ("bank", "银行流水"),
                    ("iou", "欠条/结算单"),
                    ("chat", "聊天记录"),
                    ("badge", "工作证"),
                    ("photo", "照片视频"),
                    ("real_name", "实名制记录"),
                    ("witness", "证人"),
                    ("identity", "身份证明"),
                    ("service", "送达证明"),
                    ("means", "经济状况证明"),
                    ("other", "其他"),
                ],
                max_length=12,
                verbose_name="材料种类",
            ),
        ),
    ]
