/** Requests, answers and problems of all routes. */
@NullMarked
package ipn.access.http;

import org.jspecify.annotations.NullMarked;
