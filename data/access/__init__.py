"""Who the reader is and what that reader may see."""
