package ipn.operations.imports;

/**
 * What is wrong with a line.
 *
 * @param line number in the file, from 1
 * @param message for people; it contains no value of the line, except the name of a product
 */
public record LineProblem(long line, Kind kind, String message) {
    /** The kinds of problems. */
    public enum Kind {
        /** It cannot be read, and is not imported. */
        MALFORMED(false),
        /** No account of the settings; it is not imported. */
        UNKNOWN_ACCOUNT(false),
        /** No user: it is imported, grants nothing and opens a discrepancy. */
        NO_SUBJECT(true),
        /** No product of the catalogue: it is imported, grants nothing and opens a discrepancy. */
        UNKNOWN_PRODUCT(true);

        private final boolean imported;

        Kind(boolean imported) {
            this.imported = imported;
        }

        public boolean isImported() {
            return imported;
        }
    }
}
