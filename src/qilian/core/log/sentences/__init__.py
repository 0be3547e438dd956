"""An event as a sentence, and what a reference points at: how the log is read by people."""
