/** Keys: what each is made of, how it is written, and how it is read again. Formats are storage formats. */
@NullMarked
package ipn.key;

import org.jspecify.annotations.NullMarked;
