"""The book: accounts and transfers of any asset, where nothing appears, vanishes or is spent twice."""
