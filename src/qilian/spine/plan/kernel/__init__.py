"""The rules of published plans: who has which duty, and how two versions differ; pure."""
