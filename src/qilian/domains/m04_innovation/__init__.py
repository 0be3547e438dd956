"""3.4 增强创新能力 — Capacity to innovate: the offers of this section of the plan."""
