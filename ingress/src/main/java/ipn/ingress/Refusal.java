package ipn.ingress;

/** Ends the way of a request with an answer other than the acknowledgement. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Answer answer;

    Refusal(Answer answer) {
        super(answer.outcome(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
