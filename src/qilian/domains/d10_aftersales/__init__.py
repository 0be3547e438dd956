"""2.10 售后服务 — After-sales service: the offers of this section of the plan."""
