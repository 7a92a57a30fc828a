from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def account_inactive(request: HttpRequest) -> HttpResponse:
    """Public: whoever gave the right password of an ended account is told here whom to ask."""
    return render(request, "account/account_inactive.html", status=403)
