"""2.2 现代金融 — Modern finance: the offers of this section of the plan."""
