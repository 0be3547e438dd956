"""Pure rules of scoring: what a method says, how a figure becomes points, how points become a score and a grade."""
