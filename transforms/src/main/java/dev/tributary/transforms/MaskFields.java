// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.ChangedColumns;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.mask.Action;
import dev.tributary.transforms.mask.Actions;
import dev.tributary.transforms.mask.Encryptor;
import dev.tributary.transforms.mask.Hasher;
import dev.tributary.transforms.mask.KeyMode;
import dev.tributary.transforms.mask.KeyRing;
import dev.tributary.transforms.mask.RecordMasker;
import dev.tributary.transforms.mask.Rules;
import dev.tributary.transforms.mask.StrictTableResolver;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Keeps personal data out of topics: columns that rules name are emptied, redacted, cut, hashed or encrypted, in the rows of
 * change events, in flat rows and in the keys of records.
 *
 * <p>A record of which nothing is named is handed on as it is, its row unread.
 *
 * @param <R> records of a source or of a sink
 */
public final class MaskFields<R extends ConnectRecord<R>> implements Transformation<R> {

    /** What it is for, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Keeps personal data out of topics: columns, fields inside them and parts of JSON documents become null, a fixed"
                    + " value, their first characters, a hash or an encrypted text, as rules say; in change events, flat rows and"
                    + " keys.";

    static final String RULES = "rules";
    static final String KEYS = "keys";
    static final String REDACTION = "redaction";
    static final String HASH_KEY = "hash.key";
    static final String ENCRYPT_KEYS = "encrypt.keys";
    static final String ENCRYPT_KEY_ID = "encrypt.key.id";
    static final String PLACEHOLDER = "unavailable.value.placeholder";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "Mask",
            OptionDefinition.list(RULES, List.of())
                    .required()
                    .highImportance()
                    .displayName("Rules")
                    .listValidatedBy(
                            "a list of glob=action, such as *.customers.email=hash or"
                                    + " *.customers.profile:/phone=redact; actions are keep, null, redact, truncate:N, hash,"
                                    + " encrypt, encrypt:deterministic",
                            Rules::parse)
                    .documentation(
                            "What is done to which columns; of the rules that match, the first counts. A glob stands for"
                                    + " schema.table.column, with the names of fields inside the column behind it; :/ goes on into"
                                    + " JSON documents. * is any text within a name, ? any one character, ** any number of names. A"
                                    + " rule for a struct, a map or an array goes for all that is in it."),
            OptionDefinition.choice(KEYS, KeyMode.MASK)
                    .displayName("Keys")
                    .documentation(
                            "mask: the rules go for the columns of the record's key, too; hash, encrypt:deterministic and keep"
                                    + " can, any other action on such a column is an error when the record comes. keep: keys stay as"
                                    + " they are, with what they tell."),
            OptionDefinition.text(REDACTION, "****")
                    .displayName("Redaction")
                    .documentation(
                            "What redact puts in place of texts. Numbers become 0, booleans false, times the epoch, bytes"
                                    + " empty, a uuid its zero form."),
            OptionDefinition.secret(HASH_KEY)
                    .displayName("Key of hashes")
                    .secretValidatedBy("at least 16 bytes", key -> new Hasher(key.value()))
                    .crossCheck(options -> missing(options, HASH_KEY, Action::hashes)
                            ? Optional.of("a rule hashes, so there must be a key; make one with: openssl rand -hex 32")
                            : Optional.empty())
                    .documentation(
                            "The key of HMAC-SHA-256, as text; needed as soon as a rule hashes. Let a ConfigProvider read it"
                                    + " from where secrets lie. Another key gives other hashes."),
            OptionDefinition.secret(ENCRYPT_KEYS)
                    .displayName("Keys of encryption")
                    .secretValidatedBy(
                            "a list of id:base64, each a key of 32 bytes", keys -> KeyRing.parse(keys.value()))
                    .crossCheck(options -> missing(options, ENCRYPT_KEYS, Action::encrypts)
                            ? Optional.of(
                                    "a rule encrypts, so there must be a key, written as id:base64; make one with:"
                                            + " openssl rand -base64 32")
                            : Optional.empty())
                    .documentation(
                            "Keys of AES-256, each with an id that goes along with every encrypted value; needed as soon as a"
                                    + " rule encrypts. Let a ConfigProvider read them from where secrets lie."),
            OptionDefinition.text(ENCRYPT_KEY_ID, "")
                    .displayName("Key that encrypts")
                    .crossCheck(MaskFields::keyThatIsNone)
                    .documentation(
                            "The id of the key of encrypt.keys that encrypts; empty for the first one. The others are there for"
                                    + " rotation: consumers are given the same list."),
            OptionDefinition.text(PLACEHOLDER, ChangedColumns.DEFAULT_PLACEHOLDER)
                    .lowImportance()
                    .displayName("Placeholder")
                    .documentation(
                            "What the connector writes for a value that Postgres did not send because it did not change:"
                                    + " truncate, hash and encrypt leave it as it is. The same as the option of the connector."));

    private final ChangeEvents events = new ChangeEvents();
    private final StrictTableResolver tables = new StrictTableResolver();
    private @Nullable RecordMasker<R> records;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid */
    @Override
    public void configure(Map<String, ?> given) {
        OptionValues options = new OptionValues(CONFIG_DEF, given);
        Password hashKey = options.getPassword(HASH_KEY);
        Password keys = options.getPassword(ENCRYPT_KEYS);
        Actions actions = new Actions(
                options.getString(REDACTION),
                options.getString(PLACEHOLDER),
                hashKey == null ? null : new Hasher(hashKey.value()),
                keys == null ? null : new Encryptor(KeyRing.parse(keys.value()), options.textOrNull(ENCRYPT_KEY_ID)));
        records = new RecordMasker<>(Rules.parse(options.getList(RULES)), actions, options.choice(KEYS, KeyMode.class));
    }

    @Override
    public R apply(R record) {
        ChangeEvent event = record.value() == null ? null : events.of(record);
        if (event != null && event.operation() == Operation.MESSAGE) {
            return record;
        }
        TableName table = tables.resolve(record, event);
        return table == null ? record : Objects.requireNonNull(records).of(record, event, table);
    }

    /** Whether a rule needs the option, which is not there. */
    private static boolean missing(Map<String, Object> options, String name, Predicate<Action> needs) {
        if (options.get(name) != null || !(options.get(RULES) instanceof List<?> entries)) {
            return false;
        }
        try {
            return Rules.parse(entries.stream().map(String::valueOf).toList()).any(needs);
        } catch (IllegalArgumentException e) {
            return false; // told already, at the rules
        }
    }

    private static Optional<String> keyThatIsNone(Map<String, Object> options) {
        if (!(options.get(ENCRYPT_KEY_ID) instanceof String id) || id.isEmpty()) {
            return Optional.empty();
        }
        try {
            return options.get(ENCRYPT_KEYS) instanceof Password keys
                            && KeyRing.parse(keys.value()).has(id)
                    ? Optional.empty()
                    : Optional.of("no key of encrypt.keys has the id " + id);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // told already, at the keys
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
