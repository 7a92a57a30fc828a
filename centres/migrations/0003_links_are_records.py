"""Django cannot turn a link table of its own making into a record, so the old ones go; no release ever filled them."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('centres', '0002_reference_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(model_name='member', name='motifs'),
        migrations.RemoveField(model_name='partnership', name='members'),
        migrations.CreateModel(
            name='MemberMotif',
            fields=[
                ('row_version', models.BigIntegerField(default=1, editable=False, verbose_name='versi baris')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dibuat pada')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='diubah pada')),
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('region_code', models.CharField(blank=True, db_collation='C', db_index=True, default='', editable=False, max_length=13, verbose_name='kode wilayah')),
                ('province_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_code', 2), output_field=models.CharField(db_collation='C', max_length=2), verbose_name='kode provinsi')),
                ('regency_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_code', 5), output_field=models.CharField(db_collation='C', max_length=5), verbose_name='kode kabupaten/kota')),
                ('verification_status', models.CharField(choices=[('DRAFT', 'Konsep'), ('SUBMITTED', 'Terkirim'), ('RETURNED', 'Pengembalian data'), ('VERIFIED', 'Terverifikasi'), ('VALIDATED', 'Tervalidasi'), ('ARCHIVED', 'Diarsipkan')], default='DRAFT', max_length=9, verbose_name='status verifikasi')),
                ('verified_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='terakhir dikonfirmasi pada')),
                ('source', models.CharField(blank=True, help_text='Siapa yang menyatakan data ini', max_length=300, verbose_name='sumber')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='alamat sumber')),
                ('as_of', models.DateField(blank=True, help_text='Tanggal data ini benar di lapangan', null=True, verbose_name='keadaan per')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='contoh')),
                ('member', models.ForeignKey(error_messages={'required': 'Pilih IKM'}, on_delete=django.db.models.deletion.PROTECT, related_name='motif_links', to='centres.member', verbose_name='IKM')),
                ('motif', models.ForeignKey(error_messages={'required': 'Pilih motif'}, on_delete=django.db.models.deletion.PROTECT, related_name='member_links', to='centres.motif', verbose_name='motif')),
                ('verified_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dikonfirmasi oleh')),
            ],
            options={
                'verbose_name': 'motif buatan IKM',
                'verbose_name_plural': 'motif buatan IKM',
                'ordering': ['member', 'motif'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='member',
            name='motifs',
            field=models.ManyToManyField(blank=True, related_name='members', through='centres.MemberMotif', to='centres.motif', verbose_name='motif'),
        ),
        migrations.CreateModel(
            name='PartnershipMember',
            fields=[
                ('row_version', models.BigIntegerField(default=1, editable=False, verbose_name='versi baris')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dibuat pada')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='diubah pada')),
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('region_code', models.CharField(blank=True, db_collation='C', db_index=True, default='', editable=False, max_length=13, verbose_name='kode wilayah')),
                ('province_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_code', 2), output_field=models.CharField(db_collation='C', max_length=2), verbose_name='kode provinsi')),
                ('regency_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_code', 5), output_field=models.CharField(db_collation='C', max_length=5), verbose_name='kode kabupaten/kota')),
                ('verification_status', models.CharField(choices=[('DRAFT', 'Konsep'), ('SUBMITTED', 'Terkirim'), ('RETURNED', 'Pengembalian data'), ('VERIFIED', 'Terverifikasi'), ('VALIDATED', 'Tervalidasi'), ('ARCHIVED', 'Diarsipkan')], default='DRAFT', max_length=9, verbose_name='status verifikasi')),
                ('verified_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='terakhir dikonfirmasi pada')),
                ('source', models.CharField(blank=True, help_text='Siapa yang menyatakan data ini', max_length=300, verbose_name='sumber')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='alamat sumber')),
                ('as_of', models.DateField(blank=True, help_text='Tanggal data ini benar di lapangan', null=True, verbose_name='keadaan per')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='contoh')),
                ('member', models.ForeignKey(error_messages={'required': 'Pilih IKM'}, on_delete=django.db.models.deletion.PROTECT, related_name='partnership_links', to='centres.member', verbose_name='IKM')),
                ('partnership', models.ForeignKey(error_messages={'required': 'Pilih kemitraan'}, on_delete=django.db.models.deletion.PROTECT, related_name='member_links', to='centres.partnership', verbose_name='kemitraan')),
                ('verified_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dikonfirmasi oleh')),
            ],
            options={
                'verbose_name': 'IKM dalam kemitraan',
                'verbose_name_plural': 'IKM dalam kemitraan',
                'ordering': ['partnership', 'member'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='partnership',
            name='members',
            field=models.ManyToManyField(blank=True, related_name='partnerships', through='centres.PartnershipMember', to='centres.member', verbose_name='IKM'),
        ),
        migrations.AddConstraint(
            model_name='membermotif',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by__isnull', True)), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='centres_membermotif_verified_pair', violation_error_code='verified_at', violation_error_message='Waktu konfirmasi dan nama yang mengonfirmasi harus diisi bersama'),
        ),
        migrations.AddConstraint(
            model_name='membermotif',
            constraint=models.UniqueConstraint(fields=('member', 'motif'), name='centres_membermotif_once', violation_error_code='motif', violation_error_message='Motif ini sudah tercatat untuk IKM tersebut'),
        ),
        migrations.AddConstraint(
            model_name='partnershipmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by__isnull', True)), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='centres_partnershipmember_verified_pair', violation_error_code='verified_at', violation_error_message='Waktu konfirmasi dan nama yang mengonfirmasi harus diisi bersama'),
        ),
        migrations.AddConstraint(
            model_name='partnershipmember',
            constraint=models.UniqueConstraint(fields=('partnership', 'member'), name='centres_partnershipmember_once', violation_error_code='member', violation_error_message='IKM ini sudah tercatat dalam kemitraan tersebut'),
        ),
    ]
