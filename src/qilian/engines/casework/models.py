"""All tables of casework, gathered from its parts for Django."""

from qilian.engines.casework.flow.models import Case, CaseExtension, CaseStep
from qilian.engines.casework.items.models import ItemVersion

__all__ = ["Case", "CaseExtension", "CaseStep", "ItemVersion"]
