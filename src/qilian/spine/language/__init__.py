"""The controlled language of administrative documents: how dates, figures, units and their roles are written."""
