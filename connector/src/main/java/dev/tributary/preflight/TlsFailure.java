// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static java.util.stream.Collectors.joining;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.ConnectionTarget;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.security.auth.callback.UnsupportedCallbackException;

/**
 * Tells what stands in the way of TLS: a file of the worker, the certificate of the server, or that of the client. The
 * driver has no SQL states for these cases and translates its messages, so they are known by the exceptions of the JDK,
 * by the paths in the messages, and by the words that the driver does not translate.
 */
final class TlsFailure {

    /** The files of TLS. */
    private enum TlsFile {
        KEY(
                "sslkey",
                OptionNames.DATABASE_SSLKEY,
                "postgresql.pk8",
                "a private key in PKCS-8 (DER or PEM) or PKCS-12 that every Connect worker, and no other user, can read"),
        CERTIFICATE(
                "sslcert",
                OptionNames.DATABASE_SSLCERT,
                "postgresql.crt",
                "a certificate in PEM or DER that every Connect worker can read"),
        AUTHORITY(
                "sslrootcert",
                OptionNames.DATABASE_SSLROOTCERT,
                "root.crt",
                "a file that holds the certificate of the server's authority, in PEM, and that every Connect worker can"
                        + " read");

        private final String property;
        private final String option;
        private final String byDefault;
        private final String content;

        /**
         * @param property of pgjdbc
         * @param byDefault the file that pgjdbc reads when the property is not set
         */
        TlsFile(String property, String option, String byDefault, String content) {
            this.property = property;
            this.option = option;
            this.byDefault = byDefault;
            this.content = content;
        }
    }

    private final ConnectionTarget target;
    private final SQLException failure;
    private final String text;

    /** @param text what the failure says, without a full stop */
    TlsFailure(ConnectionTarget target, SQLException failure, String text) {
        this.target = target;
        this.failure = failure;
        this.text = text;
    }

    /** The finding, if the connection failed because of TLS. */
    Optional<Finding> finding() {
        if (failedIn(UnsupportedCallbackException.class)) {
            return Optional.of(encrypted("has a passphrase"));
        }
        Optional<TlsFile> file = file();
        if (file.isPresent()) {
            return Optional.of(
                    file.get() == TlsFile.KEY && failedIn(GeneralSecurityException.class)
                            ? encrypted("cannot be decrypted")
                            : unusable(file.get()));
        }
        if (text.contains("HostnameVerifier")) {
            return Optional.of(otherHost());
        }
        if (failedIn(SSLException.class)) {
            return Optional.of(handshake());
        }
        if (Stream.of("SSL", "sslmode").anyMatch(text::contains)) {
            return Optional.of(brokenOff());
        }
        // A server that refuses the certificate may end the connection before the driver has read why.
        boolean isConnected = Stream.of(
                        ConnectException.class,
                        NoRouteToHostException.class,
                        UnknownHostException.class,
                        SocketTimeoutException.class)
                .noneMatch(this::failedIn);
        return failedIn(IOException.class) && isConnected ? ownFault().map(this::certificateRefused) : Optional.empty();
    }

    /** The server insists on a certificate of the client, and got none. */
    Finding noClientCertificate() {
        return error(
                OptionNames.DATABASE_SSLCERT,
                hasCertificate()
                        ? "The server did not get the certificate of database.sslcert: " + text
                        : "The server wants a certificate of the client, but none is set: " + text,
                "set database.sslcert and database.sslkey to a certificate that an authority in the server's ssl_ca_file"
                        + " has signed, and its key; a certificate of another authority is not sent at all");
    }

    /** The certificate is good, but names another role. */
    Finding certificateOfAnother() {
        return error(
                OptionNames.DATABASE_SSLCERT,
                "The server does not accept the certificate of database.sslcert for role " + target.user() + ": "
                        + text,
                "use a certificate whose common name (CN) is " + target.user()
                        + ", or map its name to the role: map= in" + " pg_hba.conf, and a line in pg_ident.conf");
    }

