"""Diagrams of procedures in BPMN 2.0: read from any maker without loss, written, drawn, laid out."""
