"""What is kept, and the units of work: one file for each thing that can happen."""
