"""Parts: how an engine, a room or the spine presents itself to the house."""
