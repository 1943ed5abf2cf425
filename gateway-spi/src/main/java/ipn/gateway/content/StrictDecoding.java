package ipn.gateway.content;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Decodes signatures only in the exact form that gateways write, so that each signature has one encoding. */
public final class StrictDecoding {
    private StrictDecoding() {}

    /** Decodes lower-case hex with an even number of digits, at least one byte. */
    public static Optional<Bytes> hex(String text) {
        if (text.isEmpty() || text.length() % 2 != 0) {
            return Optional.empty();
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return Optional.empty();
            }
        }
        return Optional.of(Bytes.wrap(HexFormat.of().parseHex(text)));
    }

    /** Decodes standard base64 with padding and with zeros in the unused bits, at least one byte. */
    public static Optional<Bytes> base64(String text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            // the JDK accepts missing padding and non-zero unused bits; encoding again reveals both
            return bytes.length > 0 && Base64.getEncoder().encodeToString(bytes).equals(text)
                    ? Optional.of(Bytes.wrap(bytes))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Decodes base64url of RFC 7515, without padding and with zeros in the unused bits, at least one byte. */
    public static Optional<Bytes> base64Url(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length > 0
                            && Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(bytes)
                                    .equals(text)
                    ? Optional.of(Bytes.wrap(bytes))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Parses a time in whole seconds since 1970, without sign, blanks and leading zeros. */
    public static Optional<Long> epochSeconds(String text) {
        var plain = !text.isEmpty()
                && text.length() <= 12
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        return plain ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
