"""Dates, times and durations as rules mean them: years of nine digits, nanoseconds, zones."""
