/** Vert.x as every HTTP server of ours uses it: bounded, and strict about request heads. */
@NullMarked
package ipn.runtime.http;

import org.jspecify.annotations.NullMarked;
