"""2.5 商务咨询 — Business consulting: the offers of this section of the plan."""
