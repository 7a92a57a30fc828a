"""The change log, and the webhooks that are told of it."""

from changes.models.log import Change, ChangeQuerySet, Decoded, Epoch, PersonalRead, Seal
from changes.models.webhook import Delivery, DeliveryQuerySet, Webhook, WebhookQuerySet

__all__ = [
    "Change",
    "ChangeQuerySet",
    "Decoded",
    "Delivery",
    "DeliveryQuerySet",
    "Epoch",
    "PersonalRead",
    "Seal",
    "Webhook",
    "WebhookQuerySet",
]
