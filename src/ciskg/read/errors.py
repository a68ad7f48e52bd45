"""What is said when an input cannot be read."""


class ReadError(Exception):
    """An input cannot be read; the message names file, problem and remedy."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        super().__init__(path, problem, remedy)  # all three: the error must survive pickling
        self.path = path
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}; {self.remedy}"
