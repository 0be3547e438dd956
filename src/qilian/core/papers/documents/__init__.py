"""Documents: templates, gap-free numbers, PDF, and a page on which anybody verifies what he holds in his hand."""
