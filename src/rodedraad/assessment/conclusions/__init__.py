"""What can be concluded from evidence rows: one module per question, pure functions on a frame."""
