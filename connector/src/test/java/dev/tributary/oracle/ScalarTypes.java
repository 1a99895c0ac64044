// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.TypeCase.computed;
import static dev.tributary.oracle.TypeCase.typed;

import java.util.List;
import java.util.stream.Stream;

/** Numbers, texts, bytes, networks, shapes: the server's own types, except times and arrays. */
final class ScalarTypes {

    static final List<TypeFamily> FAMILIES =
            Stream.concat(families().stream(), newer().stream()).toList();

    private static List<TypeFamily> newer() {
        return ServerVersion.since(
                15,
                List.of(TypeFamily.of(
                        "odd_scales",
                        typed("numeric(5,-2)", "0", "1234567", "-9999900"),
                        typed("numeric(3,5)", "0", "0.00999", "-0.00001"))));
    }

    private static List<TypeFamily> families() {
        return List.of(
                TypeFamily.of(
                        "whole_numbers",
                        typed("smallint", "0", "-32768", "32767"),
                        typed("int", "0", "-2147483648", "2147483647"),
                        typed("bigint", "0", "-9223372036854775808", "9223372036854775807", "999999999999999999", "-1"),
                        typed("oid", "0", "1", "4294967295", "2147483648"),
                        typed("xid", "0", "4294967295"),
                        typed("xid8", "0", "18446744073709551615"),
                        typed("cid", "0", "4294967295"),
                        typed("tid", "(0,1)", "(4294967295,65535)"),
                        typed("bool", "t", "f"),
                        typed("pg_lsn", "0/0", "FFFFFFFF/FFFFFFFF", "16/B374D848"),
                        typed("regclass", "pg_class", "-"),
                        typed("regtype", "int4", "text[]")),
                TypeFamily.of(
                        "fractions",
                        typed("numeric", "0", "-0.00", "1e2000", "1e-2000", "12.3400"),
                        typed("numeric(10,2)", "0", "-99999999.99", "99999999.99", "0.01", "1.5"),
                        typed("numeric(38,0)", "0", "99999999999999999999999999999999999999"),
                        typed("numeric(1000,500)", "0", "-1.5"),
                        typed("numeric(1)", "0", "9"),
                        typed("float4", "0", "-0", "NaN", "Infinity", "-Infinity", "1e-45", "3.4028235e38", "0.1"),
                        typed(
                                "float8",
                                "0",
                                "-0",
                                "NaN",
                                "Infinity",
                                "-Infinity",
                                "4.9e-324",
                                "1.7976931348623157e308",
                                "0.1"),
                        typed("money", "0", "-92233720368547758.08", "92233720368547758.07", "1234.5", "-0.01")),
                TypeFamily.of(
                        "texts",
                        computed(
                                "text",
                                "''",
                                "'plain'",
                                "E'tab\\t line\\n quote\" back\\\\ \\x01 \\x7f'",
                                "'äöü 日本 😀 ́'",
                                "E'\\u2028\\uFEFF'",
                                "repeat('x', 5000)"),
                        typed("varchar", "", "a", "null"),
                        typed("varchar(20)", "", "12345678901234567890", "zwölf 😀"),
                        typed("char(5)", "", "a", "12345", "ä  "),
                        typed("char", "", "x"),
                        typed("bpchar", "", "a  "),
                        typed("\"char\"", "", "x", "\\200"),
                        typed("name", "", "relname", "a name with spaces"),
                        typed(
                                "json",
                                "{}",
                                "{\"a\": [1, 2.50, null, \"x\\u00e9\"], \"a\": 2}",
                                "null",
                                "  [ ]  ",
                                "\"text\"",
                                "1e400"),
                        typed(
                                "jsonb",
                                "{}",
                                "{\"b\": 1, \"a\": {\"c\": [true, null]}}",
                                "null",
                                "[]",
                                "123456789012345678901234567890.10"),
                        typed("jsonpath", "$.a", "$[*] ? (@ > 1)"),
                        typed(
                                "xml",
                                "<a/>",
                                "<?xml version=\"1.0\"?><a b=\"c\">text &amp; more</a>",
                                "text <b>mixed</b>"),
                        typed("uuid", "00000000-0000-0000-0000-000000000000", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
                        typed("tsvector", "", "'a':1A 'fat':2B,4C 'cat':5", "'it''s'"),
                        typed("tsquery", "", "'fat' & ( 'rat' | !'cat':AB )"),
                        typed("refcursor", "", "portal")),
                TypeFamily.of(
                        "bytes",
                        computed(
                                "bytea",
                                "''",
                                "'\\x00'",
                                "'\\xdeadbeef00ff'",
                                "decode(repeat('00ff', 4000), 'hex')",
                                "'text'"),
                        typed("bit", "0", "1"),
                        typed("bit(8)", "00000000", "10000001", "11111111"),
                        typed("bit(64)", "0".repeat(64), "1".repeat(64), "1" + "0".repeat(63)),
                        typed("bit(70)", "0".repeat(70), "1" + "0".repeat(69)),
                        typed("varbit", "", "1", "101010101"),
                        typed("varbit(9)", "", "1", "100000001"),
                        typed("varbit(1)", "", "1").partlyConvertible()),
                TypeFamily.of(
                        "networks",
                        typed(
                                "inet",
                                "0.0.0.0",
                                "192.168.1.1/24",
                                "::1",
                                "2001:db8::ff00:42:8329/64",
                                "255.255.255.255"),
                        typed("cidr", "0.0.0.0/0", "10.0.0.0/8", "2001:db8::/32"),
                        typed("macaddr", "08:00:2b:01:02:03", "FFFFFFFFFFFF"),
                        typed("macaddr8", "08:00:2b:01:02:03:04:05", "ff:ff:ff:ff:ff:ff:ff:ff")),
                TypeFamily.of(
                        "shapes",
                        typed("point", "(0,0)", "(-1.5,1e300)", "(NaN,Infinity)", "(0.1,-0)"),
                        typed("line", "{1,2,3}", "{0,-1,0.5}"),
                        typed("lseg", "[(0,0),(1,1)]", "[(-1,-1.5),(2,2)]"),
                        typed("box", "(1,1),(0,0)", "(5,5),(-5.5,-5)"),
                        typed("path", "((0,0),(1,1))", "[(0,0),(1,1),(2,0)]"),
                        typed("polygon", "((0,0),(1,1),(2,0))", "((0,0))"),
                        typed("circle", "<(0,0),0>", "<(1.5,-2),1e10>")),
                TypeFamily.of(
                        "ranges",
                        typed("int4range", "empty", "[1,10)", "(,5]", "(,)", "[-2147483648,2147483647)"),
                        typed("int8range", "empty", "[1,9223372036854775807)"),
                        typed("numrange", "empty", "[1.50,2.5)", "[-Infinity,NaN]"),
                        typed(
                                "tsrange",
                                "empty",
                                "[2026-01-01 00:00:00,2026-01-02 00:00:00.5)",
                                "[-infinity,infinity]"),
                        typed(
                                "tstzrange",
                                "empty",
                                "[2026-01-01 00:00:00+02,2026-01-02 00:00:00+00)",
                                "(,2026-01-01 00:00:00+00]"),
                        typed("daterange", "empty", "[2026-01-01,2026-12-31]", "[0044-03-15 BC,infinity)"),
                        typed("int4multirange", "{}", "{[1,3), [5,8)}"),
                        typed("int8multirange", "{}", "{(,5), [10,)}"),
                        typed("nummultirange", "{}", "{[1.5,2.5]}"),
                        typed("tsmultirange", "{}", "{[2026-01-01 00:00:00,2026-01-02 00:00:00)}"),
                        typed("tstzmultirange", "{}", "{[2026-01-01 00:00:00+00,2026-01-02 00:00:00+00)}"),
                        typed("datemultirange", "{}", "{[2026-01-01,2026-02-01), [2027-01-01,)}")),
                TypeFamily.of(
                        "hardly_convertible",
                        typed("numeric", "NaN", "Infinity", "-Infinity").partlyConvertible(),
                        typed("numeric(10,2)", "NaN", "1").partlyConvertible(),
                        typed("money", "-92233720368547758.08", "0").partlyConvertible()),
                TypeFamily.of(
                        "server_types",
                        typed("pg_snapshot", "10:20:10,14,15", "1:1:"),
                        typed("txid_snapshot", "10:20:10,14,15", "1:1:"),
                        typed("aclitem", "postgres=r/postgres")));
    }

    private ScalarTypes() {}
}
