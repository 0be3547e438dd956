"""Rules that officials can read: decision tables and DMN models, with traces, analysis, and tables as CSV."""
