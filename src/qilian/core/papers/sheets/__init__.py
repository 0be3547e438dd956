"""Sheets: tables that people bring as files, read from bytes and checked cell by cell against a form; pure."""
