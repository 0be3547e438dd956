"""The worker reads workbooks as banks give them: their rows go the way of all tables."""

from qilian.core.work.imports.adapters.spreadsheet import read_xlsx
from qilian.engines.ledger.bankfile.api import WORKBOOKS

WORKBOOKS.append(read_xlsx)
