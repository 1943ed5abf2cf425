package ipn.query.http;

/**
 * A parameter that narrows a list.
 *
 * @param parameter its name
 * @param condition SQL with {@code %s} for each place of the value, which is never part of the text of a statement
 */
record Filter(String parameter, Kind kind, String condition) {
    private static final String PLACE = "%s";

    /** The condition with a parameter of the statement for each place. */
    String sql() {
        return condition.replace(PLACE, "?::" + kind.sqlType());
    }

    /** How often the value is in the condition. */
    int places() {
        return condition.split(PLACE, -1).length - 1;
    }
}
