"""What a person keeps an eye on: records whose latest happening stands under his work."""
