"""The fixed lists of programmes: what DAK needs stands in `dak`, what events need in `events`."""

from programs.choices.dak import *  # noqa: F403 - one name for the lists of both halves
from programs.choices.events import *  # noqa: F403
