// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

/**
 * The notation of the text that the codecs read. A database or a role may set another one; every session whose rows
 * reach a codec therefore sets it first.
 */
public final class TextNotation {

    /** SQL statements, each ended by a semicolon. Dates and time zones are not among them: pgjdbc sets its own. */
    public static final String SETTINGS = "SET intervalstyle = 'postgres';SET bytea_output = 'hex';"
            + "SET extra_float_digits = 3;SET lc_monetary = 'C';";

    /** The same, in the form in which a connection can ask for settings when it begins. */
    public static final String OPTIONS =
            "-c IntervalStyle=postgres -c bytea_output=hex -c extra_float_digits=3 -c lc_monetary=C";

    /**
     * The decimal places of an amount of {@code money} in this notation. The server's own locale may have another
     * number of them, and the amount is then shown with the point at another place.
     */
    public static final int MONEY_DIGITS = 2;

    private TextNotation() {}
}
