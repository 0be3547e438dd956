"""The shell: settings, addresses, layout, components and the command line; the only floor that sees all others."""
