"""Field work in one door: surveys, training and communication are recorded in modules of their own."""

from projects.actions.attendance import record_attendance
from projects.actions.communication import record_communication
from projects.actions.surveys import record_survey
from projects.actions.training import hold_training

__all__ = ["hold_training", "record_attendance", "record_communication", "record_survey"]
