"""The legal state machine of credit records, pure."""
