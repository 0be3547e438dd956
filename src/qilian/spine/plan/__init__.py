"""The plan: a government's document compiled into clauses, duties and dates, published as immutable versions."""
