"""All tables of the registry, gathered from its parts for Django."""

__all__: list[str] = []
