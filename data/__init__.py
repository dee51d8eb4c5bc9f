"""How the facts are stored, computed and guarded. Imports nothing of ours from above."""
