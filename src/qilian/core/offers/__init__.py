"""What is open to users: packs, offers, and the stories that try them."""
