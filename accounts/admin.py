"""Offices and accounts at the ministry's desk. allauth's and the queue's own tables stay out of sight."""

from datetime import timedelta
from importlib import import_module
from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.admin_forms import ApiTokenForm, OfficeForm, UserForm
from accounts.models import ApiToken, Office, OfficeHead, OfficeName, User
from batik_registry.admin import RecordAdmin, RecordTabularInline, date_column, words_column
from batik_registry.rest import resources
from batik_registry.templatetags.formats import angka

# A password alone must not open the desk to somebody who has a second factor: send all sign-ins through allauth.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Their tables stay out of sight: an account's page offers what an administrator needs of them.
THEIRS = (
    "django.contrib.auth.admin",
    "allauth.account.admin",
    "allauth.mfa.admin",
    "allauth.usersessions.admin",
    "procrastinate.contrib.django.admin",
)
for module in THEIRS:
    import_module(module)  # before Django's autodiscovery does, so that nothing registers after us
for model in list(admin.site._registry):
    if model._meta.app_config.name in {name.removesuffix(".admin") for name in THEIRS}:
        admin.site.unregister(model)


class HeadInline(RecordTabularInline):
    model = OfficeHead
    show_change_link = False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = ["name", "title", "nip", "since", "until", "as_of", "source"]
        return fields if request.user.may.read_personal(OfficeHead) else [name for name in fields if name != "nip"]


class FormerNameInline(RecordTabularInline):
    model = OfficeName
    show_change_link = False
    fields = ["name", "valid_from", "valid_to", "source"]


class StaffInline(RecordTabularInline):
    """The accounts of the office; they are edited on their own pages."""

    model = User
    fields = ["name", "role", "active_until", "is_active"]
    readonly_fields = ["name", "role", "active_until", "is_active"]
    verbose_name_plural = _("pengguna di kantor ini")
    can_delete = False
    max_num = 0


@admin.register(Office)
class OfficeAdmin(RecordAdmin):
    form = OfficeForm
    list_display = ["name", "abbreviation", "level", "region", "user_count", "active"]
    list_filter = ["level", "is_active", "is_sample"]
    list_select_related = ["region"]
    search_fields = ["name", "abbreviation", "former_names__name", "region__name", "region_code"]
    search_help_text = _("Cari dengan nama, singkatan, nama terdahulu, atau wilayah")
    autocomplete_fields = ["region", "parent"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "abbreviation",
                    "level",
                    "region",
                    "parent",
                    "affairs",
                    "verified_by_province",
                    "is_active",
                ]
            },
        ),
        (_("Kontak"), {"fields": ["address", "phone", "email"]}),
        (_("Sumber"), {"fields": ["source", "source_url", "as_of"]}),
    ]
    inlines = [HeadInline, FormerNameInline, StaffInline]

    active = staticmethod(words_column("is_active", _("aktif")))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Office]:
        current = Q(users__is_active=True)
        return super().get_queryset(request).annotate(user_count=Count("users", filter=current, distinct=True))

    @admin.display(description=_("pengguna aktif"), ordering="user_count")
    def user_count(self, office: Any) -> int:
        return int(office.user_count)