    private Finding handshake() {
        if (text.contains("alert") || rootText().contains("alert")) {
            return hasCertificate() ? certificateRefused(ownFault().orElse(rootText())) : noTls();
        }
        if (failedIn(CertificateExpiredException.class) || failedIn(CertificateNotYetValidException.class)) {
            return error(
                    OptionNames.DATABASE_SSLMODE,
                    "The certificate of the server, or of its authority, "
                            + (failedIn(CertificateExpiredException.class) ? "has expired" : "is not valid yet") + ": "
                            + rootText(),
                    "renew the certificate, then run SELECT pg_reload_conf() on the server; if the date is right, correct"
                            + " the clock of the Connect worker");
        }
        if (failedIn(CertPathBuilderException.class)) {
            return error(
                    OptionNames.DATABASE_SSLROOTCERT,
                    "The certificate of the server is not signed by an authority in database.sslrootcert, "
                            + target.driverProperties().getOrDefault("sslrootcert", "which is not set"),
                    "put the certificate of the authority that signed it into that file; 'openssl s_client -starttls"
                            + " postgres -showcerts -connect " + target.host() + ":" + target.port() + "' shows which");
        }
        return brokenOff();
    }

    /** A server that refuses a certificate sends an alert, but the connection may break before that has arrived. */
    private Finding brokenOff() {
        Optional<String> fault = ownFault();
        boolean isRefused = hasCertificate()
                && (failedIn(SocketException.class) || (failedIn(IOException.class) && fault.isPresent()));
        return isRefused ? certificateRefused(fault.orElse(rootText())) : noTls();
    }

    private Finding certificateRefused(String reason) {
        return error(
                OptionNames.DATABASE_SSLCERT,
                "The server refused the certificate of database.sslcert: " + reason,
                "set database.sslcert and database.sslkey to a valid certificate that an authority in the server's"
                        + " ssl_ca_file has signed, and to the key that belongs to it");
    }

    private Finding encrypted(String found) {
        return error(
                OptionNames.DATABASE_SSLPASSWORD,
                "The key in database.sslkey " + found + ": " + text,
                "set database.sslpassword to the passphrase of the key; Postgres's JDBC driver reads keys in PKCS-8"
                        + " (DER or PEM) and PKCS-12");
    }

    private Finding unusable(TlsFile file) {
        return error(
                file.option,
                "The file of " + file.option + ", " + path(file) + ", cannot be used: " + text,
                "set " + file.option + " to " + file.content);
    }

    private Finding otherHost() {
        return error(
                OptionNames.DATABASE_HOSTNAME,
                "The certificate of the server does not name the host " + target.host() + ": " + text,
                "set database.hostname to a name in the certificate, or have a certificate issued whose subject"
                        + " alternative names contain " + target.host());
    }

    private Finding noTls() {
        return error(
                OptionNames.DATABASE_SSLMODE,
                "TLS as required by database.sslmode="
                        + target.driverProperties().getOrDefault("sslmode", "prefer") + " failed: " + rootText(),
                "enable TLS on the server (ssl = on, ssl_cert_file, ssl_key_file), or set database.sslmode to a mode that"
                        + " the server supports; verify-ca and verify-full also need the certificate of the server's"
                        + " authority in database.sslrootcert, and verify-full needs database.hostname as the certificate"
                        + " names it");
    }

    private static Finding error(String option, String found, String advice) {
        return Finding.error(option, found, ConnectionFailure.CANNOT_START, new Fix.Advice(advice));
    }

    private boolean hasCertificate() {
        return Stream.of("sslcert", "sslkey").anyMatch(target.driverProperties()::containsKey);
    }

    /** The file that the failure is about: the one with the longest path, if one path starts with another. */
    private Optional<TlsFile> file() {
        if (text.contains("cert chain")) {
            return Optional.of(TlsFile.CERTIFICATE);
        }
        String all =
                causes().map(Throwable::getMessage).filter(Objects::nonNull).collect(joining("\n"));
        return Arrays.stream(TlsFile.values())
                .filter(file -> all.contains(path(file)))
                .max(Comparator.comparingInt(file -> path(file).length()));
    }

    private String path(TlsFile file) {
        return target.driverProperties().getOrDefault(file.property, file.byDefault);
    }

    private Optional<String> ownFault() {
        return ClientCertificate.of(target.driverProperties()).fault();
    }

    /** What the innermost exception says. */
    private String rootText() {
        return causes().skip(1)
                .reduce((outer, inner) -> inner)
                .map(Throwable::getMessage)
                .orElse(text);
    }

    private boolean failedIn(Class<? extends Throwable> type) {
        return causes().anyMatch(type::isInstance);
    }

    private Stream<Throwable> causes() {
        return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause);
    }
}
