"""Addresses of what public pages tell of."""

from django import template

from public.places import centre_url, province_url
from public.views.events import event_url

register = template.Library()

register.filter("centre_url", centre_url)
register.filter("event_url", event_url)
register.filter("province_url", province_url)
