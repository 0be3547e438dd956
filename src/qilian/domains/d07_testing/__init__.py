"""2.7 检验检测 — Inspection and testing: the offers of this section of the plan."""
