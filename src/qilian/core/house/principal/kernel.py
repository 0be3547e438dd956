"""The principal as a value."""

from dataclasses import dataclass

from qilian.core.values.text import Ref


@dataclass(frozen=True, slots=True)
class Principal:
    """Who acts: a signed-in person with the posts he holds today, the system itself, or nobody.

    `person` and `posts` are primary keys; `units` are the slugs of the units of those posts; `roles` are the same posts
    as `unit/role`, the pools whose work he may take; `code` is the person's public code or the name of the job;
    `acting_for` is the public code of the person whom he deputises, if any; `parties` are the public codes of the
    parties (主体) that he may act for today; `limits`, where given, are the only actions (names and patterns) he may do
    here, whatever his grants say: he acts through a token.
    """

    kind: str  # "person", "system" or "anonymous"
    person: int | None = None
    posts: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    code: str = ""
    name: str = ""
    acting_for: str = ""
    roles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    limits: tuple[str, ...] | None = None

    @property
    def signed_in(self) -> bool:
        """Whether a person or the system stands behind this principal."""
        return self.kind != "anonymous"

    @property
    def is_system(self) -> bool:
        """Whether the house itself acts: a job, a start, a demonstration."""
        return self.kind == "system"

    @property
    def ref(self) -> str:
        """The principal as events name him: `core.person:<code>`, `system:<job>` or `anonymous`."""
        if self.kind == "person":
            return str(Ref("core.person", self.code))
        return f"system:{self.code or 'house'}" if self.is_system else "anonymous"

    @property
    def key(self) -> str:
        """The principal as row policies read him in `app.principal`: `system`, a person's primary key, or nothing."""
        return "system" if self.is_system else str(self.person or "")

    @property
    def speaks_for(self) -> tuple[str, ...]:
        """Every addressee whose mail is his (`app.speaks_for`): himself, his posts, their pools, his parties.

        >>> Principal("person", person=12, posts=(3,), roles=("fgw/reviewer",), parties=("7x",)).speaks_for
        ('person:12', 'post:3', 'pool:fgw/reviewer', 'party:7x')
        """
        if self.person is None:
            return ()
        posts, pools = (f"post:{post}" for post in self.posts), (f"pool:{role}" for role in self.roles)
        return (f"person:{self.person}", *posts, *pools, *(f"party:{party}" for party in self.parties))


ANONYMOUS = Principal("anonymous")
SYSTEM = Principal("system", code="house", name="系统 System")
