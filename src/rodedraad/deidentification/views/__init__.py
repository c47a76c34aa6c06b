"""The pages about people made unknown in transcripts."""
