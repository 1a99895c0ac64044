// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.regex.Pattern;

/** The host of the server, which can be written as an IPv6 address. */
public final class HostName {

    private static final Pattern IPV6 = Pattern.compile("\\[?[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*(?:%\\w+)?\\]?");

    private HostName() {}

    /** Whether a host is written as an IPv6 address, with or without brackets. */
    public static boolean isIpv6(String host) {
        return IPV6.matcher(host.strip()).matches();
    }

    /** The form of a host in a URL: an IPv6 address is in brackets. */
    static String inUrl(String host) {
        String address = host.strip();
        return isIpv6(address) && !address.startsWith("[") ? "[" + address + "]" : address;
    }
}
