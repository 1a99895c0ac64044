// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import dev.tributary.config.MissingPasswordException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;

/**
 * Asks a class of the user for a password. It is asked in a thread of its own, because it can hang: the login that
 * waits for a password gives up then, and the next one waits for the same answer.
 */
final class PasswordClass {

    /** How long a password is waited for if the driver has no time limit for a login. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Clients of token services put credentials into URLs, and URLs into messages. */
    private static final Pattern SECRETS_IN_URL = Pattern.compile("(?<=://)[^/@\\s]+@|\\?[^\\s\"']*");

    /** The answers that are waited for, by what is asked. */
    private static final Map<List<Object>, CompletableFuture<char[]>> ASKED = new ConcurrentHashMap<>();

    private final String name;
    private final Properties properties;

    /**
     * @param name its name
     * @param properties the connection properties
     */
    PasswordClass(String name, Properties properties) {
        this.name = name;
        this.properties = properties;
    }

    /**
     * Returns its answer; null only if it gives none where none is needed, as for Kerberos.
     *
     * @throws MissingPasswordException if it gives none, or cannot be used
     */
    char @Nullable [] ask(AuthenticationRequestType type) throws MissingPasswordException {
        List<Object> question = List.of(
                name,
                type,
                properties.getProperty("user", ""),
                properties.getProperty("PGHOST", ""),
                properties.getProperty("PGPORT", ""),
                properties.getProperty("PGDBNAME", ""));
        CompletableFuture<char[]> answer = ASKED.computeIfAbsent(question, asked -> begin(asked, type));
        Duration limit = limit();
        try {
            char[] password = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (password == null ? type == AuthenticationRequestType.GSS : password.length > 0) {
                // The driver overwrites its copy.
                return password == null ? null : password.clone();
            }
            throw MissingPasswordException.now(name + " gave no password", null);
        } catch (TimeoutException e) {
            throw MissingPasswordException.now(
                    name + " gave no password within " + limit.toMillis() / 1_000.0 + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MissingPasswordException.now("Interrupted while " + name + " was asked for a password", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private CompletableFuture<char[]> begin(List<Object> question, AuthenticationRequestType type) {
        CompletableFuture<char[]> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        complete(answer, make().getPassword(type));
                    } catch (Throwable e) {
                        answer.completeExceptionally(e);
                    } finally {
                        ASKED.remove(question, answer);
                    }
                },
                "tributary-password");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    @SuppressWarnings("NullAway") // a future takes null
    private static void complete(CompletableFuture<char[]> answer, char @Nullable [] password) {
        answer.complete(password);
    }

    /** Shorter than a login may take, so that the driver does not give up first, without a reason. */
    private Duration limit() {
        String seconds = PGProperty.LOGIN_TIMEOUT.getOrDefault(properties);
        try {
            double login = seconds == null ? 0 : Double.parseDouble(seconds);
            return login > 0 ? Duration.ofMillis((long) (Math.max(0.5, login - 1) * 1_000)) : LONGEST;
        } catch (NumberFormatException e) {
            return LONGEST;
        }
    }

    private AuthenticationPlugin make() throws ReflectiveOperationException {
        Class<? extends AuthenticationPlugin> type =
                Class.forName(name, true, getClass().getClassLoader()).asSubclass(AuthenticationPlugin.class);
        Optional<Constructor<?>> takesProperties = Arrays.stream(type.getConstructors())
                .filter(constructor ->
                        Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Properties.class}))
                .findFirst();
        return takesProperties.isPresent()
                ? type.cast(takesProperties.get().newInstance(properties))
                : type.getConstructor().newInstance();
    }

    private MissingPasswordException failure(Throwable thrown) {
        boolean isInside = thrown instanceof InvocationTargetException || thrown instanceof ExceptionInInitializerError;
        Throwable e = isInside && thrown.getCause() != null ? thrown.getCause() : thrown;
        String fault = fault(e);
        if (fault != null) {
            return MissingPasswordException.lasting(name + " cannot be used: " + fault, e);
        }
        String reason = e.getMessage() == null
                ? e.getClass().getSimpleName()
                : SECRETS_IN_URL.matcher(e.getMessage()).replaceAll("…");
        return MissingPasswordException.now(name + " gave no password: " + reason, null);
    }

    /** Why the class cannot be used; null if it only fails. */
    private @Nullable String fault(Throwable e) {
        if (e instanceof ClassNotFoundException) {
            return "the plugin has no such class";
        }
        // With a blank it says of a class that it failed when it was loaded before.
        if (e instanceof NoClassDefFoundError
                && e.getMessage() != null
                && !e.getMessage().contains(" ")) {
            return "it needs the class " + e.getMessage() + ", which the plugin does not have";
        }
        if (e instanceof LinkageError) {
            return String.valueOf(e.getMessage());
        }
        if (e instanceof ClassCastException && !isPlugin()) {
            return "it is no " + AuthenticationPlugin.class.getName();
        }
        return e instanceof ReflectiveOperationException
                ? "it is abstract or not public, or has no public constructor that takes nothing or the connection"
                        + " properties"
                : null;
    }

    private boolean isPlugin() {
        try {
            return AuthenticationPlugin.class.isAssignableFrom(
                    Class.forName(name, false, getClass().getClassLoader()));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
