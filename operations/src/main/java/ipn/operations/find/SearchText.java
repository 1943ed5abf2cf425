package ipn.operations.find;

/**
 * What a person types to find something by.
 *
 * @param id the beginning of an id, or a whole name
 * @param anywhere whether ids that have it at another place match, too
 */
public record SearchText(String id, boolean anywhere) {
    private static final String ANYWHERE = "*";

    /** With a star before it, a part anywhere in an id. */
    public static SearchText of(String text) {
        return text.startsWith(ANYWHERE) && text.length() > 1
                ? new SearchText(text.substring(1), true)
                : new SearchText(text, false);
    }
}
