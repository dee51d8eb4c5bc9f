"""Plain frozen values that every layer speaks: period, filters, scope, metric, scoring model."""
