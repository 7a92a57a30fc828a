"""Serializers of submissions: read only, for they are written by deeds."""

from rest_framework import serializers

from batik_registry.serializers import RecordSerializer
from submissions.choices import Operation
from submissions.models import Submission


class SubmissionSerializer(RecordSerializer):
    class Meta:
        model = Submission
        fields = [
            *("id", "row_version", "number", "office", "region_code", "purpose", "title", "state", "desk"),
            *("due_on", "note", "parent", "created_at", "submitted_at", "decided_at"),
        ]
        read_only_fields = fields


class WishedSerializer(serializers.Serializer):
    """What is proposed about one record."""

    type = serializers.CharField(help_text="Jenis data, seperti namanya di alamat: members, centres, …")
    operation = serializers.ChoiceField(choices=Operation.choices, help_text="CREATE, UPDATE, atau END")
    id = serializers.UUIDField(
        required=False, help_text="ID data; untuk CREATE boleh Anda tentukan agar perubahan lain dapat merujuknya"
    )
    version = serializers.IntegerField(
        required=False, min_value=1, help_text="row_version yang Anda baca; wajib untuk UPDATE dan END"
    )
    values = serializers.DictField(required=False, default=dict, help_text="Isian dan nilainya, seperti pada PATCH")


class NewSubmissionSerializer(serializers.Serializer):
    """Several changes that are decided as one matter."""

    note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=1000, help_text="Catatan untuk penelaah"
    )
    changes = WishedSerializer(many=True, allow_empty=False, help_text="Perubahan satu per satu")
