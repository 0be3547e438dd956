"""2.11 服务外包 — Service outsourcing: the offers of this section of the plan."""
