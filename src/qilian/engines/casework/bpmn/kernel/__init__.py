"""BPMN 2.0 as values: read, written, held against the approval profile, laid out; pure."""
