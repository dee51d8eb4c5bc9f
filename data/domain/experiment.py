"""What a treatment did: differences with their intervals, in closed form, standard library only.

Sources: Welch (1947) for means; Deng, Xu, Kohavi and Walker (2013) for CUPED; Fabijan et al. (2019)
for the sample-ratio check; Abramowitz and Stegun 26.7.5 for quantiles of Student's t; Holm (1979).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, inf, sqrt
from statistics import NormalDist

Z_95 = NormalDist().inv_cdf(0.975)
#: Quantile of the power with which a minimum detectable effect would be found: 80 %.
Z_POWER = NormalDist().inv_cdf(0.8)
#: p-value below which the arms were not divided as planned.
SRM_ALPHA = 0.001


@dataclass(frozen=True)
class Arm:
    """Sums over the customers of one arm: of a number y and of a covariate x before the start."""

    customers: int
    y: float = 0.0
    yy: float = 0.0
    x: float = 0.0
    xx: float = 0.0
    xy: float = 0.0

    @property
    def mean(self) -> float:
        """The mean of y."""
        return self.y / self.customers

    def spread(self) -> tuple[float, float, float]:
        """Return the sums of squares about the means: of y, of x, and of both."""
        n = self.customers
        return (
            max(self.yy - self.y * self.y / n, 0.0),
            max(self.xx - self.x * self.x / n, 0.0),
            self.xy - self.x * self.y / n,
        )


@dataclass(frozen=True)
class Effect:
    """A difference of treatment less control with its 95 % interval and two-sided p-value."""

    treated: float
    control: float
    difference: float
    low: float
    high: float
    p: float
    #: The smallest effect that would be found four times of five.
    detectable: float
    #: Share of the variance that the covariate took away; 0 without one.
    reduced: float = 0.0

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


def of_shares(treated: tuple[int, int], control: tuple[int, int]) -> Effect | None:
    """Return the difference of two shares (those who did, all); None where an arm is empty.

    The interval is unpooled; the p-value is that of the pooled two-proportion z test.
    """
    (a, n), (b, m) = treated, control
    if not n or not m:
        return None
    p, q = a / n, b / m
    error = sqrt(p * (1 - p) / n + q * (1 - q) / m)
    pooled = (a + b) / (n + m)
    null = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return Effect(
        p,
        q,
        p - q,
        p - q - Z_95 * error,
        p - q + Z_95 * error,
        _two_sided((p - q) / null) if null else 1.0,
        (Z_95 + Z_POWER) * null,
    )


def of_means(treated: Arm, control: Arm, *, is_adjusted: bool = False) -> Effect | None:
    """Return the difference of two means by Welch; adjusted, with the covariate taken out (CUPED).

    None where an arm has fewer than two customers.
    """
    n, m = treated.customers, control.customers
    if n < 2 or m < 2:
        return None
    (yy, xx, xy), (vv, ww, vw) = treated.spread(), control.spread()
    theta = (xy + vw) / (xx + ww) if is_adjusted and xx + ww > 0 else 0.0
    shift = theta * (treated.x / n - control.x / m)
    difference = treated.mean - control.mean - shift
    parts = [
        max(sy - 2 * theta * sxy + theta * theta * sx, 0.0) / (size - 1) / size
        for sy, sx, sxy, size in ((yy, xx, xy, n), (vv, ww, vw, m))
    ]
    error = sqrt(sum(parts))
    plain = yy / (n - 1) / n + vv / (m - 1) / m
    if not error:
        return Effect(treated.mean, control.mean, difference, difference, difference, 1.0, 0.0)
    freedom = sum(parts) ** 2 / sum(p * p / (k - 1) for p, k in zip(parts, (n, m), strict=True))
    reach = quantile_t(0.975, freedom) * error
    return Effect(
        treated.mean,
        control.mean,
        difference,
        difference - reach,
        difference + reach,
        _two_sided(difference / error),
        (Z_95 + Z_POWER) * error,
        1 - sum(parts) / plain if plain and theta else 0.0,
    )


def quantile_t(p: float, freedom: float) -> float:
    """Return a quantile of Student's t by its expansion about the normal one."""
    z = NormalDist().inv_cdf(p)
    if freedom == inf:
        return z
    g1 = (z**3 + z) / 4
    g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + g1 / freedom + g2 / freedom**2 + g3 / freedom**3


def _two_sided(z: float) -> float:
    return erfc(abs(z) / sqrt(2))


def ratio_p(treated: int, control: int, *, share: float = 0.5) -> float:
    """Return the p-value of so uneven arms, where `share` was planned for the treatment (chi²)."""
    whole = treated + control
    if not whole:
        return 1.0
    expected = (whole * share, whole * (1 - share))
    found = (treated, control)
    chi = sum((f - e) ** 2 / e for f, e in zip(found, expected, strict=True))
    return _two_sided(sqrt(chi))


def planned_share(treated: int, control: int) -> float:
    """Return the simple split that the arms come closest to: half, or one in so many held back.

    No plan is recorded, so the check can only say that the arms are near no usual one.
    """
    whole = treated + control
    splits = [0.5, *(1 - 1 / k for k in range(3, 11)), *(1 / k for k in range(3, 11))]
    return min(splits, key=lambda split: abs(split - treated / whole)) if whole else 0.5


def roi(gain: float, cost: float) -> float | None:
    """Return (what was gained − what was paid) / what was paid; blank where nothing was."""
    return (gain - cost) / cost if cost > 0 else None


def holm(values: Sequence[float]) -> list[float]:
    """Return p-values corrected for being the best of several (Holm), in the same order."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    found = [1.0] * len(values)
    highest = 0.0
    for place, index in enumerate(order):
        highest = max(highest, min(1.0, values[index] * (len(values) - place)))
        found[index] = highest
    return found
