"""Which column plays which role: guessed from names and checked against values, each guess with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from core.errors import BadInput, not_found
from ingest.lifecycle import TRANSITIONS
from ingest.role_names import COMMON_NAMES, COST_WORDS, FEEDING, NO_COST_WORDS, XES_NAMES
from ingest.values import REQUIRED, Column, ColumnRole, Profile, Reading, RoleGuess, Scope, counted
from ingest.words import failed_of_word, kind_of_word, plain, truth_of_word

_ALMOST_ALL = 0.9
WORDS = 20  # different words that an outcome may have
EXAMPLES = 3
_OF_CASE = (
    ColumnRole.CASE,
    ColumnRole.DUE,
    ColumnRole.COMPLETE,
)  # where the source tells trace from event, these are the trace's


def assign(
    reading: Reading, profiles: Sequence[Profile], given: Mapping[str, str], errors: Collection[str] = ()
) -> tuple[dict[ColumnRole, RoleGuess], list[str]]:
    """The roles found, those `given` first, then those that the format settles; and hints on what was left open.

    A role that is given an empty text is played by no column, whatever looks like it. `errors` are words, plain, that
    are said to be errors: a column that has one may be the outcome. Raises BadInput.
    """
    absent = {name for name, label in given.items() if not label}
    given = {name: label for name, label in given.items() if label}
    for name in absent - set(ColumnRole):
        raise not_found("column role", name, list(ColumnRole))
    known = {g.role: g for g in reading.known if g.role not in absent and g.column not in given.values()}
    settled = {role.value: guess.column for role, guess in known.items()}
    found, hints = find_roles(profiles, resolve(reading.columns, settled | given), absent, errors)
    return found | {role: guess for role, guess in known.items() if role.value not in given}, hints


def find_roles(
    profiles: Sequence[Profile],
    given: Mapping[ColumnRole, Column],
    absent: Collection[str] = (),
    errors: Collection[str] = (),
) -> tuple[dict[ColumnRole, RoleGuess], list[str]]:
    """The roles found among `profiles`, those `given` first, and hints on why a role was left open.

    No column plays two roles, nor one that is `absent`. A name alone is not enough: the values must be such as the role
    has.
    """
    found = {role: RoleGuess(role, column.label, "as you said") for role, column in given.items()}
    taken = {column.label for column in given.values()}
    hints: list[str] = []
    tells_traces = any(profile.column.scope is Scope.CASE for profile in profiles)
    for role in (*REQUIRED, *(r for r in ColumnRole if r not in REQUIRED)):
        if role in found or role in absent:
            continue
        free = [p for p in profiles if p.column.label not in taken]
        free = [p for p in free if not tells_traces or (p.column.scope is Scope.CASE) is (role in _OF_CASE)]
        guess = _by_name(role, free, hints, errors) or (_by_values(role, free) if role in REQUIRED else None)
        if guess:
            found[role] = guess
            taken.add(guess.column)
    if ColumnRole.END not in absent:
        _named_only(profiles, found, taken)
    return found, hints


def _named_only(profiles: Sequence[Profile], found: dict[ColumnRole, RoleGuess], taken: set[str]) -> None:
    """Take a column that is named like the end for it, whatever its values: staging then shows which cannot be read."""
    names = (*XES_NAMES[ColumnRole.END], *COMMON_NAMES[ColumnRole.END])
    named = [p.column.label for name in names for p in profiles if name in (p.column.label, plain(p.column.name))]
    free = [label for label in named if label not in taken]
    if ColumnRole.END not in found and free:
        found[ColumnRole.END] = RoleGuess(
            ColumnRole.END, free[0], f"it is named `{free[0]}`, but its values are no timestamps"
        )


def resolve(columns: Iterable[Column], given: Mapping[str, str]) -> dict[ColumnRole, Column]:
    """The columns that the options name, by role. Raises BadInput for a role or column that does not exist."""
    by_label = {column.label: column for column in columns}
    names = {column.name: column for column in by_label.values()} | by_label
    resolved: dict[ColumnRole, Column] = {}
    for name, label in given.items():
        if name not in list(ColumnRole):
            raise not_found("column role", name, list(ColumnRole))
        if label not in names:
            raise not_found("column", label, [name for name, column in by_label.items() if not column.parts])
        keys = {names[label].key, *names[label].parts}
        other = next((role for role, column in resolved.items() if _clash(column, names[label], keys)), None)
        if other is not None:
            raise BadInput(
                f"The column `{label}` is said to be both the {other} and the {name}. One column plays one role."
            )
        resolved[ColumnRole(name)] = names[label]
    return resolved


def _clash(column: Column, other: Column, keys: set[str]) -> bool:
    """Whether two roles would share a column; one date may stand before two times of day."""
    if column.parts and other.parts:
        return column.key == other.key
    return bool(keys & {column.key, *column.parts})


def unknown_outcomes(profile: Profile) -> tuple[str, ...]:
    """The words of which it is not known whether they are an error, were the column the outcome."""
    return tuple(word for word in profile.words if failed_of_word(word, profile.column.name) is None)


def require(found: Mapping[ColumnRole, RoleGuess], reading: Reading, hints: Sequence[str]) -> None:
    """Raise BadInput that names the required roles which no column plays, the options, and the columns."""
    missing = [role for role in REQUIRED if role not in found]
    if not missing:
        return
    words = {ColumnRole.CASE: "the case", ColumnRole.ACTIVITY: "the activity", ColumnRole.END: "when it ended"}
    options = " ".join(f"--{role} COLUMN" for role in missing)
    listed = ", ".join(f"`{column.label}`" for column in reading.columns)
    raise BadInput(
        f"No column of `{reading.path}` could be recognised as {' or '.join(words[role] for role in missing)}. "
        f"Say which one it is with `{options}`. Columns: {listed}.",
        problems=hints,
    )


def _by_name(
    role: ColumnRole, profiles: Sequence[Profile], hints: list[str], errors: Collection[str]
) -> RoleGuess | None:
    for name in XES_NAMES.get(role, ()):
        for profile in profiles:
            if profile.column.label == name and _fits(role, profile, errors):
                if role is ColumnRole.DUE:  # usual, but no name of the standard
                    return _guess(role, profile, f"it is named `{name}`{_told(role, profile)}")
                return RoleGuess(role, profile.column.label, f"`{name}` is the XES name for it{_told(role, profile)}")
    for name in COMMON_NAMES.get(role, ()):
        named = [p for p in profiles if plain(p.column.name) == name]
        fitting = [p for p in named if _fits(role, p, errors)]
        hints += [
            f"`{p.column.label}` is named like the {role}, but {_misfit(role, p)}." for p in named if p not in fitting
        ]
        if fitting:
            return _guess(role, fitting[0], f"it is named `{fitting[0].column.label}`{_told(role, fitting[0])}")
    return _only_cost(profiles, hints) if role is ColumnRole.COST else None


def _only_cost(profiles: Sequence[Profile], hints: list[str]) -> RoleGuess | None:
    """The one column of amounts whose name speaks of cost; several leave the choice to the user.

    What names a type, code or centre of costs is none, nor what has one value throughout.
    """
    costs = [p for p in profiles if _speaks_of_cost(p) and _fits(ColumnRole.COST, p)]
    costs = [p for p in costs if p.distinct > 1 or p.filled == 1]
    if len(costs) > 1:
        listed = ", ".join(f"`{p.column.label}`" for p in costs)
        hints.append(f"Several columns may be the cost: {listed}. Say which one with `--cost COLUMN`.")
    if len(costs) != 1:
        return None
    return _guess(ColumnRole.COST, costs[0], "it is the only column of numbers whose name speaks of cost")


def _speaks_of_cost(profile: Profile) -> bool:
    words = set(plain(profile.column.name).split())
    return bool(words & COST_WORDS) and not words & NO_COST_WORDS


def _guess(role: ColumnRole, profile: Profile, reason: str) -> RoleGuess:
    """A guess that has to be accepted where KPIs are computed from it."""
    guess = RoleGuess(role, profile.column.label, reason)
    return replace(guess, feeds=True, examples=profile.words[:EXAMPLES]) if role in FEEDING else guess


def _by_values(role: ColumnRole, profiles: Sequence[Profile]) -> RoleGuess | None:
    """The only column whose values could play a required role."""
    filled = [p for p in profiles if p.filled]
    moments = [p for p in filled if p.moments >= _ALMOST_ALL * p.tried]
    if role is ColumnRole.END and len(moments) == 1:
        return RoleGuess(role, moments[0].column.label, "it is the only column of timestamps")
    texts = [p for p in filled if p not in moments and p.numbers < _ALMOST_ALL * p.tried]
    repeated = [p for p in texts if 1 < p.distinct <= p.filled / 2]
    if role is ColumnRole.ACTIVITY and len(repeated) == 1:
        return RoleGuess(role, repeated[0].column.label, "it is the only column of words that come again and again")
    return None


def _fits(role: ColumnRole, profile: Profile, errors: Collection[str] = ()) -> bool:
    """Whether the values in `profile` are such as `role` has."""
    if not profile.filled or (role not in REQUIRED and not profile.tried):
        return False
    if role in (ColumnRole.END, ColumnRole.START, ColumnRole.DUE):
        return profile.moments > 0 and (role is not ColumnRole.DUE or profile.moments == profile.tried)
    if role is ColumnRole.COST:
        return profile.amounts == profile.tried
    if role is ColumnRole.OUTCOME:
        if errors and any(plain(word) in errors for word in profile.words):
            return True
        return profile.distinct <= WORDS and all(
            failed_of_word(word, profile.column.name) is not None for word in profile.words
        )
    if role is ColumnRole.COMPLETE:
        return len(profile.words) <= 2 and all(truth_of_word(word) is not None for word in profile.words)
    if role is ColumnRole.PERFORMER_KIND:
        return profile.distinct <= 20 and any(kind_of_word(word) for word in profile.words)
    if role is ColumnRole.LIFECYCLE:
        named = profile.column.label in XES_NAMES[role]
        return profile.distinct <= 50 and (named or any(plain(word) in TRANSITIONS for word in profile.words))
    return True


def _misfit(role: ColumnRole, profile: Profile) -> str:
    if not profile.tried:
        return "it is empty" if not profile.filled else "its values all mean that one is missing"
    if role in (ColumnRole.END, ColumnRole.START, ColumnRole.DUE):
        return "its values are no timestamps"
    if role is ColumnRole.COST:
        return "its values are not all numbers"
    if role is ColumnRole.OUTCOME and profile.distinct <= WORDS:
        listed = ", ".join(f"`{word}`" for word in profile.words)
        return (
            f"which of its words are errors is not known: {listed}. Say them with `--error-words`, such as "
            f"`--error-words '{profile.words[-1] if profile.words else 'failed'}'`; the others are none"
        )
    return "its values are not such as it would have"


def _told(role: ColumnRole, profile: Profile) -> str:
    """What the values add to the reason."""
    if role is ColumnRole.CASE:
        return f", with {counted(profile.distinct, 'different value')} in the sample"
    if role is ColumnRole.ACTIVITY:
        shown = ", ".join(f"`{word}`" for word in profile.words[:2])
        return f", with {counted(profile.distinct, 'different value')} such as {shown}"
    if role in (ColumnRole.END, ColumnRole.START, ColumnRole.DUE):
        return ", and its values are timestamps"
    return ""
