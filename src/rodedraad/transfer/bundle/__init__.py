"""How does a whole study travel as one file: everything that was done, exactly as it was?

``plan`` says which tables go along, ``writing`` writes a bundle, ``checking`` looks at one before
anything is done with it, ``restoring`` makes a study from it.
"""
