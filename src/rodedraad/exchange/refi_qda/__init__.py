"""How do codebooks and projects travel between programs for coding (REFI-QDA 1.5)?

``project_read`` and ``project_write`` for projects, ``codebook_read`` and ``codebook_write`` for
codebooks; ``model`` is what they hold, ``walk`` gives it as rows.
``docs/reference/refi-qda.md`` tells what is carried and what is reported.
"""
