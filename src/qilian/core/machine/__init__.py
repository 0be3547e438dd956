"""The machine: processes and the database server below the house."""
