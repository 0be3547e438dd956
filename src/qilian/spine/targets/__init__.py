"""What documents aim at: figures in words and in the cells of tables, each with its whole name, bound and date."""
