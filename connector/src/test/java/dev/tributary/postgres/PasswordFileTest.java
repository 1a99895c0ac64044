// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;

class PasswordFileTest {

    @TempDir
    Path directory;

    private char[] read(Path file) throws PSQLException {
        Properties properties = new Properties();
        properties.setProperty(PasswordFile.PROPERTY, file.toString());
        return new PasswordFile(properties).getPassword(AuthenticationRequestType.SASL);
    }

    @ParameterizedTest
    @ValueSource(strings = {" p ä:\"'\\ ", " p ä:\"'\\ \n", " p ä:\"'\\ \r\n"})
    void thePasswordIsTheContentWithoutLineBreaksAtItsEnd(String content) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), content);

        assertThat(read(file)).isEqualTo(" p ä:\"'\\ ".toCharArray());
    }

    @Test
    void aFileThatIsMissingEmptyOrNoTextIsNamed() throws Exception {
        Path missing = directory.resolve("missing");
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});

        assertThatThrownBy(() -> read(missing)).hasMessage("There is no password file " + missing);
        assertThatThrownBy(() -> read(empty)).hasMessage("The password file " + empty + " is empty");
        assertThatThrownBy(() -> read(binary)).hasMessageContaining("cannot be read: MalformedInputException");
        assertThatThrownBy(() -> read(directory)).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> read(missing)).hasFieldOrPropertyWithValue("SQLState", "08001");
    }
}
