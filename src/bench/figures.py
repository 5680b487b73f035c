"""Samples, and how they are told."""

import statistics


class Figures:
    """Samples of one unit."""

    def __init__(self, samples, unit="ms"):
        self.samples = sorted(samples)
        self.unit = unit

    @property
    def median(self):
        return statistics.median(self.samples)

    @property
    def worst(self):
        return self.samples[-1]

    def percentile(self, hundredths):
        """The least sample that so many of all do not exceed."""
        return self.samples[max(0, -(-len(self.samples) * hundredths // 100) - 1)]

    def __str__(self):
        """The median, and between what the middle half of the samples lies."""
        lower, upper = self.percentile(25), self.percentile(75)
        return f"{short(self.median)} {self.unit} ({short(lower)}–{short(upper)})"


def short(number):
    """Three digits that count."""
    if abs(number) >= 100:
        return f"{number:.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"
