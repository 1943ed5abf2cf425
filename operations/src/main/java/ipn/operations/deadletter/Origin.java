package ipn.operations.deadletter;

/** Whether a dead letter may be replayed as the record that its headers name. */
sealed interface Origin {

    /** It equals the record that failed. */
    record Confirmed() implements Origin {}

    /**
     * It does not, or the record was replaced or deleted since.
     *
     * @param why what was found and what was expected, for the operator
     */
    record Contradicted(String why) implements Origin {}
}
