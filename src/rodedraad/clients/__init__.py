"""Which outside services does the product ask, and how? One module per service.

Nothing here knows Django or another room: addresses, contact and folders are arguments.
``docs/explanation/outside-services.md`` tells the rules that all of them follow.
"""
