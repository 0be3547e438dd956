"""Regular expressions of XPath and XML Schema, matched with a bounded amount of work."""
