"""How do projects of other programs (REFI-QDA) come into a study, and how does a study leave it?

``importing`` brings a project in, ``taking_back`` undoes that, ``exporting`` writes one;
``reasons`` says in words why something did not come along.
"""
