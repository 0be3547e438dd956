"""Packages of Office Open XML (ISO/IEC 29500-2) and XML 1.0 as trees with short names; pure."""
