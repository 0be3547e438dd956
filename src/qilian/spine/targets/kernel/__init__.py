"""Pure reading of figures: quantities, what each measures or counts, and whether it is aimed at."""
