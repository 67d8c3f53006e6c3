"""What the web server is made of: the questions asked of it, and what guards its answers."""
