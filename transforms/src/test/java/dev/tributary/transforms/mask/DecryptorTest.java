// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transforms.mask.DecryptionException.Reason;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecryptorTest {

    private static final String OLD = key("old", 1);
    private static final String NEW = key("new", 2);

    @ParameterizedTest
    @EnumSource(Form.class)
    void encryptedValuesAreDecrypted(Form form) {
        // Given
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("DecryptorTest seed " + seed);
        Random random = new Random(seed);
        Encryptor encryptor = encryptor(OLD, null);
        Decryptor decryptor = new Decryptor(OLD);

        for (int round = 0; round < 2000; round++) {
            String text = text(random);
            byte[] bytes = new byte[random.nextInt(50)];
            random.nextBytes(bytes);

            // When
            String ofText = encrypted(encryptor, form, text);
            String ofBytes = encryptor.encrypt(form, Form.BYTES, bytes);

            // Then
            assertThat(decryptor.decryptText(ofText)).isEqualTo(text);
            assertThat(decryptor.decryptBytes(ofBytes)).isEqualTo(bytes);
        }
    }

    @Test
    void equalTextsAreEncryptedEquallyOnlyIfDeterministic() {
        Encryptor encryptor = encryptor(OLD, null);
        Set<String> random = new HashSet<>();
        Set<String> deterministic = new HashSet<>();
        for (int round = 0; round < 100; round++) {
            encryptor.nextRecord();
            random.add(encrypted(encryptor, Form.RANDOM, "Ann"));
            random.add(encrypted(encryptor, Form.RANDOM, "Ann"));
            deterministic.add(encrypted(encryptor, Form.DETERMINISTIC, "Ann"));
            deterministic.add(encrypted(encryptor(OLD, null), Form.DETERMINISTIC, "Ann"));
        }
        assertThat(random).hasSize(100);
        assertThat(deterministic).hasSize(1);
        assertThat(encrypted(encryptor, Form.DETERMINISTIC, "Anne")).isNotIn(deterministic);
        assertThat(encrypted(encryptor(key("old", 3), null), Form.DETERMINISTIC, "Ann"))
                .isNotIn(deterministic);
        assertThat(encryptor.encrypt(Form.DETERMINISTIC, Form.BYTES, "Ann".getBytes(StandardCharsets.UTF_8)))
                .isNotIn(deterministic);
    }

    /** The form on the page, built by hand. */
    @Test
    void theFormIsAsDocumented() throws Exception {
        byte[] master = new byte[32];
        Arrays.fill(master, (byte) 1);
        byte[] plain = "tAnn".getBytes(StandardCharsets.UTF_8);
        byte[] nonce =
                Arrays.copyOf(hmac(hmac(master, "tributary mask 1 nonce".getBytes(StandardCharsets.UTF_8)), plain), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(
                        hmac(master, "tributary mask 1 deterministic".getBytes(StandardCharsets.UTF_8)), "AES"),
                new GCMParameterSpec(128, nonce));
        cipher.updateAAD("d1:old".getBytes(StandardCharsets.UTF_8));
        byte[] sealed = Arrays.copyOf(nonce, 12 + plain.length + 16);
        cipher.doFinal(plain, 0, plain.length, sealed, 12);
        assertThat(encrypted(encryptor(OLD, null), Form.DETERMINISTIC, "Ann"))
                .isEqualTo("d1:old:" + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    @Test
    void anOldKeyStillDecrypts() {
        String before = encrypted(encryptor(OLD, null), Form.RANDOM, "Ann");
        String after = encrypted(encryptor(OLD + "," + NEW, "new"), Form.RANDOM, "Ann");
        Decryptor decryptor = new Decryptor(NEW + " , " + OLD);
        assertThat(decryptor.decryptText(before)).isEqualTo("Ann");
        assertThat(decryptor.decryptText(after)).isEqualTo("Ann");
        assertThat(before).startsWith("e1:old:");
        assertThat(after).startsWith("e1:new:");
    }

    @Test
    void aMissingKeyIsNamed() {
        String value = encrypted(encryptor(OLD, null), Form.RANDOM, "Ann");
        assertFails(() -> new Decryptor(NEW).decryptText(value), Reason.UNKNOWN_KEY, "its id is old");
    }

    @Test
    void anotherKeyWithTheSameIdIsDetected() {
        String value = encrypted(encryptor(OLD, null), Form.RANDOM, "Ann");
        assertFails(() -> new Decryptor(key("old", 9)).decryptText(value), Reason.TAMPERED, "a different one");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void anyChangeIsDetected(Form form) {
        String value = encrypted(encryptor(OLD, null), form, "Ann");
        Decryptor decryptor = new Decryptor(OLD);
        for (int i = "e1:old:".length(); i < value.length(); i++) {
            for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=".toCharArray()) {
                String changed = value.substring(0, i) + c + value.substring(i + 1);
                if (!changed.equals(value)) {
                    assertFails(
                            () -> decryptor.decryptText(changed), Reason.TAMPERED, "changed after it was encrypted");
                }
            }
        }
        assertFails(() -> decryptor.decryptText(value + "A"), Reason.TAMPERED, "");
        for (int length = "e1:old:".length(); length < value.length(); length++) {
            String cut = value.substring(0, length);
            assertFails(() -> decryptor.decryptText(cut), Reason.TAMPERED, "");
        }
        String other = form == Form.RANDOM ? "d1" : "e1";
        assertFails(() -> decryptor.decryptText(other + value.substring(2)), Reason.TAMPERED, "");
        assertFails(
                () -> new Decryptor(OLD + "," + key("old2", 1)).decryptText(value.replace(":old:", ":old2:")),
                Reason.TAMPERED,
                "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ann", "e1:old", "e2:old:AAAA", "e1:old:AAAA:", "__debezium_unavailable_value"})
    void valuesThatWereNotEncryptedAreRecognized(String text) {
        assertThat(Decryptor.isEncrypted(text)).isFalse();
        assertFails(() -> new Decryptor(OLD).decryptText(text), Reason.NOT_ENCRYPTED, "does not have the form");
    }

    @Test
    void textAndBytesAreDistinguished() {
        Decryptor decryptor = new Decryptor(OLD);
        String text = encrypted(encryptor(OLD, null), Form.RANDOM, "Ann");
        String bytes = encryptor(OLD, null).encrypt(Form.RANDOM, Form.BYTES, new byte[] {1});
        assertThat(Decryptor.isEncrypted(text)).isTrue();
        assertFails(() -> decryptor.decryptBytes(text), Reason.OTHER_TYPE, "decryptText");
        assertFails(() -> decryptor.decryptText(bytes), Reason.OTHER_TYPE, "decryptBytes");
    }

    @Test
    void invalidKeysAreRejectedAndNotShown() {
        assertThatThrownBy(() -> new Decryptor("sesame"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry 1 of 1")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void aDuplicateIdIsRejected() {
        assertThatThrownBy(() -> new Decryptor(OLD + "," + NEW + "," + OLD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry 3 has an id");
    }

    @Test
    void aConsumerNeedsOnlyTheJdk() throws Exception {
        // Given
        URL classes = Decryptor.class.getProtectionDomain().getCodeSource().getLocation();
        String value = encrypted(encryptor(OLD, null), Form.DETERMINISTIC, "Ann");
        try (URLClassLoader alone = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            // When
            Class<?> type = alone.loadClass(Decryptor.class.getName());
            Object decryptor = type.getConstructor(String.class).newInstance(OLD);

            // Then
            assertThat(type.getMethod("decryptText", String.class).invoke(decryptor, value))
                    .isEqualTo("Ann");
            assertThatThrownBy(() -> type.getMethod("decryptText", String.class).invoke(decryptor, value + "A"))
                    .cause()
                    .asString()
                    .contains("DecryptionException");
        }
    }

    private static void assertFails(Runnable decryption, Reason reason, String message) {
        assertThatThrownBy(decryption::run)
                .isInstanceOfSatisfying(
                        DecryptionException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message)
                .hasMessageNotContaining("Ann");
    }

    private static String encrypted(Encryptor encryptor, Form form, String text) {
        return encryptor.encrypt(form, Form.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Encryptor encryptor(String keys, @Nullable String id) {
        return new Encryptor(KeyRing.parse(keys), id);
    }

    private static String key(String id, int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(30), 0, Character.MAX_CODE_POINT + 1)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
