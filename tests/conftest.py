"""What holds for every test."""

import signal

# Background jobs of a shell ignore the interrupt, and what they start inherits that; the tests that
# interrupt ciskg mean one that somebody started in the foreground.
signal.signal(signal.SIGINT, signal.default_int_handler)
