// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.Lsn;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartReplicationTest {

    private static final Lsn FROM = Lsn.parse("16/B374D848");

    @Test
    void namesSlotPositionAndPublication() {
        assertThat(new StartReplication("orders", "shop", Map.of()).from(FROM))
                .isEqualTo("START_REPLICATION SLOT \"orders\" LOGICAL 16/B374D848"
                        + " (\"proto_version\" '1', \"publication_names\" '\"shop\"', \"messages\" 'true')");
    }

    @Test
    void positionZeroStartsWhereTheSlotIs() {
        assertThat(new StartReplication("orders", "shop", Map.of()).from(new Lsn(0)))
                .contains(" LOGICAL 0/0 ");
    }

    /** The value of an option is a literal, and the value of this one is a list of identifiers. */
    @Test
    void thePublicationIsQuotedAsAnIdentifierWithinALiteral() {
        assertThat(new StartReplication("orders", "it's, \"odd\"", Map.of()).from(FROM))
                .contains("\"publication_names\" '\"it''s, \"\"odd\"\"\"'");
    }

    @Test
    void theSlotIsQuotedAsAnIdentifier() {
        assertThat(new StartReplication("o\"rders", "shop", Map.of()).from(FROM))
                .startsWith("START_REPLICATION SLOT \"o\"\"rders\" LOGICAL");
    }

    @Test
    void furtherOptionsFollowAndAreQuoted() {
        // Given
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("origin", "none");
        parameters.put("odd\" name", "odd ' value");

        // Then
        assertThat(new StartReplication("orders", "shop", parameters).from(FROM))
                .endsWith("\"messages\" 'true', \"origin\" 'none', \"odd\"\" name\" 'odd '' value')");
    }

    @Test
    void furtherOptionsOverrideOurs() {
        assertThat(new StartReplication("orders", "shop", Map.of("messages", "false")).from(FROM))
                .endsWith("\"messages\" 'false')")
                .doesNotContain("'true'");
    }
}
