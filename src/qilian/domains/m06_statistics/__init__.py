"""3.6 完善统计制度 — Statistics and assessment: the offers of this section of the plan."""
