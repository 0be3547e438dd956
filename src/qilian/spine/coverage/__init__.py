"""How much of the plan is answered: declared, opened, used, evidenced, or what it waits for; never entered."""
