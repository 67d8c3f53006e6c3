"""Power-network analysis: a network and outages in, consequences out; nothing here knows of posts.

Read in this order:

``model``       GridModel: buses, branches, generators, loads, substations with place codes
``check``       problems of a network, each with element and field
``matpower``, ``csv_pair``, ``pandapower``  readers: ``read_matpower(text)``, ``read_csv_pair(...)``
``pypsa``, ``powsybl``  readers that need an extra: netCDF; CGMES, PSS/E, UCTE
``arrays``      ``compile_grid(model)``: the same network as read-only arrays
``outages``     ``Outages``: which branches are out in each scenario
``islands``     ``island_list(grid, out)``, ``bridges(grid)``, ``effective_islands(islands)``
``flow``        ``DcModel(grid)``: flows, PTDF, LODF
``cascade``     ``CascadeRules``: trips, islands, balance, shedding, in their readable form
``fast``        ``islands(grid, outages)``, ``contingencies(model, columns)``,
                ``cascade(grid, outages, rules=...)``: the compiled kernels (``kernel/``,
                ``native*``), or the readable references where they are not built
``ac``          ``ac_check(grid, outages, scenarios)``: a second look in AC, by an extra
``damage``      ``DamageModel``: common-cause damage per place, repair hours, drawn by counter
``ensemble``    ``run_ensemble(grid, damage, ...)``: the same bits for any number of workers
``adequacy``    LOLP, LOLE, EENS; ``interruptions``: SAIFI, SAIDI, CAIDI

Nothing here searches for the most harmful outages, and nothing here is shown to the public.
numpy and scipy are imported by every module but ``model`` and ``check``; import them late.
"""
