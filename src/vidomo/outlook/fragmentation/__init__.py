"""How likely a network is to come apart in the next hours, if the assumptions hold.

For the desk only. It draws from what is known now, from scenarios that somebody named, and from
repair; it never looks for the damage that would do most harm.
"""
