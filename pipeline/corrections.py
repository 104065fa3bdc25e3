"""Replay and undo corrections: `apply(observed, corrections) == restored` holds for every document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.model import Correction


def apply_line(text: str, corrections: Iterable[Correction]) -> str:
    """Make the corrections of one line; they must not overlap, in any order.

    Raises:
        ValueError: a correction does not fit the text.
    """
    out: list[str] = []
    end = 0
    for c in sorted(corrections, key=lambda c: (c.start, len(c.observed))):
        if c.start < end or text[c.start : c.start + len(c.observed)] != c.observed:
            raise ValueError(f"the correction {c.observed!r} -> {c.restored!r} at {c.start} does not fit {text!r}")
        out += text[end : c.start], c.restored
        end = c.start + len(c.observed)
    return "".join((*out, text[end:]))


def apply(observed: Sequence[str], corrections: Iterable[Correction]) -> list[str]:
    """Make the corrections; `observed[n - 1]` is line n of the document."""
    by_line = _by_line(corrections)
    return [apply_line(text, by_line.get(number, ())) for number, text in enumerate(observed, 1)]


def undo(restored: Sequence[str], corrections: Iterable[Correction]) -> list[str]:
    """The observed lines back from the restored ones."""
    inverse: list[Correction] = []
    for cs in _by_line(corrections).values():
        shift = 0
        for c in sorted(cs, key=lambda c: (c.start, len(c.observed))):
            inverse.append(
                c.model_copy(update={"start": c.start + shift, "observed": c.restored, "restored": c.observed})
            )
            shift += len(c.restored) - len(c.observed)
    return apply(restored, inverse)


def _by_line(corrections: Iterable[Correction]) -> dict[int, list[Correction]]:
    grouped: dict[int, list[Correction]] = defaultdict(list)
    for c in corrections:
        grouped[c.line].append(c)
    return grouped


def compose(first: Sequence[Correction], then: Sequence[Correction]) -> list[Correction]:
    """One list that does what `first` and afterwards `then` do; offsets of `then` are in the text that `first` made.

    Corrections that touch one another are merged into one, which keeps the lower confidence and both rules.
    """
    later = _by_line(then)
    out = [c for c in first if c.line not in later]
    earlier = _by_line(first)
    for line, cs in later.items():
        out += _compose_line(earlier.get(line, []), cs)
    return sorted(out, key=lambda c: (c.line, c.start))


def _compose_line(first: list[Correction], then: list[Correction]) -> list[Correction]:
    done = sorted(first, key=lambda c: (c.start, len(c.observed)))
    for c in sorted(then, key=lambda c: c.start, reverse=True):
        done = _compose_one(done, c)
    return done


def _compose_one(done: list[Correction], new: Correction) -> list[Correction]:
    """Fold one later correction into a line's earlier ones (sorted)."""
    before: list[Correction] = []
    hit: list[tuple[int, Correction]] = []
    after: list[Correction] = []
    shift = 0  # offset of the made text against the observed one, up to the current correction
    shift_before = 0
    for c in done:
        start = c.start + shift
        if start + len(c.restored) < new.start or (
            start + len(c.restored) == new.start and new.observed and c.restored
        ):
            before.append(c)
            shift_before = shift + len(c.restored) - len(c.observed)
        elif start > new.start + len(new.observed) or (start == new.start + len(new.observed) and new.observed):
            after.append(c)
        else:
            hit.append((start, c))
        shift += len(c.restored) - len(c.observed)
    if not hit:
        return [*before, new.model_copy(update={"start": new.start - shift_before}), *after]
    return [*before, _merge(hit, new, shift_before), *after]


def _merge(hit: list[tuple[int, Correction]], new: Correction, shift: int) -> Correction:
    """One correction for a later one and the earlier ones it touches; `hit` has their offsets in the made text."""
    lo = min(new.start, hit[0][0])
    hi = max(new.start + len(new.observed), hit[-1][0] + len(hit[-1][1].restored))
    made, observed, at = "", "", lo
    for start, c in hit:
        gap = new.observed[at - new.start : start - new.start] if at < start else ""
        made, observed, at = made + gap + c.restored, observed + gap + c.observed, start + len(c.restored)
    tail = new.observed[at - new.start :] if at < hi else ""
    made, observed = made + tail, observed + tail
    restored = made[: new.start - lo] + new.restored + made[new.start - lo + len(new.observed) :]
    return hit[0][1].model_copy(
        update={
            "start": lo - shift,
            "observed": observed,
            "restored": restored,
            "confidence": min(new.confidence, *(c.confidence for _, c in hit)),
            "alternatives": [],
            "rule": "+".join(dict.fromkeys([*(c.rule for _, c in hit), new.rule])),
        }
    )
