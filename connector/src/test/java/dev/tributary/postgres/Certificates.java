// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** An authority and the certificates that it signs, made by the JDK's keytool in a directory. */
public final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final String authority;
    private int signed;

    private Certificates(Path directory, String authority) {
        this.directory = directory;
        this.authority = authority;
    }

    /** A new authority. */
    public static Certificates of(Path directory, String authority) throws Exception {
        Certificates certificates = new Certificates(directory, authority);
        certificates.keytool("-genkeypair", authority, "-dname", "CN=" + authority, "-ext", "bc:c", "-keyalg", "EC");
        certificates.keytool(
                "-exportcert",
                authority,
                "-rfc",
                "-file",
                certificates.authority().toString());
        return certificates;
    }

    /** The certificate of the authority, in PEM. */
    public Path authority() {
        return directory.resolve(authority + ".pem");
    }

    /**
     * Signs a certificate.
     *
     * @param name its common name
     * @param extensions options of keytool, such as {@code "-ext", "san=dns:localhost"}
     */
    public Certificate sign(String name, String... extensions) throws Exception {
        String alias = authority + "-" + name + "-" + signed++;
        Path request = directory.resolve(alias + ".csr");
        Path pem = directory.resolve(alias + ".pem");
        keytool("-genkeypair", alias, "-dname", "CN=" + name, "-keyalg", "RSA");
        keytool("-certreq", alias, "-file", request.toString());
        List<String> options =
                new ArrayList<>(List.of("-rfc", "-infile", request.toString(), "-outfile", pem.toString()));
        options.addAll(List.of(extensions));
        keytool("-gencert", authority, options.toArray(String[]::new));
        return new Certificate(pem, key(alias));
    }

    /** The settings of a server that proves who it is, and accepts others than its superuser only if they do. */
    public Map<String, String> server(Certificate own) throws IOException {
        Path hba = Files.writeString(
                directory.resolve("pg_hba.conf"), "host all postgres all trust\nhostssl all all all cert\n");
        return Map.of(
                "ssl", "on",
                "ssl_cert_file", own.certificate().toString(),
                "ssl_key_file", own.key().toString(),
                "ssl_ca_file", authority().toString(),
                "hba_file", hba.toString());
    }

    /**
     * A certificate and its key.
     *
     * @param certificate in PEM
     * @param key in PEM (PKCS-8)
     */
    public record Certificate(Path certificate, Path key) {

        /** The properties of pgjdbc that make a client present it. */
        public Map<String, String> properties() {
            return Map.of("sslcert", certificate.toString(), "sslkey", key.toString());
        }
    }

    /** Writes the key of a certificate, encrypted with a passphrase. */
    public Path encrypted(Certificate signed, String passphrase) throws IOException, GeneralSecurityException {
        String pem = Files.readString(signed.key()).replaceAll("-----.*-----|\\s", "");
        String algorithm = "PBEWithSHA1AndDESede";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(passphrase.toCharArray())));
        byte[] encrypted = cipher.doFinal(Base64.getDecoder().decode(pem));
        return write(
                signed.key() + ".encrypted",
                new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded());
    }

    private Path key(String alias) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return write(
                alias + ".key",
                ("-----BEGIN PRIVATE KEY-----\n"
                                + Base64.getMimeEncoder().encodeToString(key)
                                + "\n-----END PRIVATE KEY-----\n")
                        .getBytes(US_ASCII));
    }

    /** Only its owner may read a key, or neither Postgres nor pgjdbc accepts it. */
    private Path write(String name, byte[] key) throws IOException {
        Path file = Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, key);
    }

    private Path store() {
        return directory.resolve(authority + ".p12");
    }

    private void keytool(String command, String alias, String... options) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-alias",
                alias,
                "-keystore",
                store().toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        line.addAll(List.of(options));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", line) + ": " + output);
        }
    }
}
