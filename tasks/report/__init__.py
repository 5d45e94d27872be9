"""The lab report written anew from runs: one page that holds what was published beside what comes out.

Read in this order: `plan` (what is trained), `material` (training it), `sections` (what the page says of it),
`page` (the page around them); `html`, `svg`, `mathml` and `graph` write its parts, `command` is the command line.
"""
