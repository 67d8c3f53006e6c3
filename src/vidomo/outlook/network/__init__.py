"""From reports to the network: what is believed of each place, and how sure that is.

For the desk alone; nothing here reaches the public.
"""
