"""Counts of what held and what did not, closed with one line that runners read."""

import sys


class Checks:
    def __init__(self):
        self.passed, self.failed = 0, 0

    def __call__(self, sentence, holds, seen=None):
        """One expectation, a sentence; what was seen is shown when it does not hold."""
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {sentence}" + (f"\n        seen: {seen}" if seen is not None else ""), flush=True)
        return bool(holds)

    def close(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)
