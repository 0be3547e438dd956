"""The signs of BPMN as paths around a middle, in a square from -10 to 10: what an event waits for, what a task is."""

SIGNS = {
    "messageEventDefinition": "M-9 -6H9V6H-9ZM-9 -6L0 1L9 -6",
    "timerEventDefinition": "M9 0A9 9 0 1 1 -9 0A9 9 0 1 1 9 0ZM0 -5V0L4 2M0 -9V-7M0 7V9M-9 0H-7M7 0H9",
    "conditionalEventDefinition": "M-6 -8H6V8H-6ZM-4 -5H4M-4 -1.5H4M-4 2H4M-4 5.5H4",
    "signalEventDefinition": "M0 -8L8 6H-8Z",
    "errorEventDefinition": "M-8 8L-3.5 -6L2 2L8 -8L3.5 7L-2 -1.5Z",
    "escalationEventDefinition": "M0 -9L6 8L0 2L-6 8Z",
    "compensateEventDefinition": "M0 -6V6L-8 0ZM8 -6V6L0 0Z",
    "cancelEventDefinition": "M-7 -5L-5 -7L0 -2L5 -7L7 -5L2 0L7 5L5 7L0 2L-5 7L-7 5L-2 0Z",
    "linkEventDefinition": "M-8 -3H1V-7L9 0L1 7V3H-8Z",
    "terminateEventDefinition": "M9 0A9 9 0 1 1 -9 0A9 9 0 1 1 9 0Z",
    "several": "M0 -8L8 -2L5 7H-5L-8 -2Z",
    "all": "M-2.5 -8H2.5V-2.5H8V2.5H2.5V8H-2.5V2.5H-8V-2.5H-2.5Z",
}
"""What an event waits for (as a line) or says (filled)."""

TASKS = {
    "userTask": "M4 -5A4 4 0 1 1 -4 -5A4 4 0 1 1 4 -5ZM-8 9V5Q-8 1 -3 0L0 3L3 0Q8 1 8 5V9Z",
    "manualTask": "M-8 -1Q-2 -8 1 -7Q3 -6 -1 -3H8Q9 -1 7 0H2H8Q9 2 7 3H2H7Q8 5 6 6H1H5Q6 8 4 8H-4Q-8 7 -8 4Z",
    "serviceTask": "M3.5 0A3.5 3.5 0 1 1 -3.5 0A3.5 3.5 0 1 1 3.5 0ZM-1.5 -9H1.5L2 -6.3L4.2 -5.3L6.4 -7L8 -5L6.3 -2.5"
    "L6.9 -1.5L9 -1.5V1.5L6.5 2L5.6 4L7.2 6.3L5 8L2.8 6.4L1.5 6.8L1.5 9H-1.5L-2 6.5L-4 5.6L-6.3 7.2L-8 5L-6.4 2.8"
    "L-6.8 1.5L-9 1.5V-1.5L-6.5 -2L-5.5 -4.2L-7.2 -6.3L-5 -8L-2.6 -6.4Z",
    "scriptTask": "M-3 -9H8Q3 -4 6 0Q9 5 4 9H-8Q-3 5 -6 0Q-9 -5 -3 -9ZM-3 -5H3M-3 0H4M-2 5H4",
    "businessRuleTask": "M-9 -7H9V7H-9ZM-9 -3H9M-9 2H9M-4 -3V7",
    "sendTask": "M-9 -6H9V6H-9ZM-9 -6L0 1L9 -6",
    "receiveTask": "M-9 -6H9V6H-9ZM-9 -6L0 1L9 -6",
}
FILLED = frozenset({"sendTask"})

GATEWAYS = {
    "exclusiveGateway": "M-6 -8L6 8M6 -8L-6 8",
    "parallelGateway": "M0 -9V9M-9 0H9",
    "inclusiveGateway": "M8 0A8 8 0 1 1 -8 0A8 8 0 1 1 8 0Z",
    "complexGateway": "M0 -9V9M-9 0H9M-6.5 -6.5L6.5 6.5M6.5 -6.5L-6.5 6.5",
    "eventBasedGateway": "M10 0A10 10 0 1 1 -10 0A10 10 0 1 1 10 0ZM0 -6L6 -1.5L3.7 5.5H-3.7L-6 -1.5Z",
}

MARKERS = {
    "inside": "M-7 -7H7V7H-7ZM0 -4V4M-4 0H4",
    "standard": "M-4 6A7 7 0 1 1 3 6.3M-8 7L-3.5 6.5L-4.5 2",
    "parallel": "M-5 -6V6M0 -6V6M5 -6V6",
    "sequential": "M-6 -5H6M-6 0H6M-6 5H6",
    "compensation": "M0 -6V6L-7 0ZM7 -6V6L0 0Z",
    "adhoc": "M-8 2Q-4 -6 0 0Q4 6 8 -2",
}
"""At the foot of an activity: an inside that is not shown, how it is repeated, that it undoes, that it has no order."""

ARROW = "M-9 -3H0V-7L8 0L0 7V3H-9Z"
"""On data that comes in (a line) or goes out (filled)."""
