"""Pages that belong to no floor: the landing, and what the operator's monitor asks."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.defaults import page_not_found

from batik_registry.rest import problems


def home(request: HttpRequest) -> HttpResponse:
    """Where somebody lands after signing in; officers go on to their portal."""
    if request.user.enters_portal:
        return redirect("portal:home")
    return render(request, "home.html")


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; asks no database."""
    return HttpResponse("hidup", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and takes writes."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT NOT pg_is_in_recovery()")
            writable = cursor.fetchone()[0]
    except DatabaseError:
        writable = False
    return HttpResponse(
        "siap" if writable else "belum siap", status=200 if writable else 503, content_type="text/plain"
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A person gets a page, a program a problem."""
    if request.path.startswith(f"{reverse('api:developer')}v1/"):
        return problems.not_found(request)
    return page_not_found(request, exception)
