// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The certificate that the connector presents. A server that refuses it says why, but may end the connection before the
 * driver has read that; then the reason is looked for here.
 *
 * @param certificate the file of {@code database.sslcert}; empty if it is not set
 * @param key the file of {@code database.sslkey}; empty if it is not set
 */
record ClientCertificate(String certificate, String key) {

    private static final String PROOF = "whether this key belongs to that certificate";

    static ClientCertificate of(Map<String, String> driverProperties) {
        return new ClientCertificate(
                driverProperties.getOrDefault("sslcert", ""), driverProperties.getOrDefault("sslkey", ""));
    }

    /** Why every server refuses it today; empty if none must, or if that is not known. */
    Optional<String> fault() {
        try (InputStream file = Files.newInputStream(Path.of(certificate))) {
            X509Certificate own =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
            own.checkValidity();
            return belongs(own.getPublicKey())
                    ? Optional.empty()
                    : Optional.of("database.sslkey is the key of another one");
        } catch (CertificateExpiredException e) {
            return Optional.of("it has expired (" + e.getMessage() + ")");
        } catch (CertificateNotYetValidException e) {
            return Optional.of("it is not valid yet (" + e.getMessage() + ")");
        } catch (IOException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether what the key signs is what the certificate's owner signs. A key that has a passphrase is not looked at.
     */
    private boolean belongs(PublicKey owner) throws IOException, GeneralSecurityException {
        String algorithm = owner.getAlgorithm();
        PrivateKey own = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded()));
        Signature signature = Signature.getInstance("SHA256with" + (algorithm.equals("EC") ? "ECDSA" : algorithm));
        try {
            signature.initSign(own);
        } catch (InvalidKeyException e) {
            return false;
        }
        signature.update(PROOF.getBytes(StandardCharsets.UTF_8));
        byte[] signed = signature.sign();
        signature.initVerify(owner);
        signature.update(PROOF.getBytes(StandardCharsets.UTF_8));
        return signature.verify(signed);
    }

    /** The key in DER; the file may also be PEM. */
    private byte[] encoded() throws IOException {
        byte[] content = Files.readAllBytes(Path.of(key));
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("-----BEGIN PRIVATE KEY-----")) {
            return content;
        }
        return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    }
}
