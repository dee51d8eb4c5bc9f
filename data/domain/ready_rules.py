"""Ready rules: what a sales team watches anyway, to be switched on or changed by the reader."""

from dataclasses import dataclass

from data.domain.rule import Condition, Group, Node, Rule, Window


@dataclass(frozen=True)
class Ready:
    """One ready rule; name and text are English and go through `t()` when it is taken over."""

    key: str
    name: str
    text: str
    tree: Group
    priority: str = "normal"
    due_days: int = 3
    window: Window = "day"
    cool_down: int = 30

    def taken_over(self, name: str, text: str) -> Rule:
        """Return it as a rule, with name and text in its owner's language."""
        return Rule(
            name=name,
            tree=self.tree,
            text=text,
            priority=self.priority,
            due_days=self.due_days,
            window=self.window,
            cool_down=self.cool_down,
            ready=self.key,
        )


def _all(*parts: Node) -> Group:
    return Group("all", parts)


def _any(*parts: Node) -> Group:
    return Group("any", parts)


_is = Condition
_CUSTOMER = _is("is_customer", "yes")
_HIGH = _is("tier_end", "in", ("high",))
_WORTHY = _is("tier_end", "in", ("high", "potential"))

READY: dict[str, Ready] = {
    r.key: r
    for r in (
        Ready("no-follow-up", "30 days without a follow-up",
              "Call back: no follow-up for 30 days",
              _all(_CUSTOMER,
                   _any(_is("since_contact", "at_least", 30), _is("since_contact", "never")))),
        Ready("high-value-waits", "High value and 14 days without a follow-up",
              "Call back: a customer of high value has waited for 14 days",
              _all(_HIGH, _is("since_contact", "at_least", 14)), "high", 2, cool_down=14),
        Ready("birthday", "Birthday of a high-value customer",
              "Send birthday wishes and a small gift",
              _all(_HIGH, _is("birthday", "within", 3)), cool_down=300),
        Ready("recent-and-good", "Ordered lately and high score",
              "Ask how the order went and offer what fits it",
              _all(_is("since_order", "at_most", 14), _is("score_end", "at_least", 80))),
        Ready("engagement-falls", "Engagement is falling",
              "Ask what has changed: the customer is in touch less than before",
              _all(_is("is_engagement_falling", "yes"), _is("is_churned", "no")),
              window="week", cool_down=60),
        Ready("orders-rarer", "Orders get rarer",
              "Ask for the next order: the last pause was longer than usual",
              _all(_is("is_frequency_falling", "yes"), _is("is_churned", "no")),
              window="week", cool_down=60),
        Ready("wake-up", "Dormant: wake up",
              "Wake up: offer a return and ask why there are no orders",
              _all(_is("tier_end", "in", ("dormant",)), _is("since_order", "at_least", 180)),
              "low", 14, "month", 180),
        Ready("tier-drop", "Tier dropped", "Find out why the tier dropped and win it back",
              _all(_is("tier_dropped", "yes")), "high", 5, "month", 30),
        Ready("score-falls", "Score fell by 15 points", "Look into why the score fell",
              _all(_is("score_fell", "at_least", 15), _WORTHY), window="month"),
        Ready("complaint-waits", "Complaint unanswered for 2 days",
              "Answer the complaint today",
              _all(_is("complaint", "at_least", 2)), "high", 0, cool_down=7),
        Ready("complaints-rise", "Complaints are rising",
              "Visit the customer: there are more complaints than before",
              _all(_is("is_complaints_rising", "yes"), _WORTHY), "high", window="week"),
        Ready("service-worse", "Service got worse for a good customer",
              "Speak with service: replies take longer or please less",
              _all(_is("is_service_worse", "yes"), _WORTHY), window="month", cool_down=60),
        Ready("contract-ends", "Contract ends within 60 days", "Prepare the renewal",
              _all(_is("contract_end", "within", 60)), "high", 7, "week", 60),
        Ready("quote-waits", "Quote undecided for 3 days",
              "Get the quote decided: it has waited for 3 days",
              _all(_is("quote", "at_least", 3)), "high", 1, cool_down=7),
        Ready("no-senior", "High value without a senior owner",
              "Hand over to a senior colleague",
              _all(_is("tier", "in", ("high",)), _is("owner_level", "not_in", ("senior",))),
              due_days=14, window="month", cool_down=90),
        Ready("no-owner", "Good customer without an owner", "Take over: nobody owns this customer",
              _all(_is("rep", "in", ("(none)",)), _WORTHY), "high", window="week"),
        Ready("quiet-newcomer", "New and not ordered again",
              "Ask how it goes: joined a quarter ago and has not ordered for 60 days",
              _all(_CUSTOMER, _is("since_joined", "at_most", 120),
                   _is("since_order", "at_least", 60)), cool_down=120),
        Ready("prospect-waits", "Prospect not contacted for 7 days",
              "Make the next contact: the prospect has waited for a week",
              _all(_is("is_customer", "no"), _is("since_joined", "at_most", 90),
                   _any(_is("since_contact", "at_least", 7), _is("since_contact", "never"))),
              "high", 1, cool_down=7),
    )
}  # fmt: skip
