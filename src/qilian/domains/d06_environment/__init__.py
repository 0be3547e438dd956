"""2.6 节能环保 — Energy saving and environment: the offers of this section of the plan."""
