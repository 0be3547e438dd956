"""When a process that lives but does not answer is started anew: pure, fed with what the health page said and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ASKED_EVERY = 5.0
"""Seconds between two questions to the health page."""
PATIENCE: Mapping[str, float] = {"web": 45.0, "worker": 180.0, "sealer": 180.0}
"""Seconds for which a process may be silent: the web by not answering, the others by what the page says of them."""


@dataclass(slots=True)
class Watch:
    """Since when each process has been silent, in seconds of a clock that only goes on."""

    silent: dict[str, float] = field(default_factory=dict)

    def heard(self, now: float, findings: Mapping[str, bool] | None) -> None:
        """Take down an answer: of each process whether it is well; None when the page did not answer.

        Of worker and sealer nothing is known while the page, or the database behind it, is away.
        """
        known = {"web": findings is not None}
        if findings is not None and findings.get("database", False):
            known |= {name: findings[name] for name in ("worker", "sealer") if name in findings}
        for name in PATIENCE:
            if known.get(name, True):
                self.silent.pop(name, None)
            else:
                self.silent.setdefault(name, now)

    def begun(self, name: str) -> None:
        """Forget what was noted of a process that was just started."""
        self.silent.pop(name, None)

    def stuck(self, now: float) -> list[str]:
        """Return the processes whose silence has lasted longer than one waits."""
        return [name for name, since in list(self.silent.items()) if now - since > PATIENCE[name]]
