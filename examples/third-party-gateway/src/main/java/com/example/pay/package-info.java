/** Example Pay, a gateway that does not exist, as somebody outside this project would write it. */
@NullMarked
package com.example.pay;

import org.jspecify.annotations.NullMarked;
