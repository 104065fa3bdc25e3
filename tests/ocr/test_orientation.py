import pytest

from pipeline.model import Word
from pipeline.ocr.orientation import readability, turn_needed


def column(steps: int, size: tuple[int, int], confidence: float = 0.9, count: int = 12) -> list[list[Word]]:
    """One line of words; each stands `steps` pixels below the one before it."""
    return [
        [
            Word("trung", 0, confidence, (100, y, 100 + size[0], y + size[1]))
            for y in range(2000, 2000 + steps * count, steps)
        ]
    ]


def upright(confidence: float = 0.9, count: int = 12) -> list[list[Word]]:
    return [[Word("trung", 0, confidence, (100 * n, 500, 100 * n + 80, 530)) for n in range(count)]]


@pytest.mark.parametrize(
    ("lines", "turn"),
    [
        (upright(), 0),
        (upright(confidence=0.2), 180),
        (column(100, (30, 80)), 90),
        (column(-100, (30, 80)), 270),
        (column(100, (30, 80), confidence=0.2), 270),
        (column(-100, (30, 80), confidence=0.2), 90),
        (column(100, (80, 30)), 0),
        (column(100, (30, 80), count=5), 0),
        ([], 0),
    ],
)
def test_turn(lines: list[list[Word]], turn: int) -> None:
    assert turn_needed(lines) == turn


def test_upright_and_sure_reads_best() -> None:
    assert readability(upright()) > readability(column(100, (30, 80))) == 0
    assert readability(upright()) > readability(upright(confidence=0.2)) == 0
