"""Pure reading of the page: places of words, the flow of the body without what stands beside it, tables in text."""
