"""Qilian 祁连: a government's plan for producer services as a running system."""
