"""2.9 人力资源服务和品牌建设 — Human resources and brands: the offers of this section of the plan."""
