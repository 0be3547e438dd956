"""My account: who I am here, what I may do, how I am protected, who looked at my data; it leads to the rest."""
