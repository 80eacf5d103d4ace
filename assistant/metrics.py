"""Figures for Prometheus: counts and seconds, never a word that anybody wrote."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

TALKS = Counter("whichplan_talks", "Talks begun")
OUTCOMES = Counter("whichplan_replies", "Replies by outcome", ["outcome"])
TURN_SECONDS = Histogram(
    "whichplan_turn_seconds",
    "Seconds from a message to its replies",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15),
)
UNANSWERED = Counter("whichplan_unanswered", "Turns that ended without the answer, by reason", ["why"])
HANDOVERS = Counter(
    "whichplan_handovers", "Chats with a person: asked, answered, missed, mailed, ended, left", ["event"]
)
OUTSIDE = Gauge("whichplan_outside_up", "Whether Slack, mail, calendar answered last", ["part"])
CALLS = Counter("whichplan_calls", "Calls booked, moved, canceled", ["event"])
UNPROVEN = Counter("whichplan_unproven", "Times and codes refused until an e-mail is proven, or for an hour")
SLACK_ERRORS = Counter("whichplan_slack_errors", "What Slack refused or did not take", ["kind"])
FEEDBACK = Counter("whichplan_feedback", "Thumbs by answer", ["intent", "plan", "helpful"])
REQUESTS = Histogram(
    "whichplan_request_seconds",
    "Seconds of a request by method, route and status",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 25),
)
