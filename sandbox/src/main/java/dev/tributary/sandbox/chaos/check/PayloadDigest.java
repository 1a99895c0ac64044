// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.chaos.load.LoadTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row's payload columns compared with its digest, which is computed as the trigger of the table does.
 *
 * @param payload the result
 * @param large the large value of the row; null if its table has none
 */
record PayloadDigest(Arrival.Payload payload, @Nullable LargeValue large) {

    /** Debezium's default for an unchanged TOAST value that the WAL leaves out. */
    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    /** The only payload column whose values are large enough to be stored out of line. */
    private static final String LARGE = "body";

    private static final String SEPARATOR = "|";

    /**
     * Compares.
     *
     * @param mayLeaveOut whether the record may leave the large value out
     */
    static PayloadDigest compare(LoadTable table, JsonNode row, boolean mayLeaveOut) {
        JsonNode digest = row.path("digest");
        List<String> columns = table.payloadColumns();
        if (digest.isMissingNode() || digest.isNull() || !columns.stream().allMatch(row::has)) {
            return new PayloadDigest(Arrival.Payload.LACKING, null);
        }
        List<String> texts = new ArrayList<>();
        for (String column : columns) {
            JsonNode value = row.path(column);
            texts.add(value.isNull() ? "~" : value.asText());
        }
        int large = table == LoadTable.DOCUMENT ? columns.indexOf(LARGE) : -1;
        if (large >= 0 && mayLeaveOut && texts.get(large).equals(UNAVAILABLE)) {
            String before = String.join(SEPARATOR, texts.subList(0, large)) + SEPARATOR;
            String after = SEPARATOR + String.join(SEPARATOR, texts.subList(large + 1, texts.size()));
            return new PayloadDigest(Arrival.Payload.LEFT_OUT, new LargeValue(null, before, after));
        }
        boolean same = md5(String.join(SEPARATOR, texts)).equals(digest.asText());
        return new PayloadDigest(
                same ? Arrival.Payload.MATCHES : Arrival.Payload.DIFFERS,
                large < 0 ? null : new LargeValue(texts.get(large), "", ""));
    }

    static String md5(String text) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no MD5", e);
        }
    }
}
