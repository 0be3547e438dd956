"""2.1 现代物流 — Modern logistics: the offers of this section of the plan."""
