"""What indicators and programmes are told as."""

from rest_framework import serializers


class DefinitionSerializer(serializers.Serializer):
    """One number that an indicator tells."""

    code = serializers.CharField(help_text="Kode indikator, misalnya I05")
    indicator = serializers.CharField(help_text="Nama indikator")
    part = serializers.CharField(help_text="Kunci bagian dalam indikator itu")
    name = serializers.CharField(help_text="Nama bagian")
    unit = serializers.CharField(help_text="Satuan nilai")
    formula = serializers.CharField(help_text="Cara menghitung, dengan kata-kata")
    numerator = serializers.CharField(help_text="Apa pembilangnya")
    denominator = serializers.CharField(help_text="Apa penyebutnya")
    null_rule = serializers.CharField(help_text="Apa yang terjadi dengan yang belum diketahui")
    mean = serializers.CharField(help_text="Bagaimana baris ditimbang")
    is_open = serializers.BooleanField(help_text="Benar bila tidak pernah ditahan: uang dan bangunan publik")


class DefinitionsSerializer(serializers.Serializer):
    results = DefinitionSerializer(many=True, help_text="Setiap bagian dari setiap indikator")


class BesideSerializer(serializers.Serializer):
    """A figure of somebody else, or a date, next to ours."""

    name = serializers.CharField(help_text="Nama angka pembanding")
    value = serializers.CharField(help_text="Nilainya, sebagai teks")
    unit = serializers.CharField(help_text="Satuan")
    period = serializers.CharField(help_text="Tahun atau tanggal angka itu")
    source = serializers.CharField(allow_blank=True, help_text="Siapa yang menerbitkannya")  # type: ignore[assignment]
    url = serializers.CharField(allow_blank=True, help_text="Alamat sumber")
    note = serializers.CharField(allow_blank=True, help_text="Catatan")


class ValueSerializer(serializers.Serializer):
    """What a part says of one region."""

    part = serializers.CharField(help_text="Kunci bagian; artinya di `/api/v1/indicators/`")
    region_code = serializers.CharField(allow_blank=True, help_text="Kode wilayah; kosong berarti Indonesia")
    value = serializers.CharField(
        allow_null=True, help_text="Nilai sebagai teks; null bila tidak diketahui atau ditahan"
    )
    unit = serializers.CharField(help_text="Satuan nilai")
    numerator = serializers.CharField(allow_null=True, help_text="Pembilang")
    denominator = serializers.CharField(allow_null=True, help_text="Penyebut")
    known = serializers.IntegerField(allow_null=True, help_text="Banyaknya baris yang diketahui")
    total = serializers.IntegerField(
        allow_null=True, help_text="Banyaknya baris, diketahui atau tidak; hanya bila baris itu boleh Anda baca"
    )
    withheld = serializers.BooleanField(
        help_text="Benar bila nilainya ditahan: kurang dari tiga di baliknya, atau dengannya nilai lain dapat dihitung"
    )
    year = serializers.IntegerField(help_text="Tahun")
    as_of = serializers.DateField(help_text="Keadaan per tanggal ini")
    source = serializers.CharField(help_text="Sumber dan masa")  # type: ignore[assignment]
    rows = serializers.CharField(allow_null=True, help_text="Daftar data sejenis di wilayah itu; null bila tidak ada")
    beside = BesideSerializer(
        many=True,
        help_text="Angka pihak lain, tidak dicampur dengan angka kita; kosong bila rinci menurut kabupaten/kota",
    )


class ValuesSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="Kode indikator")
    name = serializers.CharField(help_text="Nama indikator")
    results = ValueSerializer(many=True, help_text="Setiap bagian untuk setiap wilayah")


class ProgrammeSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="Kode program, seperti dalam isian `programme_tags`")
    name = serializers.CharField(help_text="Nama program")


class ProgrammesSerializer(serializers.Serializer):
    results = ProgrammeSerializer(many=True, help_text="Setiap program")
