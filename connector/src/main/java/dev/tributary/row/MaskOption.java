// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.relational.Column;
import io.debezium.relational.ValueConverter;
import io.debezium.relational.mapping.ColumnMapper;
import io.debezium.relational.mapping.ColumnMappers;
import io.debezium.relational.mapping.TruncateColumn;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options that change columns, in the order in which they apply to a value. */
enum MaskOption {
    HASH("column\\.mask\\.hash\\.([^.]+)\\.with\\.salt\\.(.+)", true) {
        @Override
        void add(ColumnMappers.Builder builder, String columns, Matcher name) {
            builder.maskStringsByHashing(columns, name.group(1), name.group(2));
        }
    },

    HASH_V2("column\\.mask\\.hash\\.v2\\.([^.]+)\\.with\\.salt\\.(.+)", true) {
        @Override
        void add(ColumnMappers.Builder builder, String columns, Matcher name) {
            builder.maskStringsByHashingV2(columns, name.group(1), name.group(2));
        }
    },

    MASK("column\\.mask\\.with\\.(\\d+)\\.chars", true) {
        @Override
        void add(ColumnMappers.Builder builder, String columns, Matcher name) {
            builder.maskStrings(columns, Integer.parseInt(name.group(1)));
        }
    },

    TRUNCATE("column\\.truncate\\.to\\.(\\d+)\\.chars", false) {
        @Override
        void add(ColumnMappers.Builder builder, String columns, Matcher name) {
            builder.map(columns, truncation(Integer.parseInt(name.group(1))));
        }
    },

    DESCRIBE("column\\.propagate\\.source\\.type", false) {
        @Override
        void add(ColumnMappers.Builder builder, String columns, Matcher name) {
            builder.propagateSourceTypeToSchemaParameter(columns, columns);
        }
    },

    DESCRIBE_BY_TYPE("datatype\\.propagate\\.source\\.type", false) {
        @Override
        void add(ColumnMappers.Builder builder, String types, Matcher name) {
            builder.propagateSourceTypeToSchemaParameterByDatatype(types, types);
        }
    };

    private final Pattern name;
    private final boolean hides;

    MaskOption(String name, boolean hides) {
        this.name = Pattern.compile(name);
        this.hides = hides;
    }

    abstract void add(ColumnMappers.Builder builder, String columns, Matcher name);

    /**
     * Debezium leaves the values of a column alone if its length is not larger. But the length of a type that is not
     * text is not that of its values as text: it is 0 for a numeric without precision.
     */
    private static ColumnMapper truncation(int length) {
        return new TruncateColumn(length) {
            @Override
            public ValueConverter create(Column column) {
                return super.create(column.edit().length(Column.UNSET_INT_VALUE).create());
            }
        };
    }

    Matcher matcher(String option) {
        return name.matcher(option);
    }

    /** Whether it is meant to hide values. */
    boolean hides() {
        return hides;
    }

    /** The name of an option as a message may quote it: without the salt. */
    static String withoutSalt(String option) {
        int salt = option.indexOf(".with.salt.");
        return salt < 0 ? option : option.substring(0, salt) + ".with.salt.<salt>";
    }
}
