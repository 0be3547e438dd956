"""2.3 信息服务 — Information services: the offers of this section of the plan."""
