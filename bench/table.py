"""A figure beside its budget."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, and the budget of that name; a ratio above 1 is over it."""

    budget_name: str
    what: str
    value: float
    budget: float
    unit: str

    @property
    def ratio(self) -> float:
        return self.value / self.budget

    def line(self) -> str:
        mark = "over" if self.ratio > 1 else ""
        numbers = f"{self.value:>8.2f} {self.budget:>8.2f} {self.unit:<7} {self.ratio:>6.2f}"
        return f"{self.budget_name:<4} {self.what:<72} {numbers} {mark}".rstrip()


HEAD = f"{'':<4} {'':<72} {'figure':>8} {'budget':>8} {'unit':<7} {'ratio':>6}"
