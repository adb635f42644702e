"""Refusals: why something can't be done, or a line above a prompt. Those that no room has for itself."""


class Why(str):
    """Why something can't be done, or what a tap is answered; drawn as one or two sentences."""

    __slots__ = ()


USE_BUTTONS = Why("use buttons")
CHOOSE_ONE = Why("choose one")
TOO_MANY = Why("too many")
NAME_DOES_NOT_FIT = Why("name does not fit")
NAME_TAKEN = Why("name taken")
NUMBER_DOES_NOT_FIT = Why("number does not fit")
NOT_UNDERSTOOD = Why("not understood")

OLD_BUTTON = Why("old button")
NO_SUCH_CODE = Why("no such code")
SESSION_OVER = Why("session over")
FACILITATORS_ONLY = Why("facilitators only")
COORDINATORS_ONLY = Why("coordinators only")
NOT_YOURS = Why("not yours")
NOT_ADMINISTRATOR = Why("not administrator")
TROUBLE = Why("trouble")
