"""3.3 完善市场环境 — Market environment: the offers of this section of the plan."""
