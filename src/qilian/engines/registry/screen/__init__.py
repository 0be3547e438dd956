"""The registry on screen: pages and JSON of parties."""
