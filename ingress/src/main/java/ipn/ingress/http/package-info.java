/** What is wrong with a request before its body is read, and every response but the acknowledgement. */
@NullMarked
package ipn.ingress.http;

import org.jspecify.annotations.NullMarked;
