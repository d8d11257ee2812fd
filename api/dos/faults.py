"""What the SOAP search refuses, by the DoS's numbers."""

from api.doors import Refusal


class DosFault(Refusal):
    """A refusal with the DoS's number for it: the caller's mistake, but where `status` says otherwise."""

    def __init__(self, number: int, words: str, status: int = 400) -> None:
        super().__init__(status, "invalid", words)
        self.number = number


POSTCODE, NOTHING_FOUND, NO_SERVICE, DISCRIMINATORS = 101, 102, 103, 104
DISTANCE, GENDER, VERSION, MALFORMED = 105, 106, 107, 108
NO_DISTANCE, AGE, AGE_FORMAT, GROUP, DISPOSITION = 113, 114, 119, 120, 121
OURS, TOO_LONG = 500, 504
# By what an age is given in, for a value that is out of bounds.
AGE_IN = {"Days": 115, "Months": 116, "Years": 117, "AgeGroup": 118}
