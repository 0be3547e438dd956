"""Pages of people: administration for the system administrator, posts and hand-over for officials."""
