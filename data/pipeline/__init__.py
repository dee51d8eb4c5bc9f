"""From a file or a source schema to a published warehouse version."""
