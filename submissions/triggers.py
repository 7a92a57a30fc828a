"""The second wall behind the actions: what was sent stands still, states move only along the table, steps only grow."""

from collections.abc import Iterator

from batik_registry.triggers import Trigger
from submissions.choices import State
from submissions.lifecycle import OPEN, PAIRS
from submissions.models import ProposedChange, ProposedField, Step, Submission

TABLE, CHANGES, FIELDS = (model._meta.db_table for model in (Submission, ProposedChange, ProposedField))
#: Columns of a proposed field that are the proposal itself; the others are what reviewers say.
CONTENT = ("change_id", "name", "base", "proposed")


def submission_triggers() -> Iterator[Trigger]:
    yield _states()
    yield _begins_as_draft()
    yield _never(TABLE, "BEFORE DELETE", "Usulan tidak dihapus; tarik kembali")
    for event in ("UPDATE", "DELETE"):
        yield _never(Step._meta.db_table, f"BEFORE {event}", "Langkah usulan hanya dapat ditambah")
    yield _frozen_changes()
    yield _frozen_fields()


def _refusal(sentence: str) -> str:
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation';"


def _never(table: str, when: str, sentence: str) -> Trigger:
    return Trigger(table=table, name=f"submission_no_{when.split()[-1].lower()}", when=when, body=_refusal(sentence))


def _states() -> Trigger:
    pairs = ", ".join(f"('{before.value}', '{after.value}')" for before, after in PAIRS)
    old, new = (", ".join(f'{side}."{column}"' for column in Submission.FROZEN) for side in ("OLD", "NEW"))
    return Trigger(
        table=TABLE,
        name="submission_states",
        when="BEFORE UPDATE",
        body=f"""
            IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({pairs}) THEN
                {_refusal("Status usulan tidak dapat berubah demikian")}
            END IF;
            IF OLD.state <> '{State.DRAFT.value}' AND ({old}) IS DISTINCT FROM ({new}) THEN
                {_refusal("Usulan yang sudah dikirim tidak dapat diubah")}
            END IF;
            RETURN NEW;
        """,
    )


def _begins_as_draft() -> Trigger:
    return Trigger(
        table=TABLE,
        name="submission_begins",
        when="BEFORE INSERT",
        condition=f"NEW.state <> '{State.DRAFT.value}'",
        body=_refusal("Usulan bermula sebagai konsep"),
    )


def _frozen_changes() -> Trigger:
    return Trigger(
        table=CHANGES,
        name="submission_frozen",
        when="BEFORE INSERT OR UPDATE OR DELETE",
        body=f"""
            IF EXISTS (
                SELECT FROM "{TABLE}" WHERE id IN (OLD.submission_id, NEW.submission_id)
                AND state <> '{State.DRAFT.value}'
            ) THEN {_refusal("Usulan yang sudah dikirim tidak dapat diubah")} END IF;
            RETURN coalesce(NEW, OLD);
        """,
    )


def _frozen_fields() -> Trigger:
    """While it is a draft everything moves but the decision; while it is open nothing moves but the decision."""
    old, new = (", ".join(f'{side}."{column}"' for column in CONTENT) for side in ("OLD", "NEW"))
    undecided = ", ".join(f"'{state.value}'" for state in OPEN)
    return Trigger(
        table=FIELDS,
        name="submission_frozen",
        when="BEFORE INSERT OR UPDATE OR DELETE",
        declare="now_is text;",
        body=f"""
            SELECT s.state INTO now_is FROM "{CHANGES}" c JOIN "{TABLE}" s ON s.id = c.submission_id
            WHERE c.id = coalesce(OLD.change_id, NEW.change_id);
            IF now_is = '{State.DRAFT.value}' AND (TG_OP = 'DELETE' OR NEW.decision = '') THEN
                RETURN coalesce(NEW, OLD);
            END IF;
            IF now_is IN ({undecided}) AND TG_OP = 'UPDATE' AND ({old}) IS NOT DISTINCT FROM ({new}) THEN
                RETURN NEW;
            END IF;
            {_refusal("Usulan yang sudah dikirim tidak dapat diubah")}
        """,
    )
