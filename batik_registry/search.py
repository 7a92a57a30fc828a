"""The database's two ways of making texts comparable, for expressions, generated columns and constraints.

Their SQL is in migration 0001_search_functions. Both are immutable, so a typed text is folded once per query.
"""

from django.db.models import Func, TextField


class Squash(Func):
    """Lower case, no accents, letters and digits only: "Gunung Gedangan" and "Gununggedangan" become equal."""

    function = "registry_squash"
    arity = 1
    output_field = TextField()


class Fold(Func):
    """Lower case, no accents, single spaces: words stay words."""

    function = "registry_fold"
    arity = 1
    output_field = TextField()
