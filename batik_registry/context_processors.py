from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """What every page knows: whether this is the demo."""
    return {"is_demo": settings.DEMO}
