"""The order of repair: what to mend first so that least supply and fewest services are lost.

``model``   what is damaged, who waits for it, and the plan that comes out
``check``   problems of damage and services, each with element and field
``losses``  what is lost in every state between all broken and all mended
``exact``   one crew, up to 20 elements: the best order by subset dynamic programming
``access``  the same where places are closed for a time
``crews``   several crews: schedules, a bound on what no schedule can beat
``milp``    several crews on a small network as a mixed-integer programme (HiGHS)
``long``    more than 20 elements: greedy
``stability``  how the first three depend on what is really damaged
``plan``    all of it together: ``plan(grid, damage, ...)``
``words``   a plan in words

For the operator alone; nothing here looks for the damage that would do most harm.
"""
