"""The report's two tasks, trained from the command line or from Python.

Read in this order: `data` (the points), `xor` and `linear` (the settings), `training` (the loop), `networks`
(the same network with recorded and with hand-written gradients), `handwritten` (the report's own formulas),
`sweep` (its tables: many trainings side by side), `report` (all of it as one page).
"""
