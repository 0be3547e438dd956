"""Third-party libraries of this room: signatures."""
