package ipn.gateway.paypalipn;

import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The encodings that a PayPal account can use. The list is closed: all of them encode ASCII as ASCII, so field names
 * and ids are the same in each.
 */
final class IpnCharsets {
    private static final String USUAL = "windows-1252";

    private static final Set<String> KNOWN = Set.of(
            // spotless:off
            "utf-8", "us-ascii", USUAL,
            "iso-8859-1", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7",
            "iso-8859-8", "iso-8859-9", "iso-8859-13", "iso-8859-15",
            "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
            "windows-1257", "windows-1258", "windows-874", "koi8-r", "tis-620",
            "big5", "gb2312", "gbk", "gb18030", "euc-jp", "euc-kr", "euc-tw", "shift_jis");
            // spotless:on

    private IpnCharsets() {}

    /** The charset that a message names, or PayPal's default. */
    static Charset named(Optional<String> name) {
        var known = name.map(text -> text.strip().toLowerCase(Locale.ROOT)).orElse(USUAL);
        // a reduced Java runtime may lack some of them
        if (KNOWN.contains(known) && Charset.isSupported(known)) {
            return Charset.forName(known);
        }
        throw new RefusedException(Reason.MALFORMED, "charset: not one that PayPal offers");
    }
}
