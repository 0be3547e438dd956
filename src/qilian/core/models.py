"""All tables of core, gathered from its rooms for Django."""

from qilian.core.access.models import Emergency
from qilian.core.calendar.models import CalendarDay, CalendarVersion, CalendarYear
from qilian.core.clocks.models import ClockExtension, ClockPause, LegalClock
from qilian.core.decisions.models import DecisionCase
from qilian.core.documents.models import Document, Series
from qilian.core.events.models import Checkpoint, Event, Seal, SealBatch, SealNode
from qilian.core.factors.models import Factor, RecoveryCode
from qilian.core.files.models import FileUse, Stored
from qilian.core.grants.models import Grant
from qilian.core.imports.models import ImportRun
from qilian.core.inbox.models import InboxItem
from qilian.core.notices.models import Delivery, Notice, Preference, Webhook
from qilian.core.offers.models import OpenOffer
from qilian.core.outbox.models import JobFailure
from qilian.core.parameters.models import Parameter, ParameterValue
from qilian.core.people.models import Deputy, Person, Post
from qilian.core.provider.models import LinkedIdentity
from qilian.core.regions.models import Region
from qilian.core.sessions.models import Session
from qilian.core.signin.models import PastPassword, SignInTries
from qilian.core.signup.models import MailedLink
from qilian.core.tokens.models import ApiToken
from qilian.core.units.models import Unit, UnitMember, UnitName, UnitSuccession

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
    "Webhook",
]
