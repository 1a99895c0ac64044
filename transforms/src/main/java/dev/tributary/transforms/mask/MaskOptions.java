// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.UnavailableValue;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.connector.ConnectRecord;

/** The options of {@link dev.tributary.transforms.MaskFields}, and the masker that they configure. */
public final class MaskOptions {

    private static final String RULES = "rules";
    private static final String KEYS = "keys";
    private static final String REDACTION = "redaction";
    private static final String HASH_KEY = "hash.key";
    private static final String ENCRYPT_KEYS = "encrypt.keys";
    private static final String ENCRYPT_KEY_ID = "encrypt.key.id";
    private static final String UNKNOWN_TABLE = "unknown.table";
    private static final String UNMATCHED_RULES = "unmatched.rules";
    private static final String PLACEHOLDER = "unavailable.value.placeholder";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "Mask",
            OptionDefinition.list(RULES, List.of())
                    .required()
                    .highImportance()
                    .displayName("Rules")
                    .listValidatedBy(
                            "a list of glob=action, such as *.customers.email=hash or"
                                    + " *.customers.profile:/phone=redact; actions are keep, null, redact, truncate:N,"
                                    + " hash, encrypt, encrypt:deterministic",
                            Rules::parse)
                    .documentation(
                            "Which columns are masked, and how; the first rule that matches applies. A glob matches"
                                    + " schema.table.column, optionally followed by the names of fields inside the"
                                    + " column; :/ continues into JSON documents. * matches any text within a name, ?"
                                    + " any one character, ** any number of names. A rule for a struct, a map or an"
                                    + " array applies to everything in it."),
            OptionDefinition.choice(KEYS, KeyMode.MASK)
                    .displayName("Keys")
                    .documentation("mask: the rules apply to the columns of the record's key, too. They can use hash,"
                            + " encrypt:deterministic and keep; any other action on such a column is an error when the"
                            + " record arrives. keep: keys stay as they are, with the data that they contain."),
            OptionDefinition.text(REDACTION, "****")
                    .displayName("Redaction")
                    .documentation(
                            "The text with which redact replaces texts. Numbers become 0, booleans false, times the"
                                    + " epoch, bytes empty, a UUID all zeros."),
            OptionDefinition.secret(HASH_KEY)
                    .displayName("Hash key")
                    .secretValidatedBy("at least 16 bytes", key -> new Hasher(key.value()))
                    .crossCheck(options -> missing(options, HASH_KEY, Action::hashes)
                            ? Optional.of("a rule hashes, so a key is required; create one with: openssl rand -hex 32")
                            : Optional.empty())
                    .documentation(
                            "The key of HMAC-SHA-256, as text; required if a rule hashes. Let a ConfigProvider read it"
                                    + " from the place where secrets are kept. Another key gives other hashes."),
            OptionDefinition.secret(ENCRYPT_KEYS)
                    .displayName("Encryption keys")
                    .secretValidatedBy(
                            "a list of id:base64, each a key of 32 bytes", keys -> KeyRing.parse(keys.value()))
                    .crossCheck(options -> missing(options, ENCRYPT_KEYS, Action::encrypts)
                            ? Optional.of(
                                    "a rule encrypts, so a key is required, written as id:base64; create one with:"
                                            + " openssl rand -base64 32")
                            : Optional.empty())
                    .documentation(
                            "Keys of AES-256, each with an id that is part of every value encrypted with it; required"
                                    + " if a rule encrypts. Let a ConfigProvider read them from the place where secrets"
                                    + " are kept."),
            OptionDefinition.text(ENCRYPT_KEY_ID, "")
                    .displayName("Current encryption key")
                    .crossCheck(MaskOptions::unknownKeyId)
                    .documentation(
                            "The id of the key in encrypt.keys that encrypts; empty for the first one. The others are"
                                    + " for rotation: consumers get the same list."),
            OptionDefinition.choice(UNKNOWN_TABLE, UnknownTable.FAIL)
                    .displayName("Unknown table")
                    .documentation("What happens to a record that is no change event and whose table is not known, so"
                            + " that no rule can be found for its columns. fail: it is an error. pass: it stays as it"
                            + " is. Heartbeats and other records about no table pass in any case."),
            OptionDefinition.choice(UNMATCHED_RULES, UnmatchedRules.WARN)
                    .displayName("Rules that match nothing")
                    .documentation(
                            "What happens when a rule names a table and matches none of its columns, or no longer"
                                    + " matches one because the column was renamed or dropped. warn: the log says so, once for"
                                    + " each rule. fail: the record is an error."),
            OptionDefinition.text(PLACEHOLDER, UnavailableValue.DEFAULT)
                    .lowImportance()
                    .displayName("Placeholder")
                    .documentation(
                            "The placeholder that the connector writes for a value that Postgres did not send because"
                                    + " it did not change; truncate, hash and encrypt leave it as it is. Must be the"
                                    + " same as the connector's option of this name."));

    private final OptionValues values;

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid, or options conflict */
    public MaskOptions(Map<String, ?> configuration) {
        values = new OptionValues(CONFIG_DEF, configuration);
    }

    public <R extends ConnectRecord<R>> RecordMasker<R> masker() {
        Password hashKey = values.getPassword(HASH_KEY);
        Password keys = values.getPassword(ENCRYPT_KEYS);
        Actions actions = new Actions(
                values.getString(REDACTION),
                values.getString(PLACEHOLDER),
                hashKey == null ? null : new Hasher(hashKey.value()),
                keys == null ? null : new Encryptor(KeyRing.parse(keys.value()), values.textOrNull(ENCRYPT_KEY_ID)));
        return new RecordMasker<>(
                Rules.parse(values.getList(RULES)),
                actions,
                values.choice(KEYS, KeyMode.class),
                values.choice(UNKNOWN_TABLE, UnknownTable.class),
                values.choice(UNMATCHED_RULES, UnmatchedRules.class));
    }

    /** Whether a rule needs the option and it is not set. */
    private static boolean missing(Map<String, Object> options, String name, Predicate<Action> needs) {
        if (options.get(name) != null || !(options.get(RULES) instanceof List<?> entries)) {
            return false;
        }
        try {
            return Rules.parse(entries.stream().map(String::valueOf).toList()).any(needs);
        } catch (IllegalArgumentException e) {
            return false; // the option rules reports it
        }
    }

    private static Optional<String> unknownKeyId(Map<String, Object> options) {
        if (!(options.get(ENCRYPT_KEY_ID) instanceof String id) || id.isEmpty()) {
            return Optional.empty();
        }
        try {
            return options.get(ENCRYPT_KEYS) instanceof Password keys
                            && KeyRing.parse(keys.value()).has(id)
                    ? Optional.empty()
                    : Optional.of("no key of encrypt.keys has the id " + id);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the option encrypt.keys reports it
        }
    }
}
