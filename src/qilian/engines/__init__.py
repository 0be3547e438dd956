"""The engines: generic capabilities, each with a kernel, tables, verbs and pages; none is built yet."""
