"""What changes in coding: each action checks, writes, and leaves a row that can be undone.

Who may do so is decided where it is asked: lead and researchers; see ``studies.access``.
"""
