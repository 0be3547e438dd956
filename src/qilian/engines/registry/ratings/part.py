"""How ratings present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.core.work.parameters.api import name_words
from qilian.engines.registry.parties.api import Dependants, add_action, add_dependants, add_section

from .engagements import Proof, prove
from .models import Rating, RatingFlag, RatingTally
from .pages import party_actions, party_sections
from .queries import LIMITS, PRIORS
from .resource import FLAGS, MEANS, RATED, RATINGS
from .services import JUDGE
from .words import TITLE, limit_table, prior_table

name_actions(
    {
        "ratings.*": Text("评分管理", "manage ratings"),
        JUDGE: Text("核查评分异常、排除和恢复评分", "judge ratings that look wrong"),
    }
)
name_words({PRIORS: prior_table, LIMITS: limit_table})
add_section("registry.ratings", 60, party_sections)
add_action("registry.ratings", 60, party_actions)
add_dependants(Dependants(TITLE, Rating, ("rated", "rater")))
add_dependants(Dependants(Text("评分汇总", "Means of ratings"), RatingTally))
add_dependants(Dependants(FLAGS.title, RatingFlag))
prove(
    Proof("registry.mandate.given", "registry.mandate", persons=("person",)),
    Proof("registry.adoption.checked", "registry.adoption"),
    Proof("registry.entry.re_evaluated", "registry.entry"),
    Proof("registry.grading.computed", "registry.grading"),
)
refer({"registry.rating": reference(RATINGS), "registry.rating_flag": reference(FLAGS)})

PART = Part(
    name="registry.ratings",
    title=TITLE,
    urls="qilian.engines.registry.ratings.pages",
    prefix="ratings/",
    resources=(MEANS, RATED, FLAGS, RATINGS),
    menu=(MenuItem(TITLE, "ratings:list", 45), MenuItem(FLAGS.title, "ratings:flags", 46, JUDGE)),
    story="qilian.engines.registry.ratings.story",
)