@admin.register(User)
class UserAdmin(RecordAdmin):
    form = UserForm
    columns = ["name", "email", "role", "office", "active_until_column", "has_second_factor", "active"]
    list_filter = ["role", "is_active", "office__level"]
    list_select_related = ["office"]
    search_fields = ["name", "office__name", "office__abbreviation"]
    search_help_text = _("Cari dengan nama orang atau nama kantor")
    autocomplete_fields = ["office"]
    ordering = ["name"]
    readonly_fields = ["last_login"]
    fieldsets = [
        (None, {"fields": ["name", "email", "role", "office", "assigned_centres"]}),
        (_("Penugasan"), {"fields": ["nip", "phone", "appointment_letter", "active_until", "is_active"]}),
        (_("Pemakaian"), {"fields": ["last_login"]}),
    ]
    actions = ["remove_second_factor", "lift_lockout"]
    change_form_template = "admin/accounts/user/change_form.html"

    active = staticmethod(words_column("is_active", _("aktif")))
    active_until_column = staticmethod(date_column("active_until", _("aktif sampai")))

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return super().get_queryset(request).annotate(has_second_factor=Exists(factor))

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return self.columns if request.user.may.read_personal(User) else self.masked(self.columns)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        personal = ["email"] if request.user.may.read_personal(User) else []
        return [*self.search_fields, *personal]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        next_year = timezone.localdate() + timedelta(days=365)
        return {"active_until": next_year} | super().get_changeform_initial_data(request)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """One opens accounts only of the roles that the own role appoints."""
        if db_field.name == "role":
            kwargs["choices"] = [choice for choice in db_field.get_choices() if self._may_give(request, choice[0])]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @staticmethod
    def _may_give(request: HttpRequest, role: str) -> bool:
        return not role or request.user.may.appoint(role)

    @admin.display(description=_("autentikator"), ordering="has_second_factor")
    def has_second_factor(self, user: Any) -> str:
        return str(_("ya") if user.has_second_factor else _("tidak"))

    # --- deeds --------------------------------------------------------------------------------------------------

    @admin.action(description=_("Lepas autentikator (ponsel hilang)"), permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, users: QuerySet[User]) -> None:
        count = sum(actions.remove_second_factor(user=user, by=request.user) for user in users)
        messages.success(request, _("Autentikator %(count)d akun dilepas.") % {"count": count})

    @admin.action(description=_("Buka kunci masuk"), permissions=["change"])
    def lift_lockout(self, request: HttpRequest, users: QuerySet[User]) -> None:
        count = sum(actions.lift_lockout(user=user, by=request.user) for user in users)
        messages.success(request, _("Kunci masuk %(count)d akun dibuka.") % {"count": count})

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(self.set_password)
        return [path("<uuid:pk>/kata-sandi/", page, name="accounts_user_set_password"), *super().get_urls()]

    def set_password(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """A page to give somebody a first or a new password; it ends that person's sessions."""
        user = self.get_queryset(request).filter(pk=pk).first()
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        form = SetPasswordForm(user, request.POST or None)
        if form.is_valid():
            user.set_password(form.cleaned_data["new_password1"])
            user.save(update_fields=["password"])
            messages.success(request, _("Kata sandi %(name)s sudah diatur.") % {"name": user.name})
            return redirect(reverse("admin:accounts_user_change", args=[user.pk]))
        context = self.admin_site.each_context(request) | {"form": form, "account": user, "opts": self.opts}
        return render(request, "admin/accounts/user/set_password.html", context)


@admin.register(ApiToken)
class ApiTokenAdmin(RecordAdmin):
    form = ApiTokenForm
    list_display = ["__str__", "owner", "purpose", "region", "expires", "last_used_at", "works"]
    list_filter = ["reads_personal", "expires_on"]
    list_select_related = ["owner", "region"]
    search_fields = ["prefix", "purpose", "owner__name", "owner__office__name"]
    search_help_text = _("Cari dengan awalan token, kegunaan, pemilik, atau kantornya")
    autocomplete_fields = ["owner", "region"]
    readonly_fields = ["sees", "last_used_at", "replaces", "revoked_at", "revoked_by"]
    fieldsets = [
        (None, {"fields": ["owner", "purpose", "scopes", "expires_on"]}),
        (_("Batas"), {"fields": ["region", "addresses", "reads_personal", "agreement"]}),
        (_("Pemakaian"), {"fields": ["sees", "last_used_at", "replaces", "revoked_at", "revoked_by"]}),
    ]
    change_form_template = "admin/accounts/apitoken/change_form.html"

    expires = staticmethod(date_column("expires_on", _("berlaku sampai")))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_fieldsets(request, obj)
        return found if obj else found[:-1]

    @admin.display(description=_("berlaku"))
    def works(self, token: Any) -> str:
        return str(_("ya") if token.is_usable else _("tidak"))

    @admin.display(description=_("yang terlihat lewat token ini"))
    def sees(self, token: Any) -> str:
        """How many rows of each resource its holder would be told. One query for each."""
        seen = resources.counts_for(token.bearer()) if token.is_usable else {}
        return ", ".join(f"{name} {angka(count)}" for name, count in seen.items()) or str(_("tidak ada"))

    # --- deeds --------------------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, token: Any, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, token, form, change)
        else:
            request.token_shown = actions.issue_token(token=token, by=request.user)  # type: ignore[attr-defined]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._show(request, obj, request.token_shown)  # type: ignore[attr-defined]

    def get_urls(self) -> list[Any]:
        deeds = {"ganti": ("rotate", self.rotate), "cabut": ("revoke", self.revoke)}
        pages = [
            path(f"<uuid:pk>/{slug}/", self.admin_site.admin_view(require_POST(view)), name=f"accounts_apitoken_{name}")
            for slug, (name, view) in deeds.items()
        ]
        return [*pages, *super().get_urls()]

    def rotate(self, request: HttpRequest, pk: Any) -> HttpResponse:
        token = get_object_or_404(ApiToken.objects.visible_to(request.user).usable(), pk=pk)
        new, shown = actions.rotate_token(token=token, by=request.user)
        token.refresh_from_db()
        return self._show(request, new, shown, old=token)

    def revoke(self, request: HttpRequest, pk: Any) -> HttpResponse:
        token = get_object_or_404(self.get_queryset(request), pk=pk)
        actions.revoke_token(token=token, by=request.user)
        messages.success(request, _("Token %s dicabut; sejak sekarang ditolak.") % token)
        return redirect(reverse("admin:accounts_apitoken_change", args=[pk]))

    def _show(self, request: HttpRequest, token: Any, shown: str, **context: Any) -> HttpResponse:
        """The secret on a page of its own: in a message or a session it would be kept."""
        told = self.admin_site.each_context(request) | {"title": _("Token baru"), "token": token, "shown": shown}
        return render(request, "admin/accounts/token_shown.html", told | context)
