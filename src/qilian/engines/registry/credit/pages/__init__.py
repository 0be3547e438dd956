"""Pages of credit records: what the law lets everybody see today, and the forms of officials and parties."""
