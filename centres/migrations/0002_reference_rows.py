"""The limits and codes that the registry begins with. Staff change them as data; nothing in the code repeats them."""

from django.db import migrations

VERIFY = "PERLU_VERIFIKASI"
PP_29, PP_7 = "PP 29/2018 Pasal 1", "PP 7/2021"
MARK = "Permenperin 74/2007"
PRACTICE = "Usulan kerja registri; belum ada dasar hukum"

RULES = [
    ("KLASTER_IKM_MINIMUM", "5", PP_29),
    ("KONFIRMASI_BULAN", "12", PRACTICE),
    ("JARAK_TITIK_KM", "60", PRACTICE),
    ("BATIKMARK_TEKNIK", "TULIS, CAP, KOMBINASI", MARK),
    ("MODAL_MIKRO", "1000000000", PP_7),
    ("MODAL_KECIL", "5000000000", PP_7),
    ("MODAL_MENENGAH", "10000000000", PP_7),
]
# The batik code of KBLI 2025 (BPS 7/2025) is not known yet: a row is added here by hand once it is.
CODES = [
    ("13134", "Industri batik", True, "TERVERIFIKASI"),
    ("14111", "Pakaian jadi (judul resmi perlu diperiksa)", False, VERIFY),
    ("15121", "Tas (judul resmi perlu diperiksa)", False, VERIFY),
    ("15201", "Alas kaki (judul resmi perlu diperiksa)", False, VERIFY),
]


def fill(apps, schema_editor):
    rule, industry_code = apps.get_model("centres", "Rule"), apps.get_model("centres", "IndustryCode")
    rule.objects.bulk_create(rule(code=code, value=value, legal_basis=basis, status=VERIFY) for code, value, basis in RULES)
    industry_code.objects.bulk_create(
        industry_code(version="2020", code=code, title=title, is_batik=is_batik, status=status)
        for code, title, is_batik, status in CODES
    )


def empty(apps, schema_editor):
    apps.get_model("centres", "Rule").objects.all().delete()
    apps.get_model("centres", "IndustryCode").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("centres", "0001_centres")]
    operations = [migrations.RunPython(fill, empty, elidable=True)]
