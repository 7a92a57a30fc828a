"""Names that are found in any spelling and any form of their words: a folded text kept by the database.

It is searched by trigrams, which forgive spelling, and by Indonesian stems, which forgive prefixes and suffixes.
"""

import re
from functools import reduce
from operator import add, or_
from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramWordSimilarity
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from batik_registry.lists import ListField
from batik_registry.models import RegionalQuerySet
from batik_registry.search import Fold, Squash
from batik_registry.triggers import Trigger

MOST_WORDS = 8
# What people write before a name; the rest of the text says which one they mean.
WORDS_OF_EVERY_NAME = {"sentra", "ikm", "industri", "dan", "di", "the"}
LANGUAGE = "indonesian"
STEMS = SearchVector("search_text", config=LANGUAGE)
#: How near a word of the same root is; the word itself is 1.
OF_ONE_ROOT = 0.8
# The prefix meN-/peN- swallows the first letter of the root (tenun, menenun), which the stemmer does not give back.
SWALLOWED = (
    (re.compile(r"[mp]eng([aiueo]\w+)"), "k"),
    (re.compile(r"[mp]eny([aiueo]\w+)"), "s"),
    (re.compile(r"[mp]em([aiueo]\w+)"), "p"),
    (re.compile(r"[mp]en([aiueo]\w+)"), "t"),
    (re.compile(r"pe(r[aiueo]\w+)"), ""),
)


class SearchQuerySet(RegionalQuerySet):
    def search(self, text: str) -> Self:
        """Rows whose name, other names or place fit every word of the text, the nearest first.

        Small differences of spelling are forgiven (Barama, Bharama, Brama), so is where words are joined (nonfisik,
        non fisik), and so are prefixes and suffixes (batik, membatik). Nothing but blanks finds everything.
        """
        words = _words(text)
        if not words:
            return self if not text.strip() else self.none()
        joined = "".join(words)
        every_word = reduce(Q.__and__, (_spelled(word) | _of_one_root(word) for word in words))
        found = self.alias(stems=STEMS).filter(every_word | Q(search_joined__contains=Squash(Value(joined))))
        nearness = reduce(add, map(_nearness, words))
        return found.annotate(nearness=nearness).order_by("-nearness", *self.model._meta.ordering)


def _spelled(word: str) -> Q:
    return Q(search_text__trigram_word_similar=Fold(Value(word)))


def _of_one_root(word: str) -> Q:
    roots = [f"{first}{found[1]}" for pattern, first in SWALLOWED if (found := pattern.fullmatch(word))]
    queries = (SearchQuery(one, config=LANGUAGE) for one in [word, *roots])
    return Q(stems=reduce(or_, queries))


def _nearness(word: str) -> Any:
    folded: Any = Fold(Value(word))
    root = Case(When(_of_one_root(word), then=Value(OF_ONE_ROOT)), default=Value(0.0))
    return Greatest(TrigramWordSimilarity(folded, "search_text"), root)


def _words(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.lower())[:MOST_WORDS]
    return [word for word in words if word not in WORDS_OF_EVERY_NAME] or words


class Searchable(models.Model):
    """A record with names to search by. `search_parts` are its columns; personal fields have no place there."""

    # A trigger fills both, and only when a name or the place changes: folding costs more than the rest of an update.
    search_text = models.TextField(_("teks pencarian"), editable=False, blank=True, default="")
    search_joined = models.TextField(_("teks pencarian tanpa spasi"), editable=False, blank=True, default="")

    search_parts: ClassVar[tuple[str, ...]] = ()
    #: Words by which every row of this kind is found.
    search_also: ClassVar[str] = ""
    #: Made from other columns: the change log need not repeat it.
    unlogged_columns = ("search_text", "search_joined")

    class Meta:
        abstract = True
        indexes = [
            GinIndex(fields=["search_text"], name="%(app_label)s_%(class)s_text", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["search_joined"], name="%(app_label)s_%(class)s_joined", opclasses=["gin_trgm_ops"]),
            GinIndex(STEMS, name="%(app_label)s_%(class)s_stems"),
        ]

    @classmethod
    def database_triggers(cls) -> list[Trigger]:
        return [*super().database_triggers(), cls._search_trigger()]

    @classmethod
    def _search_trigger(cls) -> Trigger:
        columns = [*cls.search_parts, "region_code"]
        old, new = (", ".join(f'{side}."{column}"' for column in columns) for side in ("OLD", "NEW"))
        names = ", ".join(
            f"array_to_string(NEW.{column}, ' ')"
            if isinstance(cls._meta.get_field(column), ListField)
            else f"NEW.{column}"
            for column in cls.search_parts
        )
        return Trigger(
            table=cls._meta.db_table,
            name="record_15_search",  # after the region is known, before the version counts
            when="BEFORE INSERT OR UPDATE",
            declare="place text;",
            body=f"""
                IF TG_OP = 'UPDATE' AND ({old}) IS NOT DISTINCT FROM ({new}) AND NEW.search_text <> '' THEN
                    RETURN NEW;
                END IF;
                SELECT concat_ws(' ', r.name, r.path, (
                    SELECT string_agg(a.name, ' ') FROM regions_regionalias a
                    WHERE a.region_id IN (NEW.region_code, left(NEW.region_code, 5))
                )) INTO place FROM regions_region r WHERE r.code = NEW.region_code;
                NEW.search_text := registry_fold(concat_ws(' ', {names}, '{cls.search_also}', place));
                NEW.search_joined := registry_squash(NEW.search_text);
                RETURN NEW;
            """,
        )
