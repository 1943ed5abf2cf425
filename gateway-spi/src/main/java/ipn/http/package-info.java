/**
 * Asking a gateway: one bounded HTTP client and one bounded cache for all that must be asked or whose keys must be fetched.
 * It knows no gateway; which hosts may be asked, a gateway's code says.
 */
@NullMarked
package ipn.http;

import org.jspecify.annotations.NullMarked;
