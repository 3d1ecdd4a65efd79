package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The settings whose keys begin with {@code management.}. */
@Config("management")
@Description("the listener for those who run the application")
record ManagementSettings(
        @Description("the port of a listener for health, metrics and the description of the routes alone, without"
                + " logins; 0 for a free one, and none unless it is set")
        Optional<Integer> port,

        @Description("the address that it listens on") @DefaultValue("127.0.0.1")
        String host) {
    /** What holds where nothing is set. */
    static final ManagementSettings DEFAULTS = new ManagementSettings(Optional.empty(), "127.0.0.1");

    /** Checks the port. */
    ManagementSettings {
        var faults = new SettingFaults();
        port.ifPresent(number -> faults.check("port", number, 0, ListenAddresses.MAX_PORT));
        faults.throwIfAny();
    }

    boolean isOn() {
        return port.isPresent();
    }

    /** Where it listens; empty if there is no such listener. */
    Optional<InetSocketAddress> address() {
        return port.map(number -> new InetSocketAddress(host, number));
    }
}
