from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_user_mail_mode")]

    operations = [
        migrations.CreateModel(
            name="RequestWindow",
            fields=[
                ("holder", models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name="pemegang")),
                ("number", models.BigIntegerField(verbose_name="nomor jendela")),
                ("spent", models.IntegerField(verbose_name="terpakai")),
            ],
            options={
                "verbose_name": "jatah permintaan",
                "verbose_name_plural": "jatah permintaan",
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(
            # Room in each page keeps the many updates in place.
            "ALTER TABLE accounts_requestwindow SET UNLOGGED; ALTER TABLE accounts_requestwindow SET (fillfactor = 50);",
            migrations.RunSQL.noop,
        ),
    ]
