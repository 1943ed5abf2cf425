/** Decisions of people: what a record of one must keep, and which of them count. For those who write them and those who read them. */
@Rules
@NullMarked
package ipn.decision;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
