// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Classes that give passwords, as users write them, and as they fail. */
public final class TokenService {

    /** Lets {@link Hanging} go on. */
    static final CountDownLatch AWAKE = new CountDownLatch(1);

    private TokenService() {}

    /** Gives the name of the role. */
    public static final class Present implements AuthenticationPlugin {

        private final String role;

        public Present(Properties properties) {
            this.role = properties.getProperty("user");
        }

        @Override
        public char[] getPassword(AuthenticationRequestType type) {
            return role.toCharArray();
        }
    }

    /** Has no constructor that takes properties. */
    public static final class Plain implements AuthenticationPlugin {

        @Override
        public char[] getPassword(AuthenticationRequestType type) {
            return "plain".toCharArray();
        }
    }

    /** Does not reach its service. */
    public static final class Away implements AuthenticationPlugin {

        @Override
        public char[] getPassword(AuthenticationRequestType type) {
            throw new UncheckedIOException("the token service is away", new IOException());
        }
    }

    /** Does not reach its service when it is made. */
    public static final class AwayEarly implements AuthenticationPlugin {

        public AwayEarly() {
            throw new IllegalStateException("the token service is away");
        }

        @Override
        public char @Nullable [] getPassword(AuthenticationRequestType type) {
            return null;
        }
    }

    /** Throws an exception of the kind that the interface has. */
    public static final class Refused implements AuthenticationPlugin {

        @Override
        public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
            throw new PSQLException("the token service refuses", PSQLState.UNKNOWN_STATE);
        }
    }

    /** Gives nothing. */
    public static final class Silent implements AuthenticationPlugin {

        @Override
        public char @Nullable [] getPassword(AuthenticationRequestType type) {
            return null;
        }
    }

    /** Does not reach its service when it is loaded. */
    public static final class AwayWhenLoaded implements AuthenticationPlugin {

        private static final String TOKEN = token();

        private static String token() {
            throw new IllegalStateException("the token service is away");
        }

        @Override
        public char[] getPassword(AuthenticationRequestType type) {
            return TOKEN.toCharArray();
        }
    }

    /** Waits for a service that does not answer. */
    public static final class Hanging implements AuthenticationPlugin {

        @Override
        public char[] getPassword(AuthenticationRequestType type) {
            try {
                AWAKE.await();
                return "late".toCharArray();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Says too much. */
    public static final class Leaking implements AuthenticationPlugin {

        @Override
        public char[] getPassword(AuthenticationRequestType type) {
            throw new IllegalStateException(
                    "POST https://app:sesame@token.example/oauth?client_secret=hunter2 failed with 503");
        }
    }

    /** Is not finished. */
    public abstract static class Draft implements AuthenticationPlugin {}

    /** Lacks a jar. */
    public static final class Incomplete implements AuthenticationPlugin {

        @Override
        public char[] getPassword(AuthenticationRequestType type) {
            throw new NoClassDefFoundError("com/example/Client");
        }
    }

    /** Is not public. */
    static final class Hidden implements AuthenticationPlugin {

        @Override
        public char[] getPassword(AuthenticationRequestType type) {
            return "hidden".toCharArray();
        }
    }

    /** Gives passwords to something else. */
    public static final class Other {}
}
