// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.bare;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * The main loop of a bare client. Each line of standard input is a number of rows. The client reads them and responds
 * with a line of JSON. It stays as warm as the workers this way. It ends with its input.
 */
final class BareServant {

    private BareServant() {}

    /** Reads rows and discards them. */
    @FunctionalInterface
    interface Reader {
        BareResult read(long rows) throws IOException, SQLException;
    }

    static void serve(Reader reader) throws IOException, SQLException {
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(json.writeValueAsString(reader.read(Long.parseLong(line))));
            }
        }
    }
}
