"""Forms of programmes: DAK and other funds in `dak`, events in `events`."""

from programs.forms.dak import *  # noqa: F403 - one name for both halves
from programs.forms.events import *  # noqa: F403 - the other half
