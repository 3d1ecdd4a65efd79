package dev.bistro;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.http1.ForwardedHeader;
import java.util.List;

/** The settings whose keys begin with {@code server.proxy.}. */
record ServerProxySettings(
        @Description("the proxies that are believed: addresses, ranges such as 10.0.0.0/8, and unix for any peer on a"
                + " Unix domain socket")
        List<String> trusted,

        @Description("the header fields that these proxies write, whatever the client sent; all others are taken off")
        @DefaultValue("X-Forwarded-For, X-Forwarded-Proto")
        List<ForwardedHeader> headers,

        @Description("whether these proxies begin each connection with a header of the PROXY protocol")
        @DefaultValue("false")
        boolean protocol) {
    /** Makes it of the values of its components, without reflection. */
    static ServerProxySettings of(ComponentValues values) {
        return new ServerProxySettings(values.get("trusted"), values.get("headers"), values.get("protocol"));
    }
}
