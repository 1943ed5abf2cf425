/** Raw records without HTTP: what the ingress would write of signed notifications, written by a producer. */
@NullMarked
package ipn.bench.feed;

import org.jspecify.annotations.NullMarked;
