"""Does a kernel test notice? A survey of the sound house first, then one lie at a time, two at once.

A lie counts as noticed when a test that is green without it fails with it. The survey runs every kernel test in the
same processes and must be green, before the lies and after; it also tells which test runs which line. A lie is shown to
the tests that run its lines, the quickest first, then to the rest of its own folder; a line that runs while modules are
imported is shown to every kernel test.

    python -m tests.house.mutation [SEED [SAMPLE [PART OF A PATH]]]
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import Queue
from typing import Any

from tests.house.lies import Lie, kernels, lies_of
from tests.house.source import ROOT

SAMPLE, SEED, SURVIVORS_MAX = 120, 2015, 0.10
WORKERS = 2
LONGEST = 1800  # seconds of work for all kernel tests, measured
GREEN, RED, STOPPED = 0, 1, 2  # pytest's exit status: all passed, some failed, not even collected


class BrokenHouse(AssertionError):
    """The tests do not run green without any lie: nothing can be said about lies."""


class Liar:
    """One process of `tests.house.liar`."""

    def __init__(self, compiled: str) -> None:
        environment = {**os.environ, "QILIAN_MODE": "test", "PYTHONPATH": str(ROOT / "src"), "CI": "true"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.house.liar", compiled],
            cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, tests: Sequence[str], *, cpu: int, **more: Any) -> dict[str, Any]:
        """Have tests run in a fork."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"tests": list(tests), "cpu": cpu, **more}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline() or "{}")
        if not answer:
            raise BrokenHouse(f"the process that tells lies ended with {self.process.wait()}")
        return answer

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


@contextmanager
def liars(count: int = WORKERS) -> Iterator[list[Liar]]:
    """Have processes that end with the block, and a folder for what they compile."""
    with tempfile.TemporaryDirectory() as compiled, ExitStack() as stack:
        found = []
        for _ in range(count):
            found.append(Liar(compiled))
            stack.callback(found[-1].close)
        yield found


@dataclass(frozen=True)
class Survey:
    """How the sound house runs: each test's seconds, and the tests that run each line of each kernel."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]

    def tests_for(self, lie: Lie) -> list[str]:
        """Return the tests to be shown a lie, in their order."""
        ran = self.lines.get(str(lie.path.relative_to(ROOT)), {})
        runners = {test for line in range(lie.first, lie.last + 1) for test in ran.get(line, [""])}
        own = {test for test in self.seconds if test.startswith(f"{lie.tests.relative_to(ROOT)}/")}
        everywhere = set(self.seconds) if "" in runners else set()
        sure = runners - {""}
        chosen = sure | own | everywhere
        return sorted(chosen, key=lambda test: (test not in sure, test not in own, self.seconds[test], test))

    def work(self, tests: Sequence[str]) -> int:
        """Return the seconds of work to allow: a lie may make tests slow, but not endless."""
        return 30 + int(4 * sum(self.seconds[test] for test in tests))


def survey(liar: Liar) -> Survey:
    """Run all kernel tests on the sound house; BrokenHouse when they are not green."""
    answer = _green(liar, (), cpu=LONGEST, measure=True)
    names = [*answer["time"], ""]
    lines = {
        name: {int(line): [names[number] for number in numbers] for line, numbers in ran.items()}
        for name, ran in answer["lines"].items()
    }
    return Survey(answer["time"], lines)


def noticed(liar: Liar, tests: Sequence[str], *, cpu: int, **lie: str) -> str:
    """Return how tests notice a lie (`module`, `path`, `text`), "" where they do not; BrokenHouse where none can."""
    answer = liar.ask(tests, cpu=cpu, **lie)
    status, said = answer["status"], (answer["failed"] or [""])[0]
    if status == GREEN and answer["passed"]:
        return ""
    if status == RED and said:
        return str(said)
    _green(liar, tests, cpu=cpu)
    if status == STOPPED and said:
        return str(said)
    if status < 0:
        return f"ended by signal {-status}"
    raise BrokenHouse(f"pytest ended with {status}")


def _green(liar: Liar, tests: Sequence[str], *, cpu: int, measure: bool = False) -> dict[str, Any]:
    answer = liar.ask(tests, cpu=cpu, measure=measure)
    if answer["status"] != GREEN or not answer["passed"] or answer["failed"]:
        failed = "\n".join(answer["failed"][:20])
        raise BrokenHouse(f"without a lie, {answer['passed']} pass and pytest ends with {answer['status']}:\n{failed}")
    return answer


def survivors(sample: Sequence[Lie]) -> list[Lie]:
    """Return the lies that nothing notices; progress goes to stderr."""
    say = _Progress(len(sample))
    with liars() as processes, ThreadPoolExecutor(WORKERS) as pool:
        say(f"surveying the sound house ({len(kernels())} kernels)")
        found = survey(processes[0])
        say(f"{len(found.seconds)} kernel tests are green")
        idle: Queue[Liar] = Queue()
        for process in processes:
            idle.put(process)

        def live(lie: Lie) -> bool:
            liar, tests = idle.get(), found.tests_for(lie)
            try:
                how = noticed(
                    liar, tests, cpu=found.work(tests), module=lie.module, path=str(lie.path), text=lie.text()
                )
            finally:
                idle.put(liar)
            say.lie(lie, len(tests), how)
            return not how

        lives = list(pool.map(live, sample))
        _green(processes[0], (), cpu=LONGEST)
        say("the house is still green")
    return [lie for lie, lived in zip(sample, lives, strict=True) if lived]


class _Progress:
    def __init__(self, total: int) -> None:
        self.total, self.done, self.lived, self.lock = total, 0, 0, threading.Lock()

    def __call__(self, sentence: str) -> None:
        print(f"· {sentence}", file=sys.stderr, flush=True)  # noqa: T201 # progress of a long run

    def lie(self, lie: Lie, tests: int, how: str) -> None:
        with self.lock:
            self.done, self.lived = self.done + 1, self.lived + (not how)
            self(f"{self.done}/{self.total} {lie}: {how or f'SURVIVES {tests} tests'} ({self.lived} so far)")


def sample_of(seed: int = SEED, size: int = SAMPLE, part: str = "") -> list[Lie]:
    """Return a seeded sample of all lies, or of those in files whose path holds a part."""
    everything = [lie for path in kernels() if part in str(path) for lie in lies_of(path)]
    return random.Random(seed).sample(everything, min(size, len(everything)))


def main() -> None:
    """Measure a sample of one's own choice."""
    given = [*sys.argv[1:], *(str(SEED), str(SAMPLE), "")[len(sys.argv) - 1 :]]
    sample = sample_of(int(given[0]), int(given[1]), given[2])
    alive = survivors(sample)
    print(f"{len(alive)} of {len(sample)} survive", *map(str, sorted(alive)), sep="\n")  # noqa: T201 # the answer


if __name__ == "__main__":
    main()
