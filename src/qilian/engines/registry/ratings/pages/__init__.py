"""Pages of ratings: who is rated how, one rating, the forms, what looks wrong."""
