"""Serializers of programmes: DAK and other funds in `dak`, events in `events`."""

from programs.serializers.dak import *  # noqa: F403 - one name for both halves
from programs.serializers.events import *  # noqa: F403 - the other half
