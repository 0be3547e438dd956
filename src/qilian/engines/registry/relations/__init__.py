"""Relations between parties: who holds, controls or has whom, and who stands behind."""
