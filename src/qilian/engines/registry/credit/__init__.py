"""Credit records 失信信息: shown for their legal time, repaired on lawful conditions, gone from pages on their day."""
