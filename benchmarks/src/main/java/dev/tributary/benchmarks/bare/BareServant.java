// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.bare;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * How a bare client is asked: told on standard input how many rows to read, it reads them and answers with a line of JSON,
 * and again, so that it is as warm as the workers are. It ends with its input.
 */
final class BareServant {

    private BareServant() {}

    /** Reads rows and throws them away. */
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
