"""Who is told what, and how: reminders to staff, messages to those who asked."""
