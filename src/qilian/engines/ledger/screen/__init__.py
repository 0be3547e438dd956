"""The book on screen and as JSON: statements, transfers with their proof, holds, trial balance, reconciliation."""
