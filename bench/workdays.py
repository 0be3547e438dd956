"""Working-day arithmetic beside the loop that everybody writes first, in the same run and with equal answers.

Usage: python bench/workdays.py [--rounds 7]

Prints JSON lines: the median microseconds of "20 working days from here" on a calendar of 27 years.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from qilian.core.time.calendar.kernel import HolidayRule, WorkCalendar

BEGINS, DAYS, CALLS = date(2004, 1, 1), 27 * 365, 2000


def main() -> None:
    """Measure both, and stop if they ever disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    chance = random.Random(2015)
    rulings = [HolidayRule(BEGINS + timedelta(days=day), chance.random() < 0.5) for day in range(0, DAYS, 9)]
    calendar = WorkCalendar.of(rulings)
    starts = [BEGINS + timedelta(days=chance.randrange(DAYS - 400)) for _ in range(CALLS)]

    def by_day(start: date) -> date:
        left, day = 20, start
        while left:
            day += timedelta(days=1)
            left -= calendar.is_workday(day)
        return day

    assert [calendar.add_working_days(start, 20) for start in starts] == [by_day(start) for start in starts]
    for name, run in (("calendar", lambda day: calendar.add_working_days(day, 20)), ("peer_day_by_day", by_day)):
        taken = statistics.median(_microseconds(run, starts) for _ in range(rounds))
        print(
            json.dumps(
                {"bench": "calendar", "measure": name, "unit": "µs", "median": round(taken, 2), "rounds": rounds}
            )
        )


def _microseconds(run: Callable[[date], date], starts: list[date]) -> float:
    began = time.perf_counter()
    for start in starts:
        run(start)
    return (time.perf_counter() - began) / len(starts) * 1e6


if __name__ == "__main__":
    main()
