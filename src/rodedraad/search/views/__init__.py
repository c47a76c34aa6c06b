"""What the pages about searching do: read what is asked, call one thing, show the answer."""
