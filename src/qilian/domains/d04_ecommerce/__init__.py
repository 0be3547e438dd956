"""2.4 电子商务 — E-commerce: the offers of this section of the plan."""
