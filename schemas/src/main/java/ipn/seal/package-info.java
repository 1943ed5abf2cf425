/** Optional seal of raw records: the ingress and the tools sign what they write, and the processor refuses what nobody signed. */
@NullMarked
package ipn.seal;

import org.jspecify.annotations.NullMarked;
