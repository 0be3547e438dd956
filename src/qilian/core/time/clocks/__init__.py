"""Legal time: limits that count working days, stand still for hearings and reviews, are extended, and show a light."""
