"""Pictures drawn on the server beside the tables that they draw: SVG that prints, and needs no script."""
