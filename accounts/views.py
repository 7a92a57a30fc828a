from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import MailModeForm


@login_not_required
def account_inactive(request: HttpRequest) -> HttpResponse:
    """Public: whoever gave the right password of an ended account is told here whom to ask."""
    return render(request, "account/account_inactive.html", status=403)


@require_http_methods(["GET", "HEAD", "POST"])
def mail_mode(request: HttpRequest) -> HttpResponse:
    """When the portal writes to its officer; nobody else is written to."""
    if not request.user.enters_portal:
        raise Http404
    form = MailModeForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Pilihan surel Anda tersimpan."))
        return redirect("mail_mode")
    return render(request, "account/mail_mode.html", {"form": form})
