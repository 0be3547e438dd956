"""3.5 引导集聚发展 — Clusters: the offers of this section of the plan."""
