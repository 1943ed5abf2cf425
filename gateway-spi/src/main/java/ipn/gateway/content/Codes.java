package ipn.gateway.content;

/** The syntax of codes, as gateways use them for types and reasons. Checked for each notification, so without a regular expression. */
final class Codes {
    private Codes() {}

    /** True for 1 to {@code lengthMax} letters, digits and {@code . _ : -}. */
    static boolean is(String text, int lengthMax) {
        if (text.isEmpty() || text.length() > lengthMax) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            if (!isCodeCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCodeCharacter(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '.'
                || c == ':'
                || c == '-';
    }
}
