"""What a run may still use: one number for work and room."""
