"""What the product looks like: values and rows in, Dash components out."""
