"""Units, posts, people, appointments and sign-in."""
