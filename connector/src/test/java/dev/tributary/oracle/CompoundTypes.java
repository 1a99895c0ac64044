// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.TypeCase.computed;
import static dev.tributary.oracle.TypeCase.typed;

import java.util.List;

/**
 * Arrays, user-defined types, and the types of the extensions that come with the server's binaries.
 *
 * <p>The values that Debezium gets wrong are in {@link DebeziumErrorsOracleIT} instead: arrays with two dimensions,
 * domains over enums, fractions of a second and dates before 1582 in arrays.
 */
final class CompoundTypes {

    private static final String POINT = "0101000000000000000000F03F0000000000000040";
    private static final String POINT_4326 = "0101000020E610000000000000000008400000000000001040";

    /**
     * The extensions and types that must exist first. Those of PostGIS, which is not part of the server, are texts
     * under its names and with its delimiter; the text of a shape is the same.
     */
    static final List<String> PREPARATIONS = List.of(
            "CREATE TYPE geometry",
            "CREATE FUNCTION geometry_in(cstring) RETURNS geometry LANGUAGE internal IMMUTABLE STRICT AS 'textin'",
            "CREATE FUNCTION geometry_out(geometry) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'",
            "CREATE TYPE geometry (INPUT = geometry_in, OUTPUT = geometry_out, LIKE = text, DELIMITER = ':')",
            "CREATE TYPE geography",
            "CREATE FUNCTION geography_in(cstring) RETURNS geography LANGUAGE internal IMMUTABLE STRICT AS 'textin'",
            "CREATE FUNCTION geography_out(geography) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'",
            "CREATE TYPE geography (INPUT = geography_in, OUTPUT = geography_out, LIKE = text, DELIMITER = ':')",
            "CREATE DOMAIN place AS geometry",
            "CREATE DOMAIN area AS box",
            "CREATE EXTENSION hstore",
            "CREATE EXTENSION ltree",
            "CREATE EXTENSION citext",
            "CREATE EXTENSION isn",
            "CREATE EXTENSION cube",
            "CREATE EXTENSION seg",
            "CREATE SCHEMA other",
            "CREATE TYPE mood AS ENUM ('sad', 'ok', 'very happy', 'it''s, \"complicated\"')",
            "CREATE TYPE other.mood AS ENUM ('red', 'green')",
            "CREATE TYPE \"Quoted Type\" AS ENUM ('A', 'b')",
            "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
            "CREATE DOMAIN price AS numeric(8,3)",
            "CREATE DOMAIN label AS varchar(10)",
            "CREATE DOMAIN sub_label AS label",
            "CREATE DOMAIN moment AS timestamptz(3)",
            "CREATE DOMAIN tags AS text[]",
            "CREATE DOMAIN document AS jsonb",
            "CREATE TYPE pair AS (a int, b text)",
            "CREATE TYPE nested AS (p pair, many int[])",
            "CREATE TYPE float_range AS RANGE (subtype = float8)");

