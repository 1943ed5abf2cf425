package ipn.query.http;

import java.util.Optional;

/** A question that is not answered. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient Optional<String> detail;

    ProblemException(Problem problem) {
        this(problem, Optional.empty());
    }

    /** @param parameter which is wrong; its value is not repeated */
    static ProblemException parameter(String parameter, String expected) {
        return new ProblemException(Problem.BAD_PARAMETER, Optional.of(parameter + " (expected: " + expected + ")"));
    }

    private ProblemException(Problem problem, Optional<String> detail) {
        super(problem.title(), null, false, false);
        this.problem = problem;
        this.detail = detail;
    }

    Problem problem() {
        return problem;
    }

    /** Text that contains nothing of the request but names of parameters that exist. */
    Optional<String> detail() {
        return detail;
    }
}
