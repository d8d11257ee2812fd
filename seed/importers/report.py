"""What an import did, and what it left out and why."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

MOST_EXAMPLES = 5


@dataclass
class Report:
    """Counts by reason, with where the first of each stand.

    `skipped` are rows that are not in the directory; `remarks` rows that are, with less than one would wish.
    """

    title: str = ""
    attribution: str = ""
    noun: str = "postcodes"
    written: int = 0
    seconds: float = 0.0
    resumed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def skip(self, reason: str, example: str) -> None:
        self.skipped[reason] += 1
        self.show(reason, example)

    def remark(self, reason: str, example: str) -> None:
        self.remarks[reason] += 1
        self.show(reason, example)

    def show(self, reason: str, example: str) -> None:
        if len(self.examples[reason]) < MOST_EXAMPLES:
            self.examples[reason].append(example)

    def lines(self) -> list[str]:
        """The report as a person reads it."""
        again = (
            f", {self.resumed:,} of them by an earlier run that was interrupted"
            if self.resumed
            else ""
        )
        lines = [
            f"{self.title}: {self.written:,} {self.noun} in {self.seconds:.0f} s{again}."
        ]
        for words, counts in (("Skipped", self.skipped), ("Taken", self.remarks)):
            for reason, count in counts.most_common():
                shown = "; ".join(self.examples[reason])
                lines.append(f"{words} {count:,}: {reason} ({shown})")
        if not self.skipped:
            lines.append("Nothing was skipped.")
        if self.attribution:
            lines.append(self.attribution)
        return lines
