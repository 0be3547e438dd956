"""2.8 研发设计 — Research and design: the offers of this section of the plan."""
