"""Pages of access: rights for the security administrator, emergencies for officials and reviewers."""
