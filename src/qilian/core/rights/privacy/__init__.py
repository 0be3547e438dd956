"""Personal data: sealed at rest, masked on screen, found by a blind index; every look is logged with its purpose."""
