"""Decision tables that officials read, try, edit and publish: two people a version, every result explained."""
