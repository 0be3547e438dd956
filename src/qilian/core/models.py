"""All tables of core, gathered from its rooms for Django."""

from qilian.core.door.factors.models import Factor, RecoveryCode
from qilian.core.door.provider.models import LinkedIdentity
from qilian.core.door.sessions.models import Session
from qilian.core.door.signin.models import PastPassword, SignInTries
from qilian.core.door.signup.models import MailedLink
from qilian.core.door.tokens.models import ApiToken
from qilian.core.log.events.models import Checkpoint, Event, Seal, SealBatch, SealNode
from qilian.core.log.outbox.models import JobFailure
from qilian.core.offers.offers.models import OpenOffer
from qilian.core.papers.documents.models import Document
from qilian.core.papers.files.models import FileUse, Stored
from qilian.core.papers.series.models import Series
from qilian.core.rights.grants.models import Grant
from qilian.core.time.calendar.models import CalendarDay, CalendarVersion, CalendarYear
from qilian.core.time.clocks.models import ClockExtension, ClockPause, LegalClock
from qilian.core.who.access.models import Emergency
from qilian.core.who.inbox.models import InboxItem
from qilian.core.who.notices.models import Delivery, Notice, Preference, Webhook
from qilian.core.who.people.models import Deputy, Person, Post
from qilian.core.who.regions.models import Region
from qilian.core.who.units.models import Unit, UnitMember, UnitName, UnitSuccession
from qilian.core.who.watching.models import Watch
from qilian.core.work.decisions.models import DecisionCase
from qilian.core.work.imports.models import ImportRun
from qilian.core.work.parameters.models import Parameter, ParameterValue

__all__ = [
    "ApiToken",
    "CalendarDay",
    "CalendarVersion",
    "CalendarYear",
    "Checkpoint",
    "ClockExtension",
    "ClockPause",
    "DecisionCase",
    "Delivery",
    "Deputy",
    "Document",
    "Emergency",
    "Event",
    "Factor",
    "FileUse",
    "Grant",
    "ImportRun",
    "InboxItem",
    "JobFailure",
    "LegalClock",
    "LinkedIdentity",
    "MailedLink",
    "Notice",
    "OpenOffer",
    "Parameter",
    "ParameterValue",
    "PastPassword",
    "Person",
    "Post",
    "Preference",
    "RecoveryCode",
    "Region",
    "Seal",
    "SealBatch",
    "SealNode",
    "Series",
    "Session",
    "SignInTries",
    "Stored",
    "Unit",
    "UnitMember",
    "UnitName",
    "UnitSuccession",
    "Watch",
    "Webhook",
]
