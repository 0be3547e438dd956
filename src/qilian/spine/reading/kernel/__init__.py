"""WordprocessingML (ISO/IEC 29500-1 §17), numbers that Word makes, glyphs and columns of PDF pages; pure."""
