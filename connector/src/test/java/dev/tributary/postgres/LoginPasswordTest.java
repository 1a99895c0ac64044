// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.config.MissingPasswordException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;

class LoginPasswordTest {

    @TempDir
    Path directory;

    private char @Nullable [] read(Path file) throws PSQLException {
        Properties properties = new Properties();
        properties.setProperty(LoginPassword.FILE, file.toString());
        return new LoginPassword(properties).getPassword(AuthenticationRequestType.SASL);
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

    private static char @Nullable [] ask(String name) throws PSQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "app");
        properties.setProperty("loginTimeout", "1");
        properties.setProperty(LoginPassword.CLASS, TokenService.class.getName() + "$" + name);
        return new LoginPassword(properties).getPassword(AuthenticationRequestType.SASL);
    }

    @Test
    void theClassOfTheUserIsMadeWithTheConnectionPropertiesIfItTakesThem() throws Exception {
        assertThat(ask("Present")).isEqualTo("app".toCharArray());
        assertThat(ask("Plain")).isEqualTo("plain".toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Away", "AwayEarly", "AwayWhenLoaded", "Refused", "Silent"})
    void noPasswordIsAFailureOfThisConnectOnly(String name) {
        assertThatThrownBy(() -> ask(name))
                .hasFieldOrPropertyWithValue("SQLState", "08001")
                .hasMessageContaining(name + " gave no password")
                .hasCauseInstanceOf(MissingPasswordException.class);
    }

    /** The next login waits for the same answer. */
    @Test
    void aTokenServiceThatHangsIsNotWaitedForLongerThanALogin() throws Exception {
        assertThatThrownBy(() -> ask("Hanging"))
                .hasFieldOrPropertyWithValue("SQLState", "08001")
                .hasMessageContaining("Hanging gave no password within 0.5 s");

        TokenService.AWAKE.countDown();
        assertThat(ask("Hanging")).isEqualTo("late".toCharArray());
    }

    @Test
    void aMessageWithCredentialsOfTheTokenServiceIsCut() {
        assertThatThrownBy(() -> ask("Leaking"))
                .hasMessageContaining("https://…token.example/oauth…")
                .hasMessageNotContainingAny("sesame", "hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "Nothing, has no such class",
        "Incomplete, it needs the class com/example/Client",
        "Hidden, abstract or not public",
        "Draft, abstract or not public",
        "Other, it is no org.postgresql.plugin.AuthenticationPlugin"
    })
    void aClassThatCannotBeUsedIsAnError(String name, String reason) {
        assertThatThrownBy(() -> ask(name))
                .hasFieldOrPropertyWithValue("SQLState", "60000")
                .hasMessageContaining(name + " cannot be used: ")
                .hasMessageContaining(reason)
                .cause()
                .isInstanceOfSatisfying(
                        MissingPasswordException.class,
                        missing -> assertThat(missing.isLasting()).isTrue());
    }
}
