"""3.2 加大金融支持 — Financial support: the offers of this section of the plan."""