    static final List<TypeFamily> FAMILIES = List.of(
            TypeFamily.of(
                    "number_arrays",
                    typed("smallint[]", "{}", "{1,NULL,-32768}"),
                    typed("int[]", "{}", "{1,NULL,2147483647}", "[2:3]={7,8}", "{NULL}"),
                    typed("bigint[]", "{}", "{1,NULL,9223372036854775807}"),
                    typed("oid[]", "{}", "{1,4294967295}"),
                    typed("float4[]", "{}", "{1.5,NULL,NaN,-Infinity}"),
                    typed("float8[]", "{}", "{1.5,NULL,NaN,-Infinity,4.9e-324}"),
                    typed("numeric[]", "{}", "{1.50,NULL,-1e100}"),
                    typed("numeric(10,2)[]", "{}", "{1.5,NULL,-0.01}"),
                    typed("money[]", "{}", "{1.50,NULL}"),
                    typed("bool[]", "{}", "{t,NULL,f}"),
                    typed("xid[]", "{}", "{1}"),
                    typed("pg_lsn[]", "{}", "{0/1}")),
            TypeFamily.of(
                    "text_arrays",
                    typed("text[]", "{}", "{a,NULL,\"NULL\",\"\",\"q\\\"uo,te\",\"back\\\\slash\",äöü😀}"),
                    typed("varchar[]", "{}", "{a,NULL}"),
                    typed("varchar(3)[]", "{}", "{abc,NULL}"),
                    typed("char(3)[]", "{}", "{a,NULL,abc}"),
                    typed("\"char\"[]", "{}", "{a,NULL}"),
                    typed("name[]", "{}", "{a,NULL}"),
                    typed("uuid[]", "{}", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,NULL}"),
                    typed("json[]", "{}", "{\"{\\\"a\\\": 1}\",NULL}"),
                    typed("jsonb[]", "{}", "{\"{\\\"a\\\": 1}\",NULL}"),
                    typed("xml[]", "{}", "{<a/>,NULL}"),
                    typed("bytea[]", "{}", "{\"\\\\x00ff\",NULL,\"\\\\x\"}"),
                    typed("varbit[]", "{}", "{101,NULL}"),
                    typed("inet[]", "{}", "{10.0.0.1/8,NULL,::1}"),
                    typed("cidr[]", "{}", "{10.0.0.0/8,NULL}"),
                    typed("macaddr[]", "{}", "{08:00:2b:01:02:03,NULL}"),
                    typed("macaddr8[]", "{}", "{08:00:2b:01:02:03:04:05,NULL}"),
                    typed("tsvector[]", "{}", "{\"'a':1\"}"),
                    typed("point[]", "{}", "{\"(1,2)\",NULL}"),
                    typed("int4range[]", "{}", "{\"[1,2)\",NULL,empty}"),
                    typed("int8range[]", "{}", "{\"[1,2)\"}"),
                    typed("numrange[]", "{}", "{\"[1.5,2)\"}"),
                    typed("tsrange[]", "{}", "{\"[2026-01-01 00:00:00,)\"}"),
                    typed("tstzrange[]", "{}", "{\"[2026-01-01 00:00:00+00,)\"}"),
                    typed("daterange[]", "{}", "{\"[2026-01-01,)\"}"),
                    typed("int4multirange[]", "{}", "{\"{[1,2)}\"}")),
            TypeFamily.of(
                    "time_arrays",
                    typed("date[]", "{}", "{2026-11-21,NULL,1582-10-15}"),
                    typed("time[]", "{}", "{12:34:56.123,NULL,23:59:59}"),
                    typed("time(3)[]", "{}", "{12:34:56.123,NULL}"),
                    typed("timetz[]", "{}", "{12:34:56+02,NULL}"),
                    typed("timestamp[]", "{}", "{\"2026-11-21 10:23:00.123456\",NULL}", "{infinity}"),
                    typed("timestamp(3)[]", "{}", "{\"2026-11-21 10:23:00.123\",NULL}"),
                    typed("timestamptz[]", "{}", "{\"2026-11-21 10:23:00.123456+02\",NULL}", "{infinity}"),
                    typed("interval[]", "{}", "{\"1 day\",NULL}")),
            TypeFamily.of(
                    "user_types",
                    typed("mood", "sad", "very happy", "it's, \"complicated\""),
                    typed("other.mood", "red", "green"),
                    typed("\"Quoted Type\"", "A", "b"),
                    typed("positive", "1", "2147483647"),
                    typed("price", "0", "-12345.678", "NaN").partlyConvertible(),
                    typed("label", "", "ten chars."),
                    typed("sub_label", "", "x"),
                    typed("moment", "2026-11-21 10:23:00.1234+05", "infinity"),
                    typed("tags", "{}", "{a,NULL}"),
                    typed("document", "{}", "{\"a\": 1}"),
                    typed("pair", "(1,a)", "(,)", "(2,\"q\"\"uote, comma\")"),
                    typed("nested", "(\"(1,a)\",\"{1,2}\")", "(,)"),
                    typed("float_range", "empty", "[1.5,2.5)"),
                    typed("mood[]", "{}", "{sad,\"very happy\"}"),
                    typed("other.mood[]", "{}", "{red}"),
                    typed("positive[]", "{}", "{1,2}"),
                    typed("label[]", "{}", "{a}"),
                    typed("pair[]", "{}", "{\"(1,a)\"}").partlyConvertible()),
            TypeFamily.of(
                    "extension_types",
                    computed("hstore", "''", "'a=>1, b=>NULL, \"c d\"=>\"e, \\\"f\\\"\"'", "'ä=>😀, \"\"=>\"\"'"),
                    typed("hstore[]", "{}", "{\"\\\"a\\\"=>\\\"1\\\"\",NULL}"),
                    typed("ltree", "", "Top.Science.Astronomy"),
                    typed("ltree[]", "{}", "{a.b}"),
                    typed("lquery", "*.a{1,2}", "a|b"),
                    typed("citext", "", "MiXed Ä"),
                    typed("citext[]", "{}", "{A,NULL,b}"),
                    typed("isbn", "978-0-393-04002-9", "0-901690-54-6"),
                    typed("ean13", "978-0-393-04002-9", "4719512002889"),
                    typed("issn", "1436-4522", "1436-4522"),
                    typed("cube", "(1,2,3)", "(0),(1)"),
                    typed("seg", "1.5", "~6.5 .. <8")),
            TypeFamily.of(
                    "shapes_of_extensions",
                    typed("geometry", POINT, POINT_4326),
                    typed("geometry[]", "{}", "{" + POINT + ":NULL:" + POINT_4326 + "}"),
                    typed("geography", POINT_4326),
                    typed("geography[]", "{" + POINT_4326 + ":" + POINT_4326 + "}"),
                    typed("place[]", "{" + POINT + ":" + POINT + "}"),
                    typed("area[]", "{(1,1),(0,0);(5,5),(-5.5,-5)}"),
                    typed("box[]", "{(1,1),(0,0);NULL;(5,5),(-5.5,-5)}").partlyConvertible()));

    private CompoundTypes() {}
}
