"""3.1 加大财税支持 — Fiscal support: the offers of this section of the plan."""
