"""What each `scrape` command does: functions that take the parsed options and return the exit code."""
