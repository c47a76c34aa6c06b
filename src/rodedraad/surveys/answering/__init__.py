"""How do people answer? Started, saved as they go, received, checked, taken back."""
